// Owns sets of whole numbers that lie close together, such as offsets: a bit each, in chunks that exist where used.

/// Eight kilobytes for 65,536 numbers that are near each other.
struct OffsetSet: Sendable, Hashable {
  private static let shift: Int64 = 16
  private static let words = 1 << 10
  private var chunks: [Int64: [UInt64]] = [:]
  private(set) var count: Int64 = 0

  /// False when it was there already.
  @discardableResult
  mutating func insert(_ number: Int64) -> Bool {
    let (word, bit) = Self.place(number)
    let isNew = chunks[number >> Self.shift, default: Self.empty].withUnsafeMutableBufferPointer { chunk in
      let isNew = chunk[word] & bit == 0
      chunk[word] |= bit
      return isNew
    }
    if isNew { count += 1 }
    return isNew
  }

  func contains(_ number: Int64) -> Bool {
    let (word, bit) = Self.place(number)
    return chunks[number >> Self.shift].map { $0[word] & bit != 0 } ?? false
  }

  /// The smallest number of the set; nil of an empty one.
  var first: Int64? { next(from: .min) }

  /// The largest number of the set; nil of an empty one.
  var last: Int64? {
    guard let chunk = chunks.keys.max(), let words = chunks[chunk] else { return nil }
    for index in words.indices.reversed() where words[index] != 0 {
      let bit = Int64(63 - words[index].leadingZeroBitCount)
      return chunk << Self.shift | Int64(index) << 6 | bit
    }
    return nil
  }

  /// The smallest number at or after `number`.
  func next(from number: Int64) -> Int64? {
    for key in chunks.keys.filter({ $0 >= number >> Self.shift }).sorted() {
      guard let words = chunks[key] else { continue }
      for index in words.indices {
        var word = words[index]
        let base = key << Self.shift | Int64(index) << 6
        if base < number {
          // Within the word of `number`, only what is not below it.
          word = number >= base + 64 ? 0 : word & (UInt64.max << UInt64(number - base))
        }
        if word != 0 { return base | Int64(word.trailingZeroBitCount) }
      }
    }
    return nil
  }

  /// What of this set is not in `other`, ascending, as long as `body` returns true.
  func forEach(notIn other: OffsetSet, _ body: (Int64) -> Bool) {
    for key in chunks.keys.sorted() {
      guard let words = chunks[key] else { continue }
      let others = other.chunks[key] ?? Self.empty
      for index in words.indices {
        var word = words[index] & ~others[index]
        while word != 0 {
          let number = key << Self.shift | Int64(index) << 6 | Int64(word.trailingZeroBitCount)
          if !body(number) { return }
          word &= word - 1
        }
      }
    }
  }

  /// The first number from `first` to `last` that is not there; nil when all are.
  func firstMissing(from first: Int64, through last: Int64) -> Int64? {
    guard first <= last else { return nil }
    var number = first
    while number <= last {
      let word = chunks[number >> Self.shift]?[Self.place(number).word] ?? 0
      // From this bit on, how many are set in a row.
      let run = Int64((~(word >> UInt64(number & 63))).trailingZeroBitCount)
      if run < 64 - (number & 63) { return number + run <= last ? number + run : nil }
      number += 64 - (number & 63)
    }
    return nil
  }

  /// How many numbers of a range are there.
  func count(in range: Range<Int64>) -> Int64 {
    var count: Int64 = 0
    for (key, words) in chunks {
      let base = key << Self.shift
      if base >= range.upperBound || base + (1 << Self.shift) <= range.lowerBound { continue }
      for index in words.indices where words[index] != 0 {
        let start = base | Int64(index) << 6
        var word = words[index]
        if start < range.lowerBound {
          word = range.lowerBound >= start + 64 ? 0 : word & (UInt64.max << UInt64(range.lowerBound - start))
        }
        if start + 64 > range.upperBound {
          word = range.upperBound <= start ? 0 : word & ~(UInt64.max << UInt64(range.upperBound - start))
        }
        count += Int64(word.nonzeroBitCount)
      }
    }
    return count
  }

  private static let empty = [UInt64](repeating: 0, count: words)

  private static func place(_ number: Int64) -> (word: Int, bit: UInt64) {
    let low = number & ((1 << shift) - 1)
    return (Int(low >> 6), 1 << UInt64(low & 63))
  }
}
