// Owns cutting a line of numbers at a policy's thresholds: between two of them all numbers are alike.

/// The pieces of `bounds` that ranges can tell apart, ascending. A piece without one of the numbers that can
/// occur (multiples of `step`) is left out.
struct Intervals {
  private(set) var pieces: [ClosedRange<Int64>] = []

  /// Both in thousandths.
  init(_ ranges: [Condition.Range], within bounds: ClosedRange<Int64>, step: Int64) {
    var starts: Set<Int64> = [bounds.lowerBound]
    for range in ranges {
      if bounds.contains(range.from) { starts.insert(range.from) }
      if range.to < bounds.upperBound, range.to >= bounds.lowerBound { starts.insert(range.to + 1) }
    }
    let sorted = starts.sorted()
    for (index, start) in sorted.enumerated() {
      let end = index + 1 < sorted.count ? sorted[index + 1] - 1 : bounds.upperBound
      let first = Self.roundUp(start, to: step)
      if first <= end { pieces.append(first...end) }
    }
  }

  /// A number of the piece for examples: a whole one where there is one.
  static func example(of piece: ClosedRange<Int64>) -> Int64 {
    let whole = roundUp(piece.lowerBound, to: 1000)
    return whole <= piece.upperBound ? whole : piece.lowerBound
  }

  /// `value` is not negative: every attribute's bounds begin at 0 or above.
  private static func roundUp(_ value: Int64, to step: Int64) -> Int64 {
    let rest = value % step
    return rest == 0 ? value : value - rest + step
  }
}
