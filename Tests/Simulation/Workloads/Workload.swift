// Owns what a simulation runs: roles, its topics, its policies and its inputs.
import Kafka
import Streams

/// The workloads, by the names people give them.
package enum WorkloadName: String, Sendable, Hashable, CaseIterable {
  /// A stateless role: every record to two outputs.
  case forward
  /// A stateful role: deduplicates, counts, and sets timers of every kind.
  case count
  /// The role that is shipped: decodes, redacts, scores and routes events by the shipped policy.
  case intake
  /// All roles of the shipped topology, under policies in which a week passes in minutes.
  case topology

  /// So that one seed draws another scenario for each.
  var salt: UInt64 {
    switch self {
    case .forward: 0
    case .count: 1
    case .intake: 2
    case .topology: 3
    }
  }
}

/// Roles and what belongs to it.
package protocol Workload: Sendable {
  var name: WorkloadName { get }
  var inputs: Inputs { get }
  /// Records of the broadcast topic; the first is published again after the last.
  var policies: [[UInt8]] { get }

  /// Creates topics and start positions, and puts the roles together.
  func deploy(on log: MemoryLog, _ shape: Shape, bug: PlantedBug?) throws -> [SimulatedRole]
  /// What two runs are compared by in an output topic.
  func order(of topic: String) -> OutputOrder
  /// True when timers set timers for ever: then none may be left that is due.
  var isPerpetual: Bool { get }
  /// How many roles, from the first, are compared with an undisturbed run.
  var judgedRoles: Int { get }
  /// What else has to be true of a healed world's log.
  ///
  /// - Returns: how much of it there was to judge.
  func judge(_ log: MemoryLog, _ scenario: Scenario) throws(Finding) -> Coverage
}

extension Workload {
  package var isPerpetual: Bool { false }
  package var judgedRoles: Int { .max }
  package func judge(_ log: MemoryLog, _ scenario: Scenario) throws(Finding) -> Coverage { Coverage() }
}

/// What of an output topic has one right answer.
package enum OutputOrder: Sendable, Hashable {
  /// Everything that came of one source partition, in one order: what records lead to.
  case bySource
  /// Everything of one key that came of one source partition, in one order: what timers lead to. In which order timers
  /// of different keys fire depends on clocks.
  case byKey
  /// By key in a punctual scenario. Else a timer that a record moves may fire just before or not: see `IdleRule`.
  case byKeyIfPunctual
}

/// Where a workload's inputs come from.
package struct Inputs: Sendable {
  private let make: @Sendable (_ keys: Int, _ badPerMille: Int, inout SeededRandom) -> InputDrawer

  init(make: @escaping @Sendable (_ keys: Int, _ badPerMille: Int, inout SeededRandom) -> InputDrawer) {
    self.make = make
  }

  func drawer(keys: Int, badPerMille: Int, _ random: inout SeededRandom) -> InputDrawer {
    make(keys, badPerMille, &random)
  }
}

/// Draws one input after the other.
struct InputDrawer {
  typealias Record = (topic: String, key: String, value: [UInt8])

  var draw: (inout SeededRandom) -> Record
  private var sent: [Record] = []

  init(draw: @escaping (inout SeededRandom) -> Record) { self.draw = draw }

  /// The next record; one in eight is one that was sent before.
  mutating func next(turn: Int, _ random: inout SeededRandom) -> Input {
    let record: Record
    if !sent.isEmpty && random.below(8) == 0 {
      record = sent[random.below(sent.count)]
    } else {
      record = draw(&random)
      sent.append(record)
    }
    return Input(turn: turn, topic: record.topic, key: record.key, value: record.value)
  }
}
