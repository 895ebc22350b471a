// Owns the names of the calls a worker makes of its log, and how one of them is singled out.

/// A call of a worker to its log: every place where it can be killed, frozen or refused.
package enum Call: String, Sendable, Hashable, CaseIterable {
  // The log.
  case topics, open
  // The seat in the group.
  case subscribe, poll, pause, resume, seek, committed, close
  // The producer.
  case initialise, begin, produce, sendOffsets = "send-offsets", commit, abort
  /// A produce to the changelog: one entry of the state.
  case flush
  // A reader: of the policy, or of a changelog.
  case assign, read, bounds

  /// Calls that may fail for a passing reason without anything else having changed, and that the log's own faults
  /// do not cover.
  package static let refusable: [Call] = [
    .topics, .open, .subscribe, .pause, .resume, .seek, .assign, .read, .bounds,
  ]
}

/// One call to come, and which side of it.
package struct Moment: Sendable, Hashable, CustomStringConvertible {
  package enum Edge: String, Sendable, Hashable {
    /// The request never leaves.
    case before
    /// The log has done it; the answer does not come.
    case after
  }

  package var edge: Edge
  /// Nil for any call.
  package var call: Call?
  /// The how manieth from now, from 1.
  package var count: Int

  package static func before(_ call: Call?, _ count: Int = 1) -> Moment {
    Moment(edge: .before, call: call, count: count)
  }
  package static func after(_ call: Call?, _ count: Int = 1) -> Moment {
    Moment(edge: .after, call: call, count: count)
  }

  package var description: String {
    let which = count == 1 ? "the next" : "the \(count)th"
    return "\(edge.rawValue) \(which) \(call?.rawValue ?? "call")"
  }
}
