// Owns promises: when one is taken, and what keeps it.
import Events
import Policy
import StateBytes

extension Acts {
  /// Promises of one case that are kept in mind; the oldest of more is let go.
  static let promisesAtMost = 4

  static func promise(
    _ due: Int64, _ what: ByteSlice, _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment,
    into outcome: inout Outcome
  ) {
    guard due > happened else {
      return outcome.refuse("past-due", "what is promised would be due before it is said")
    }
    guard minus(due, happened) <= moment.cases.longestPromise else {
      return outcome.refuse("too-long", "longer than cases.longest.promise allows")
    }
    if let last = state.current.promises.last, happened < last.madeAt {
      return outcome.refuse("out-of-order", "something else was promised after that")
    }
    for index in state.current.promises.indices where state.current.promises[index].state == .open {
      state.current.promises[index].state = .renegotiated
    }
    if state.current.promises.count >= promisesAtMost { state.current.promises.removeFirst() }
    var promise = Promise()
    promise.due = due
    promise.madeAt = happened
    promise.what = what
    state.current.promises.append(promise)
    // It may have been kept before word of it came.
    keepPromises(state.current.respondedAt, &state, moment, into: &outcome)
    keepPromises(state.current.resolvedAt, &state, moment, into: &outcome)
    Clockwork.renewLeases(&state.current, moment)
    accept("promised", "a promise has its own clock", &outcome)
  }

  /// An answer or an end keeps what was promised before it and was not due yet; what was called broken for want of word
  /// of it is taken back.
  static func keepPromises(
    _ happened: Int64, _ state: inout CaseworkState, _ moment: Moment, into outcome: inout Outcome
  ) {
    for index in state.current.promises.indices {
      let promise = state.current.promises[index]
      guard promise.state == .open || promise.state == .broken, promise.madeAt <= happened,
        happened <= promise.due
      else { continue }
      state.current.promises[index].state = .kept
      guard promise.state == .broken else { continue }
      state.current.promisesBroken = max(0, state.current.promisesBroken &- 1)
      Memory.mendPromise(&state.subject.memory)
      Escalations.retract(promiseDue: promise.due, &state, moment, into: &outcome)
    }
  }
}
