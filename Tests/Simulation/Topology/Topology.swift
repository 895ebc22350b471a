// Owns the workload of the whole topology: INTAKE, CASEWORK and DELEGATION over one log, under policies that change.
import Casework
import Events
import Foundation
import Kafka
import Policy
import Privacy
import Roles
import Secrets
import StateBytes
import Streams
import Synchronization

/// Events in, decisions about cases out. INTAKE is judged as in its own workload; what CASEWORK decided is decided again
/// from its journal (`Replayer`), and held to laws that need no decider (`CaseLaws`). What DELEGATION booked is added up from its
/// answers, in the order in which it decided them (`BudgetLaw`).
package struct Topology: Workload {
  package let name = WorkloadName.topology
  package let policies: [[UInt8]]
  package let inputs: Inputs
  private let compiled: [CompiledPolicy]
  private static let secret = Secret("a secret for simulations only, long enough")

  /// Reads the shipped policy from the checkout this was built from.
  package init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Config/policy").path
    guard let shipped = PolicyLoader.load(folder: folder).document else {
      throw SimulationError("\(folder): the shipped policy does not load")
    }
    let documents = HastyPolicy.all(shipped)
    policies = try documents.map {
      try PolicyRecord($0, files: [], publishedAt: 0, by: "simulation", note: "").encode()
    }
    compiled = documents.map { CompiledPolicy($0) }
    let stories = try CaseStories(secret: Self.secret)
    inputs = Inputs { keys, badPerMille, random in
      var number = 0
      let span = 1 + random.below(60_000)
      return InputDrawer { random in
        number += 1
        var event = stories.draw(
          number, keys: keys, at: CaseStories.start + Int64(random.below(span)), &random)
        if random.chance(perMille: badPerMille) {
          event.value.removeLast(1 + random.below(event.value.count))
        }
        return event
      }
    }
  }

  package func deploy(on log: MemoryLog, _ shape: Shape, bug: PlantedBug?) throws -> [SimulatedRole] {
    let layout = try log.deploy(TopicCatalogue(prefix: "", partitions: shape.partitions), secret: Self.secret)
    let known = (policies, compiled)
    let compile: @Sendable (UnsafeRawBufferPointer, Int64) throws -> CompiledPolicy = { bytes, _ in
      if let index = known.0.firstIndex(where: { $0.elementsEqual(bytes) }) { return known.1[index] }
      return try PolicyRecord.decode(bytes).compiled()
    }
    let intake = try IntakeRole.role(
      prefix: "", layout: layout.fingerprint, secret: Self.secret, telling: .every(Self.telling),
      compile: compile)
    let casework = try CaseworkRole.role(
      prefix: "", layout: layout.fingerprint, secret: Self.secret,
      format: Self.formats(isRolling: shape.isRollingFormats), bugs: bug?.plantedInCasework ?? [],
      compile: compile)
    let delegation = DelegationRole.role(
      prefix: "", layout: layout.fingerprint, format: Self.formats(isRolling: shape.isRollingFormats),
      bugs: bug?.plantedInDelegation ?? [], compile: compile)
    return [SimulatedRole(intake), SimulatedRole(casework), SimulatedRole(delegation)]
  }

  /// Often, since a scenario lasts half a minute; later than any marker of those who send events.
  static let telling = ProgressRule(interval: 500, allowance: 450)

  /// In a rolling deploy, workers of two releases take turns.
  private static func formats(isRolling: Bool) -> @Sendable () -> StateFormat {
    guard isRolling else { return { .current } }
    let made = Atomic<Int>(0)
    return { made.wrappingAdd(1, ordering: .relaxed).oldValue % 2 == 0 ? .next : .current }
  }

  package func order(of topic: String) -> OutputOrder { .bySource }
  package var isPerpetual: Bool { true }
  package var judgedRoles: Int { 1 }

  package func judge(_ log: MemoryLog, _ scenario: Scenario) throws(Finding) {
    let shape = scenario.shape
    // A clock that runs ahead claims more than has been read, and nobody can tell.
    if !scenario.hasFalseClocks { try MarkLaw(log).check() }
    let role: Role<CaseworkProcessor>
    do {
      role = try CaseworkRole.role(prefix: "", layout: "", secret: Self.secret) { _, _ in
        throw SimulationError("a replay follows no topic")
      }
    } catch {
      throw Finding(.stopped, "\(error)")
    }
    let journal = try CaseJournal(log.records(Topic.caseJournal.rawValue))
    var open: Int64 = 0
    for partition in 0..<shape.partitions {
      let source = TopicPartition(topic: Topic.signals.rawValue, partition: partition)
      let replayer = Replayer(
        source: source,
        makeProcessor: role.makeProcessor,
        policy: { epoch in epoch >= 0 ? compiled[Int(epoch) % compiled.count] : nil },
        marks: Marks(is: \.isMark, heardUntil: Self.heardUntil))
      // Marks come to no end: what the last of them tells may not have been heard.
      let next = log.groupOffsets(role.definition.group)[source]?.offset ?? 0
      let records = log.records(source.topic).filter {
        $0.partition == partition && !($0.isMark && $0.offset >= next)
      }
      let result = try replayer.replay(records, journal.decisions(of: partition))
      try compare(result, log, partition, definition: role.definition)
      open += try Self.openCases(result.task)
    }
    try OpenCasesLaw(log.records(Topic.assignments.rawValue)).check(open)
    try BudgetLaw(log).check()
    try CaseLaws(journal, escalations: log.records(Topic.escalations.rawValue)).check()
  }

  private static func openCases(_ task: ReplayTask) throws(Finding) -> Int64 {
    do throws(StateFailure) {
      return try CaseworkEngine.openCases { task.value($0) } ?? 0
    } catch {
      throw Finding(.state, error.description)
    }
  }

  private static func heardUntil(_ task: ReplayTask) throws(TaskFailure) -> Int64? {
    do throws(StateFailure) {
      return try CaseworkEngine.heardUntil { task.value($0) }
    } catch {
      throw TaskFailure(error.description)
    }
  }

  /// What was published and what was left in the state is what deciding again comes to.
  private func compare(
    _ result: Replayer<CaseworkProcessor>.Result, _ log: MemoryLog, _ partition: Int32,
    definition: RoleDefinition
  ) throws(Finding) {
    for (index, topic) in definition.outputs.enumerated() {
      var wanted: [[UInt8]: [ReplayTask.Output]] = [:]
      for output in result.outputs where output.topic == index {
        wanted[output.key ?? [], default: []].append(output)
      }
      var found: [[UInt8]: [MemoryRecord]] = [:]
      for record in log.records(topic) {
        if topic == Topic.signals.rawValue, record.header("cause-topic") != topic { continue }
        // Of the two that answer remedies, the other is judged by what it books.
        if record.header("ce_source") == BudgetLaw.source { continue }
        found[record.key ?? [], default: []].append(record)
      }
      for (key, outputs) in wanted.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        // Several tasks write to one subject or, in digests, to one owner: only what this one did is compared. That
        // nobody else made it up is a law of its own (`CaseLaws`).
        let isShared = topic != Topic.signals.rawValue && key.count < 34
        let own = Set(outputs.map(\.value))
        let records = (found[key] ?? []).filter {
          if isShared { return own.contains($0.value) }
          return topic != Topic.signals.rawValue || $0.header("cause-partition") == "\(partition)"
        }
        let name = String(decoding: key, as: UTF8.self)
        for place in 0..<max(outputs.count, records.count) {
          guard place < outputs.count else {
            throw Finding(.doubled, "\(topic) of \(name): \(records[place])")
          }
          guard place < records.count else {
            throw Finding(.lost, "\(topic) of \(name): \(outputs[place].text)")
          }
          let (record, output) = (records[place], outputs[place])
          guard record.value == output.value, record.headers == output.headers else {
            throw Finding(
              .differs,
              "\(topic) of \(name), place \(place)\n    found     \(record)\n    expected  \(output.text)")
          }
        }
      }
    }
    try compareState(result.task.changelog, log, partition, definition)
  }

  private func compareState(
    _ wanted: [[UInt8]: [UInt8]], _ log: MemoryLog, _ partition: Int32, _ definition: RoleDefinition
  ) throws(Finding) {
    guard let changelog = definition.changelog else { return }
    var found = log.compacted(changelog).first { $0.partition == partition }?.entries ?? [:]
    found = found.filter { $0.key.first != ChangelogKey.header }
    for key in Set(found.keys).union(wanted.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
    where !Self.isSame(found[key], wanted[key]) {
      throw Finding(
        .state,
        "partition \(partition), entry \(key): \(found[key].map { "\($0.count) bytes" } ?? "nothing"), "
          + "expected \(wanted[key].map { "\($0.count) bytes" } ?? "nothing")")
    }
  }
}

extension Topology {
  /// A value of a later release says the same and more after it.
  private static func isSame(_ found: [UInt8]?, _ wanted: [UInt8]?) -> Bool {
    if found == wanted { return true }
    guard let found, let wanted, found.first == StateFormat.next.number,
      wanted.first == StateFormat.current.number
    else { return false }
    return found.dropFirst().starts(with: wanted.dropFirst())
  }
}

extension ReplayTask.Output {
  var text: String {
    "\(key.map { String(decoding: $0, as: UTF8.self) } ?? "-") = \(value.map { String(decoding: $0, as: UTF8.self) } ?? "-")"
  }
}
