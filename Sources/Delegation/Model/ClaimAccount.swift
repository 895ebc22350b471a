// Owns what delegation keeps about one claim.
import Events

/// A claim: who asked for what, what it holds, and where it stands. A value; its slices are borrowed from whoever decoded
/// it. Times are milliseconds since 1970; 0 stands for never.
public struct ClaimAccount {
  public init() {}
}
