// Owns what can befall a world: each disturbance as a value that prints as one line of a script.
import Streams

/// Something that happens to a world at one of its turns.
package struct Disturbance: Sendable, Hashable {
  package var turn: Int
  package var event: Event

  package enum Event: Sendable, Hashable {
    /// A worker's process dies at a call; another one takes its place so many turns later.
    case kill(worker: Int, Moment, absent: Int)
    /// A worker's process stops at a call and goes on later, a zombie if its session has ended by then.
    case freeze(worker: Int, Moment, Freeze)
    /// A call fails for a passing reason.
    case refuse(worker: Int, Call)
    /// The log does something else than it was asked to, at the next such call.
    case fault(worker: Int, FaultPoint, Fault)
    /// A worker is asked to stop, as in a rolling restart.
    case drain(worker: Int, absent: Int)
    /// The group moves partitions from one member to another.
    case rebalance
    /// The changelog is compacted.
    case compact
    /// The next policy is published.
    case policy
    /// A worker's wall clock is so far ahead of the log's from now on, or behind it.
    case clock(worker: Int, ahead: Int64)
    /// Everybody stands still for so long: a night without power.
    case leap(milliseconds: Int64)
  }
}

extension Disturbance: CustomStringConvertible {
  package var description: String {
    let turn = String(turn)
    return "turn " + String(repeating: " ", count: max(0, 5 - turn.count)) + turn + "  \(event)"
  }
}

extension Disturbance.Event: CustomStringConvertible {
  package var description: String {
    switch self {
    case .kill(let worker, let moment, let absent):
      "worker \(worker) is killed \(moment)" + Self.returning(absent)
    case .freeze(let worker, let moment, let freeze):
      "worker \(worker) freezes \(moment), for \(freeze.milliseconds) ms\(freeze.fate)"
    case .refuse(let worker, let call): "worker \(worker): the next \(call.rawValue) is refused once"
    case .fault(let worker, let point, let fault): "worker \(worker): the next \(point) \(fault.text)"
    case .drain(let worker, let absent): "worker \(worker) is asked to stop" + Self.returning(absent)
    case .rebalance: "the group rebalances"
    case .compact: "the changelog is compacted"
    case .policy: "the next policy is published"
    case .clock(let worker, let ahead):
      "worker \(worker)'s clock is \(abs(ahead)) ms \(ahead < 0 ? "behind" : "ahead")"
    case .leap(let milliseconds): "everybody stands still for \(milliseconds) ms"
    }
  }

  private static func returning(_ absent: Int) -> String {
    absent == 0 ? "" : ", and is back \(absent) turns later"
  }
}

extension Freeze.Fate: CustomStringConvertible {
  package var description: String {
    switch self {
    case .thaws: ""
    case .replaced(let turns): "; another process takes its name, and it lives \(turns) turns once it thaws"
    }
  }
}

extension Fault {
  /// As the end of a sentence that begins with the call.
  var text: String {
    switch self {
    case .fails: "fails"
    case .fenced: "finds the producer fenced"
    case .unknown(.applied): "is done, and its answer is lost"
    case .unknown(.dropped): "is not done, and its answer is lost"
    case .unknown(.late(let milliseconds)): "is done \(milliseconds) ms after its answer is lost"
    case .slow(let milliseconds): "takes \(milliseconds) ms"
    case .markersLate(let milliseconds): "returns, its markers come \(milliseconds) ms later"
    case .few(let records): "brings at most \(records) records"
    case .rebalance: "meets a rebalance"
    case .expelled: "finds the session ended"
    }
  }
}
