// Owns the numbers of a subject's memory.

/// The memory of a subject: how it decays and what it adds to a score.
public struct MemoryRules: Sendable, Hashable, Codable {
  /// In this time an account loses half of itself, milliseconds.
  public var halfLife: Int64 = 30 * 86_400_000
  /// Percent of the account that the peak makes; what is recent makes the rest.
  public var peakShare: Int32 = 60
  /// Points that an account adds: straight lines between, flat beyond; ascending accounts, in points.
  public var adds: [Point] = [Point(account: 40, points: 0), Point(account: 90, points: 15)]
  public var repeatedContact: Int32 = 6
  public var brokenPromise: Int32 = 8
  public struct Point: Sendable, Hashable, Codable {
    public var account: Int32
    public var points: Int32
    public init(account: Int32, points: Int32) {
      self.account = account
      self.points = points
    }
  }
  public init() {}
}
