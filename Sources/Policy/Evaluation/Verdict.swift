// Owns what a compiled policy answers about one event.
import Events

/// The decision of a policy about one event: exactly one owner, a score with its reasons.
///
/// A value is reused from event to event on the hot path: `CompiledPolicy.decide(_:into:)` overwrites all of
/// it. Slices borrow from the policy and live as long as it does, except `Signal.Contribution.because`, which
/// lives until the next decision.
public struct Verdict {
  public var owner = ByteSlice()
  public var worker = ByteSlice()
  public var witness = ByteSlice()
  public var priority = Priority.p4
  public var score: Int32 = 0
  public var contributions: [Signal.Contribution] = []
  public var rule = ByteSlice()
  public var ruleAt = ByteSlice()
  public var alsoMatched: [ByteSlice] = []
  public init() {}
}
