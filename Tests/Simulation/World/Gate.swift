// Owns what befalls one worker process between itself and its log: it dies, it freezes, a call is refused.
import Kafka
import Streams

/// What a worker's every call passes. One for each life of a worker.
///
/// `@unchecked Sendable`: a world, its workers and their gates are used by one thread only.
final class Gate: @unchecked Sendable {
  enum Action {
    case kill
    case freeze(Freeze)
    case refuse
    /// The log does something else than it is asked to, in this very call.
    case fault(FaultPoint, Fault)
  }

  private struct Armed {
    var moment: Moment
    let action: Action
  }

  private var armed: [Armed] = []
  private let freeze: (Gate, Freeze) -> Void
  /// Hears of a death at a call, just before it.
  var killed: (() -> Void)?
  /// Orders a fault for the call at hand.
  var fault: ((FaultPoint, Fault) -> Void)?
  /// Hears of everything that befalls the process, when it does.
  var struck: ((Action) -> Void)?
  /// The seat to cut off when the process dies.
  private weak var member: MemoryMember?
  /// The process is gone: nothing it still does reaches the log.
  private(set) var isDead = false

  /// Hears of every call, where somebody listens.
  private let trace: ((Call) -> Void)?

  init(trace: ((Call) -> Void)? = nil, freeze: @escaping (Gate, Freeze) -> Void) {
    self.trace = trace
    self.freeze = freeze
  }

  func arm(_ action: Action, at moment: Moment) { armed.append(Armed(moment: moment, action: action)) }
  func disarm() { armed = [] }
  func seat(_ member: MemoryMember) { self.member = member }

  /// The process dies, now.
  func kill() {
    isDead = true
    member?.abandon()
  }

  /// Lets a call through, or what befalls it instead.
  func pass<R>(_ call: Call, _ body: () throws(KafkaError) -> R) throws(KafkaError) -> R {
    if isDead { throw Gate.gone }
    trace?(call)
    if !armed.isEmpty { try strike(call, .before) }
    let answer = try body()
    if !armed.isEmpty { try strike(call, .after) }
    // It may also have died inside of the call: in a revocation.
    if isDead { throw Gate.gone }
    return answer
  }

  private func strike(_ call: Call, _ edge: Moment.Edge) throws(KafkaError) {
    var due: [Action] = []
    for index in armed.indices.reversed()
    where armed[index].moment.edge == edge && (armed[index].moment.call ?? call) == call {
      armed[index].moment.count -= 1
      if armed[index].moment.count <= 0 { due.append(armed.remove(at: index).action) }
    }
    for action in due.reversed() {
      struck?(action)
      switch action {
      case .kill:
        killed?()
        kill()
      case .freeze(let length): freeze(self, length)
      case .refuse: throw Gate.refused(call)
      case .fault(let point, let fault): self.fault?(point, fault)
      }
      if isDead { throw Gate.gone }
    }
  }

  /// What a process that is gone would hear, were there anybody to hear it.
  static let gone = KafkaError(
    code: .state, errorClass: .fatal, operation: "any call", reason: "the process was killed")

  static func refused(_ call: Call) -> KafkaError {
    KafkaError(
      code: .timedOut, errorClass: .retriable, operation: call.rawValue, reason: "refused by the scenario")
  }
}

/// A process that does not run for a while.
package struct Freeze: Sendable, Hashable {
  package enum Fate: Sendable, Hashable {
    /// It thaws and goes on.
    case thaws
    /// Meanwhile another process was started under its name. It thaws all the same, and goes on for so many turns.
    case replaced(turns: Int)
  }

  package var milliseconds: Int64
  package var fate: Fate
}
