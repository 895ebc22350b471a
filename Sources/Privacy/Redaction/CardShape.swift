// Owns what a payment card number looks like: issuer, length, checksum (ISO/IEC 7812-1).

enum CardShape {
  static let lengths = 13...19

  /// The longest card number whose first group is `first`: how many groups it takes, or nil.
  static func match(_ text: TextBytes, _ run: DigitRun, from first: Int) -> Int? {
    var digits = 0
    var luhn = Luhn()
    var best: Int?
    for index in first..<run.groups.count {
      let group = run.groups[index]
      digits &+= group.length
      guard digits <= lengths.upperBound, index == first || continues(run, group, first) else { break }
      for position in group.start..<group.end { luhn.append(text[position] &- 0x30) }
      if digits >= lengths.lowerBound, luhn.isValid, isIssued(text, run, first, length: digits) {
        best = index &- first &+ 1
      }
    }
    return best
  }

  /// Grouped cards are written in blocks: 4-4-4-4, 4-6-5, 4-4-4-4-3; a 3-7-7 is an order number.
  private static func continues(_ run: DigitRun, _ group: DigitGroup, _ first: Int) -> Bool {
    guard (4...6).contains(run.groups[first].length), group.length <= 6 else { return false }
    return group.joint == .space || group.joint == .dash
  }

  /// Whether an issuer gives out numbers that start so. Ranges of the large networks: 2221–2720 and 5
  /// Mastercard, 2200–2204 Mir, 3 American Express, Diners and JCB, 4 Visa, 6 Discover, UnionPay and Maestro,
  /// 81 and 82 UnionPay and RuPay, 9792 Troy. What starts otherwise is a time stamp or an order number.
  private static func isIssued(
    _ text: TextBytes, _ run: DigitRun, _ first: Int, length: Int
  ) -> Bool {
    var prefix = 0
    var taken = 0
    var group = first
    var position = run.groups[first].start
    while taken < 4 {
      if position >= run.groups[group].end {
        group &+= 1
        guard group < run.groups.count else { return false }
        position = run.groups[group].start
      }
      prefix = prefix &* 10 &+ Int(text[position] &- 0x30)
      taken &+= 1
      position &+= 1
    }
    switch prefix {
    case 3000...6999, 8100...8299, 9792: return true
    case 2200...2204, 2221...2720: return length == 16
    default: return false
    }
  }

  /// The checksum of ISO/IEC 7812-1, Annex B, digit by digit, for a number whose length is not known yet.
  private struct Luhn {
    /// The sums if the last digit so far stands at an undoubled place, and if it stands at a doubled one.
    private var undoubled = 0
    private var doubled = 0

    mutating func append(_ digit: UInt8) {
      let value = Int(digit)
      let twice = value > 4 ? value &* 2 &- 9 : value &* 2
      (undoubled, doubled) = (doubled &+ value, undoubled &+ twice)
    }
    var isValid: Bool { undoubled % 10 == 0 }
  }
}
