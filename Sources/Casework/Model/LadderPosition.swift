// Owns where a case stands on its ladder. The ladder's shape is pinned when the case opens and kept once by its
// hash; people and facts are those of the moment a rung fires.
import Policy

/// An escalation that was published for want of something, and was not taken back.
public struct StandingEscalation {
  /// What there was no sign of.
  public var unless = RungRules.Condition.responded
  /// The escalation's number in its case.
  public var number: Int64 = 0
  /// The rung, from 0; −1 for one of the silence clock, `ofPromise` for one of a promise.
  public var rung: Int32 = -1
  /// When it was published; of a promise, when that was due.
  public var firedAt: Int64 = 0
  public init() {}

  static let ofPromise: Int32 = -2
  var isOfPromise: Bool { rung == Self.ofPromise }
}

public struct LadderPosition {
  /// Content hash of the shape; 0 for no ladder.
  public var shape: UInt64 = 0
  /// The rung that fires next, from 0; equal to the number of rungs when all have fired.
  public var next: Int32 = 0
  /// When it is due, without the grace for evidence; 0 when nothing is due by itself.
  public var due: Int64 = 0
  /// How often the last rung has been repeated.
  public var repeats: Int32 = 0
  public var isExhausted = false
  /// Nobody is on duty before this; the rung waits.
  public var nobodyUntil: Int64 = 0
  /// The rung that fired last, from 0, and what the next one counts from; −1 for none.
  public var firedRung: Int32 = -1
  public var firedAt: Int64 = 0
  /// What late evidence can still take back, oldest first.
  public var standing: [StandingEscalation] = []
  public init() {}
}
