// Owns where a case stands on its ladder. The ladder's shape is pinned when the case opens and kept once by its
// hash; people and facts are those of the moment a rung fires.

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
  /// What fired last, so that late evidence can take it back: the escalation's number, the rung from 0, and when.
  public var firedNumber: Int64 = 0
  public var firedRung: Int32 = -1
  public var firedAt: Int64 = 0
  public init() {}
}
