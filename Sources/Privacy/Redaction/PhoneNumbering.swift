// Owns how many digits follow a country's calling code (ITU-T E.164 and the national numbering plans).

enum PhoneNumbering {
  /// The national digits that may follow the calling code at the start of `digits`, and that code's length;
  /// nil when no country has it. `digits` gives the n-th digit.
  static func plan(_ digits: (Int) -> Int) -> (code: Int, national: ClosedRange<Int>)? {
    var value = 0
    for length in 1...3 {
      value = value &* 10 &+ digits(length &- 1)
      if let national = byCode[value] { return (length, national) }
      if length == 2, twoDigitCodes.contains(value) { return (2, 8...11) }
    }
    // Three digits that no table names: 21x–29x, 35x–38x, 42x, 50x, 59x, 67x–69x, 80x–88x, 96x–99x.
    switch value / 10 {
    case 21...29, 35...38, 42, 50, 59, 67...69, 80...88, 96...99: return (3, 6...10)
    default: return nil
    }
  }

  /// Countries with a two-digit code that the table below does not name.
  private static let twoDigitCodes: Set<Int> = [
    51, 53, 54, 56, 57, 58, 60, 62, 63, 64, 66, 81, 82, 84, 92, 93, 94, 95, 98,
  ]

  private static let byCode: [Int: ClosedRange<Int>] = [
    1: 10...10, 7: 10...10, 20: 8...10, 27: 9...9, 30: 10...10, 31: 9...9, 32: 8...9, 33: 9...9, 34: 9...9,
    36: 8...9, 39: 8...11, 40: 9...9, 41: 9...9, 43: 7...12, 44: 9...10, 45: 8...8, 46: 7...9, 47: 8...8,
    48: 9...9, 49: 7...11, 52: 10...10, 55: 10...11, 61: 9...9, 65: 8...8, 86: 10...11, 90: 10...10,
    91: 10...10,
    212: 9...9, 213: 8...9, 216: 8...8, 221: 9...9, 225: 10...10, 237: 9...9, 262: 9...9, 351: 9...9,
    352: 6...9, 353: 7...9, 354: 7...7, 358: 6...10, 359: 8...9, 370: 8...8, 371: 8...8, 372: 7...8,
    377: 8...9, 380: 9...9, 385: 8...9, 386: 8...8, 420: 9...9, 421: 9...9, 423: 7...9, 590: 9...9,
    594: 9...9, 596: 9...9, 852: 8...8, 961: 7...8, 971: 8...9, 972: 8...9,
  ]
}
