// Owns a set of small numbers as bits.

struct ValueSet: Sendable, Equatable {
  private(set) var bits: [UInt64]
  private(set) var count: Int

  /// The numbers below `count`.
  init(all count: Int) {
    bits = [UInt64](repeating: ~0, count: count / 64)
    if count % 64 > 0 { bits.append(1 << UInt64(count % 64) - 1) }
    self.count = count
  }

  /// No number of those below `size`.
  init(noneOf size: Int) {
    bits = [UInt64](repeating: 0, count: (size + 63) / 64)
    count = 0
  }

  var isEmpty: Bool { count == 0 }

  @inline(__always)
  func contains(_ value: Int32) -> Bool { bits[Int(value) >> 6] & Self.bit(value) != 0 }

  mutating func insert(_ value: Int32) {
    guard !contains(value) else { return }
    bits[Int(value) >> 6] |= Self.bit(value)
    count += 1
  }

  mutating func remove(_ value: Int32) {
    guard contains(value) else { return }
    bits[Int(value) >> 6] &= ~Self.bit(value)
    count -= 1
  }

  /// How many of `values`, all different, are in it.
  func count(of values: [Int32]) -> Int {
    var count = 0
    for value in values where contains(value) { count += 1 }
    return count
  }

  /// Keeps only those of `values`, ascending.
  mutating func keep(_ values: [Int32]) {
    var kept = [UInt64](repeating: 0, count: bits.count)
    count = 0
    for value in values where contains(value) {
      kept[Int(value) >> 6] |= Self.bit(value)
      count += 1
    }
    bits = kept
  }

  mutating func remove(_ values: [Int32]) { for value in values { remove(value) } }

  /// The least number in it.
  var first: Int32? {
    for (index, word) in bits.enumerated() where word != 0 {
      return Int32(clamping: index * 64 + word.trailingZeroBitCount)
    }
    return nil
  }

  var elements: [Int32] {
    bits.enumerated().flatMap { index, word in
      (0..<64).filter { word >> UInt64($0) & 1 != 0 }.map { Int32(clamping: index * 64 + $0) }
    }
  }

  @inline(__always)
  private static func bit(_ value: Int32) -> UInt64 { 1 << UInt64(truncatingIfNeeded: value & 63) }
}
