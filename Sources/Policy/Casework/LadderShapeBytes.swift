// Owns the bytes of a ladder's shape: what a case pins when it opens, so that it climbs on whatever the policy becomes.

/// The same bytes for the same shape in every process and release. Casework's `LadderShape` reads them back.
///
/// Format and oldest reader (1 and 1, a byte each); name; number of rungs. For each rung: condition, target and audience
/// in one byte (two bits each, the lowest first), `after`, role. Then `repeat`'s `every` and `at-most`. A text has its
/// length before it; a number is LEB128, zigzag where it may be below 0; a duration is 0 for none, 1 and its
/// milliseconds, or 2 and its days.
struct LadderShapeBytes {
  private(set) var bytes: [UInt8] = [1, 1]

  init(_ ladder: LadderRules) {
    text(ladder.nameText)
    unsigned(UInt64(ladder.rungs.count))
    for rung in ladder.rungs {
      bytes.append(rung.unless.rawValue | rung.target.rawValue << 2 | rung.audience.rawValue << 4)
      duration(rung.after)
      text(rung.role)
    }
    duration(ladder.repeatEvery)
    signed(Int64(ladder.repeatAtMost))
  }

  /// FNV-1a of 64 bits; never 0, which stands for no ladder.
  ///
  /// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv.
  var hash: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return max(1, hash)
  }

  private mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  private mutating func text(_ text: String) {
    unsigned(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  private mutating func duration(_ duration: WorkingDuration?) {
    switch duration {
    case nil: bytes.append(0)
    case .time(let length):
      bytes.append(1)
      signed(length)
    case .days(let days):
      bytes.append(2)
      signed(Int64(days))
    }
  }
}
