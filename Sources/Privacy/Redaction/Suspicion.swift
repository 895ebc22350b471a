// Owns the first look at a text, at the speed of memory: could anything in it be personal data?

enum Suspicion {
  /// No telephone, card or account number has fewer digits.
  static let fewestDigits = 7

  /// True when the text has an `@` or at least seven digits.
  static func isWarranted(_ text: UnsafeRawBufferPointer) -> Bool {
    // Eight bytes at a time, each in a lane of its own ("Hacker's Delight", 6-1).
    let ones: UInt64 = 0x0101_0101_0101_0101
    var digits = 0
    var position = 0
    while position &+ 8 <= text.count {
      // A lane counts at most 255 digits before the lanes are added up.
      let end = position &+ min(255, (text.count &- position) / 8) &* 8
      var lanes: UInt64 = 0
      var at: UInt64 = 0
      while position < end {
        let word = text.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        let digit = word ^ (ones &* 0x30)
        lanes &+= ~((digit & (ones &* 0x7F)) &+ (ones &* 0x76) | digit) >> 7 & ones
        let sign = word ^ (ones &* 0x40)
        at |= ~((sign & (ones &* 0x7F)) &+ (ones &* 0x7F) | sign) & (ones &* 0x80)
        position &+= 8
      }
      while lanes != 0 {
        digits &+= Int(lanes & 0xFF)
        lanes >>= 8
      }
      if at != 0 || digits >= fewestDigits { return true }
    }
    while position < text.count {
      if text[position] == 0x40 { return true }
      if TextBytes.isDigit(text[position]) { digits &+= 1 }
      position &+= 1
    }
    return digits >= fewestDigits
  }
}
