// Owns how UTF-8 bytes are read for redaction: word characters, separators, digits. Never traps: an index
// outside of the text reads as a line feed.

/// UTF-8 text with safe indexing. Borrowed for the length of one call.
struct TextBytes {
  let bytes: UnsafeRawBufferPointer
  var count: Int { bytes.count }

  @inline(__always) subscript(_ index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0x0A
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  @inline(__always) static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// The length of a letter outside of ASCII that starts here; 0 for punctuation, symbols, emoji and
  /// anything else, half a character included. By blocks of Unicode, which is as fine as finding the edge of a word
  /// needs.
  func foreignLetter(at index: Int) -> Int {
    let length = lengthOfLetter(leadingAt: index)
    var next = 1
    while next < length {
      if self[index &+ next] & 0xC0 != 0x80 { return 0 }
      next &+= 1
    }
    return length
  }

  private func lengthOfLetter(leadingAt index: Int) -> Int {
    let lead = self[index]
    switch lead {
    case 0xC3...0xDF:
      return lead == 0xC3 && (self[index &+ 1] == 0x97 || self[index &+ 1] == 0xB7) ? 0 : 2  // × and ÷
    case 0xE0...0xE1: return 3
    case 0xE3: return self[index &+ 1] == 0x80 && self[index &+ 2] < 0x90 ? 0 : 3  // CJK punctuation
    case 0xE4...0xED: return 3
    case 0xF0: return self[index &+ 1] == 0x9F ? 0 : 4  // emoji
    default: return 0
    }
  }

  /// The length of a letter outside of ASCII that ends right before `index`; 0 when there is none.
  func foreignLetter(before index: Int) -> Int {
    guard self[index &- 1] & 0xC0 == 0x80 else { return 0 }
    for length in 2...4 where self[index &- length] & 0xC0 != 0x80 {
      return foreignLetter(at: index &- length) == length ? length : 0
    }
    return 0
  }

  /// Whether a letter or a digit stands right before `index`.
  func isWord(before index: Int) -> Bool {
    Self.isAlphanumeric(self[index &- 1]) || foreignLetter(before: index) > 0
  }

  /// Whether a letter or a digit stands at `index`.
  func isWord(at index: Int) -> Bool {
    Self.isAlphanumeric(self[index]) || foreignLetter(at: index) > 0
  }

  /// The length of a space at `index`: plain, no-break, thin or narrow (French typography); 0 when none.
  func space(at index: Int) -> Int {
    switch self[index] {
    case 0x20, 0x09: return 1
    case 0xC2: return self[index &+ 1] == 0xA0 ? 2 : 0
    case 0xE2:
      guard self[index &+ 1] == 0x80 else { return 0 }
      let last = self[index &+ 2]
      return last >= 0x80 && last <= 0x8A || last == 0xAF ? 3 : 0
    default: return 0
    }
  }

  /// The length of a hyphen or dash at `index`; 0 when none.
  func dash(at index: Int) -> Int {
    if self[index] == 0x2D { return 1 }
    guard self[index] == 0xE2, self[index &+ 1] == 0x80 else { return 0 }
    let last = self[index &+ 2]
    return last >= 0x90 && last <= 0x94 ? 3 : 0
  }
}
