// Owns the arithmetic of a subject's memory: integers only, so that every machine remembers alike.

extension MemoryRules {
  /// What is left of `value` after `elapsed` milliseconds: value · 2^(−elapsed ÷ half-life), to the nearest, halves away
  /// from zero. Never rises with time, never changes the order of two values; 0 or less elapsed changes nothing.
  ///
  /// Between the 64 steps of a half-life the table is followed in straight lines, which is at most 2^−15 of the value
  /// away from the curve. So two steps in a row differ from one of their length by at most 2 + |value| ÷ 10,000.
  public func decay(_ value: Int32, elapsed: Int64) -> Int32 {
    guard elapsed > 0, halfLife > 0, value != 0 else { return value }
    let halvings = elapsed / halfLife
    guard halvings < 32 else { return 0 }
    // Below 2^40, so that the product with the table's precision stays below 2^62.
    let scale = max(0, 24 - Int64(halfLife.leadingZeroBitCount))
    let length = halfLife >> scale
    let rest = min((elapsed % halfLife) >> scale, length)
    let position = (rest << 22) / length
    let step = Int(position >> 16)
    let left = Self.steps[step]
    let right = Self.steps[min(step + 1, 64)]
    let factor = left - (((left - right) * (position & 0xFFFF) + 0x8000) >> 16)
    let shift = 16 + halvings
    let magnitude = (Int64(value).magnitude * UInt64(factor) + (1 << UInt64(shift - 1))) >> UInt64(shift)
    let decayed = Int64(magnitude)
    return Int32(clamping: value < 0 ? -decayed : decayed)
  }

  /// Points that an account adds to a score; `account` in hundredths of a point, as subjects keep it.
  public func points(of account: Int32) -> Int32 {
    guard var right = adds.first else { return 0 }
    let x = Int64(account)
    if x <= Int64(right.account) * 100 { return right.points }
    for point in adds.dropFirst() {
      let left = right
      right = point
      let (from, to) = (Int64(left.account) * 100, Int64(right.account) * 100)
      guard x <= to, from < to else { continue }
      // Wide, so that numbers that no check has passed do not trap. Rounded once, halves away from zero.
      let width = Int128(to - from)
      let sum = Int128(left.points) * width + (Int128(right.points) - Int128(left.points)) * Int128(x - from)
      return Int32(clamping: (2 * sum + (sum < 0 ? -width : width)) / (2 * width))
    }
    return right.points
  }

  /// 65,536 · 2^(−i ÷ 64), to the nearest.
  private static let steps: [Int64] = [
    65_536, 64_830, 64_132, 63_441, 62_757, 62_081, 61_413, 60_751, 60_097, 59_449, 58_809, 58_176,
    57_549, 56_929, 56_316, 55_709, 55_109, 54_515, 53_928, 53_347, 52_773, 52_204, 51_642, 51_085,
    50_535, 49_991, 49_452, 48_920, 48_393, 47_871, 47_356, 46_846, 46_341, 45_842, 45_348, 44_859,
    44_376, 43_898, 43_425, 42_958, 42_495, 42_037, 41_584, 41_136, 40_693, 40_255, 39_821, 39_392,
    38_968, 38_548, 38_133, 37_722, 37_316, 36_914, 36_516, 36_123, 35_734, 35_349, 34_968, 34_591,
    34_219, 33_850, 33_486, 33_125, 32_768,
  ]
}
