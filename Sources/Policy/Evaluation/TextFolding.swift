// Owns how text is folded before words are looked for: case and accents make no difference, punctuation
// separates. Written once, used for the policy's words and for the events' text.

/// Folds UTF-8 to a stream of lower-case bytes in which every run of non-letters is one separator.
///
/// Latin letters lose their accents, composed or not (`É`, `E` + U+0301 → `e`; `œ` → `oe`; `ß` → `ss`); Greek and
/// Cyrillic capitals become small; other letters stay as they are. Bytes that are not UTF-8 separate.
struct TextFolding {
  static let separator = UInt8(ascii: " ")
  /// Whether the last byte given out was a separator, so that a run gives only one.
  private var afterSeparator = true

  init() {}

  /// Gives the folded bytes of one text; the caller puts a separator before and after where it wants them.
  @inline(__always)
  mutating func fold(_ text: some Collection<UInt8>, _ emit: (UInt8) -> Void) {
    text.withContiguousStorageIfAvailable { fold(UnsafeRawBufferPointer($0), emit) }
  }

  @inline(__always)
  mutating func fold(_ text: UnsafeRawBufferPointer, _ emit: (UInt8) -> Void) {
    var at = 0
    let end = text.count
    while at < end {
      let byte = text[at]
      if byte < 0x80 {
        at &+= 1
        if byte &- 0x61 < 26 || byte &- 0x30 < 10 {
          afterSeparator = false
          emit(byte)
        } else if byte &- 0x41 < 26 {
          afterSeparator = false
          emit(byte | 0x20)
        } else if !afterSeparator {
          afterSeparator = true
          emit(Self.separator)
        }
        continue
      }
      let (scalar, length) = Self.decode(text, at)
      at &+= length
      foldScalar(scalar, emit)
    }
  }

  private mutating func foldScalar(_ scalar: UInt32, _ emit: (UInt8) -> Void) {
    switch scalar {
    case 0x300...0x36F: return
    case 0xC0..<0x180 where scalar != 0xD7 && scalar != 0xF7:
      let letters = Self.latin[Int(scalar &- 0xC0)]
      emit(UInt8(truncatingIfNeeded: letters))
      if letters > 0xFF { emit(UInt8(truncatingIfNeeded: letters >> 8)) }
    case 0x391...0x3A9, 0x410...0x42F: encode(scalar &+ 0x20, emit)
    case 0x400...0x40F: encode(scalar &+ 0x50, emit)
    default:
      if Self.separates(scalar) {
        if !afterSeparator { emit(Self.separator) }
        afterSeparator = true
        return
      }
      encode(scalar, emit)
    }
    afterSeparator = false
  }

  /// Punctuation, symbols, spaces, emoji and what is not a scalar at all.
  private static func separates(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0...0xA9, 0xAB...0xB4, 0xB6...0xB9, 0xBB...0xBF, 0xD7, 0xF7: true
    case 0x2000...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0x3030, 0xFF00...0xFF0F, 0xFF1A...0xFF20: true
    case 0xD800...0xF8FF, 0xFE00...0xFE6F, 0xFFF0...0xFFFF, 0x1F000...: true
    default: false
    }
  }

  /// One scalar, or U+FFFF for bytes that are not UTF-8 (they separate, one byte at a time).
  private static func decode(_ text: UnsafeRawBufferPointer, _ at: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(text[at])
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, at &+ length <= text.count else { return (0xFFFF, 1) }
    var scalar = first & (0x7F >> UInt32(length))
    for index in 1..<length {
      let next = UInt32(text[at &+ index])
      guard next & 0xC0 == 0x80 else { return (0xFFFF, 1) }
      scalar = scalar << 6 | next & 0x3F
    }
    return (scalar, length)
  }

  private func encode(_ scalar: UInt32, _ emit: (UInt8) -> Void) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | scalar >> shift & 0x3F) }
    switch scalar {
    case 0..<0x80: emit(UInt8(truncatingIfNeeded: scalar))
    case 0..<0x800:
      emit(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      emit(tail(0))
    case 0..<0x1_0000:
      emit(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      emit(tail(6))
      emit(tail(0))
    default:
      emit(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      emit(tail(12))
      emit(tail(6))
      emit(tail(0))
    }
  }

  /// U+00C0…U+017F without accents: one or two small letters each, the second in the high byte.
  private static let latin: [UInt16] = {
    let folded =
      "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss "
      + "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y "
      + "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i "
      + "ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s "
      + "t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s "
    var table: [UInt16] = []
    for letters in folded.split(separator: " ", omittingEmptySubsequences: false).dropLast() {
      let bytes = Array(letters.utf8)
      table.append(bytes.count == 2 ? UInt16(bytes[0]) | UInt16(bytes[1]) << 8 : UInt16(bytes.first ?? 0x20))
    }
    return table
  }()
}
