// Owns a histogram of durations: fixed bounds, cumulative only when it is read.

/// How long something took, how often. Milliseconds.
public struct DurationHistogram: Sendable, Hashable {
  /// Upper bounds of the buckets, inclusive; one more bucket holds what lies above. Fine where commits and decisions
  /// usually lie (a commit takes 20–75 ms and comes every 100 ms), coarse above.
  public static let bounds: [Int64] = [
    10, 25, 50, 75, 100, 150, 200, 300, 500, 1_000, 2_500, 5_000, 15_000, 60_000, 300_000,
  ]

  /// How many fell into each bucket, not cumulative; one more than `bounds`.
  public private(set) var counts = [Int64](repeating: 0, count: bounds.count + 1)
  public private(set) var count: Int64 = 0
  public private(set) var sum: Int64 = 0

  public init() {}

  /// Adds `number` durations of `milliseconds` each; a negative one counts as 0.
  public mutating func add(_ milliseconds: Int64, number: Int64 = 1) {
    let duration = max(0, milliseconds)
    // Sixteen buckets: a scan beats a search.
    let bucket = Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count
    counts[bucket] &+= number
    count &+= number
    sum &+= duration &* number
  }

  /// Adds all of another histogram, its sum as if each had taken so many milliseconds longer.
  mutating func add(_ other: DurationHistogram, later milliseconds: Int64) {
    for index in counts.indices { counts[index] &+= other.counts[index] }
    count &+= other.count
    sum &+= other.sum &+ milliseconds &* other.count
  }
}
