// Owns what a run is made of, as a value: what it is called with, what is fed, and everything that befalls it.
import Streams

/// A whole run before it starts: the same scenario gives the same bytes, in every process and on every machine.
///
/// It is survivable by construction: disturbances are finite in number, each happens once, and none is left when the
/// world is healed. A run that does not pass is a bug of the runtime, not bad luck.
package struct Scenario: Sendable, Hashable {
  /// What it was drawn from; also decides how fast time passes.
  package var seed: UInt64
  package var workload: WorkloadName
  package var shape: Shape
  /// Turns before everything is healed.
  package var turns: Int
  /// By turn.
  package var inputs: [Input]
  /// By turn.
  package var disturbances: [Disturbance]

  package init(
    seed: UInt64 = 0, workload: WorkloadName, shape: Shape = Shape(), turns: Int = .max, inputs: [Input] = [],
    disturbances: [Disturbance] = []
  ) {
    self.seed = seed
    self.workload = workload
    self.shape = shape
    self.turns = turns
    self.inputs = inputs
    self.disturbances = disturbances
  }

  /// True when workers see every record by the time it was appended: clocks agree and polls bring all there is.
  /// Only then does the order of a record and of a timer due at about its time have one right answer.
  package var isPunctual: Bool {
    shape.pollLimit >= 1_000 && (!shape.isUpstreamTransactional || shape.markerDelay == 0)
      && !disturbances.contains {
        switch $0.event {
        case .clock, .fault(_, .poll, .few): true
        default: false
        }
      }
  }
}

/// A record to be fed.
package struct Input: Sendable, Hashable {
  /// When; `afterHealing` for those that show that a healed world goes on.
  package var turn: Int
  package var topic: String
  package var key: String
  package var value: [UInt8]
  /// Sent in a transaction that is aborted: nobody may ever see it. Only of a transactional upstream.
  package var isAborted = false

  package static let afterHealing = Int.max

  package init(turn: Int, topic: String, key: String, value: [UInt8]) {
    self.turn = turn
    self.topic = topic
    self.key = key
    self.value = value
  }
}

/// Sizes and limits of a world. Durations are milliseconds.
package struct Shape: Sendable, Hashable {
  package var partitions: Int32 = 1
  package var workers = 1
  /// Whether workers keep their seats over a restart (KIP-345).
  package var isStatic = false
  /// Time passes by up to so much in a turn.
  package var pace = 10
  package var pollLimit = 1_000
  package var commitInterval: Int64 = 50
  package var commitBytes = 1 << 20
  package var timersPerTransaction = 1_000
  package var restoreSlice = 1_000
  package var followInterval: Int64 = 50
  package var markerDelay: Int64 = 0
  package var sessionTimeout: Int64 = 10_000
  package var transactionTimeout: Int64 = 10_000
  /// The changelog is compacted each time so many records were appended to one of its partitions; 0: never.
  package var compactEvery = 0
  /// Whether the inputs of a turn come in a transaction, so that there are markers and aborted records among them.
  package var isUpstreamTransactional = false
  /// When the first policy is published; before that, nothing may be consumed.
  package var firstPolicy = 0
  /// Whether state is written as a later release would write it.
  package var isRollingFormats = false
  /// How many roles have so many workers each.
  package var roles = 1

  package init() {}
}

extension Shape: CustomStringConvertible {
  package var description: String {
    """
    \(partitions) partitions, \(workers) \(isStatic ? "static " : "")workers, up to \(pace) ms a turn, session \
    \(sessionTimeout) ms, transaction \(transactionTimeout) ms, markers after \(markerDelay) ms
      poll \(pollLimit), commit after \(commitInterval) ms or \(commitBytes) bytes or \(timersPerTransaction) timers, \
    restore \(restoreSlice), follow \(followInterval) ms, compact every \(compactEvery), first policy at turn \
    \(firstPolicy)\(isUpstreamTransactional ? ", inputs in transactions" : "")
    """
  }
}

extension Scenario: CustomStringConvertible {
  /// As a script. Of the inputs only their number and turns: they are many, and the seed draws them again.
  package var description: String {
    var lines = ["seed \(seed), \(workload.rawValue): \(shape)"]
    let late = inputs.count { $0.turn == Input.afterHealing }
    let span = inputs.filter { $0.turn != Input.afterHealing }
    let from = span.first.map { "turn \($0.turn) to \(span.last?.turn ?? 0)" } ?? "never"
    lines.append("  \(span.count) records fed from \(from), \(late) once all is healed after turn \(turns)")
    lines += disturbances.map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}
