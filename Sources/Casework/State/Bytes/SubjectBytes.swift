// Owns subject keys and case ids in half of their length: the letter, and what the hexadecimal digits stand for.
import Events
import StateBytes

/// A subject key (`c-` and 32 hexadecimal digits) as 17 bytes.
struct SubjectBytes: Hashable {
  let letter: UInt8
  let high: UInt64
  let low: UInt64
  /// Bytes of the text.
  static let textLength = 34
  /// Bytes of this form.
  static let length = 17

  /// Nil for a text that is no subject key, to the letter: what this gives back is the same text.
  init?(_ text: ByteSlice) {
    let bytes = text.bytes
    guard bytes.count == Self.textLength, bytes[1] == UInt8(ascii: "-"), bytes[0] >= 0x61, bytes[0] <= 0x7A,
      let high = Self.digits(bytes, 2), let low = Self.digits(bytes, 18)
    else { return nil }
    letter = bytes[0]
    self.high = high
    self.low = low
  }

  init(_ reader: inout StateReader) {
    letter = reader.byte()
    high = reader.fixed()
    low = reader.fixed()
    if letter < 0x61 || letter > 0x7A { reader.damage() }
  }

  func write(to writer: StateWriter) {
    writer.byte(letter)
    writer.fixed(high)
    writer.fixed(low)
  }

  /// The key as text.
  func text(_ scratch: Scratch) -> ByteSlice {
    let text = scratch.take(Self.textLength)
    write(text)
    return ByteSlice(UnsafeRawBufferPointer(text))
  }

  /// Writes the 34 bytes of the text.
  func write(_ text: UnsafeMutableRawBufferPointer) {
    text[0] = letter
    text[1] = UInt8(ascii: "-")
    text.storeBytes(of: Self.digits(of: high >> 32), toByteOffset: 2, as: UInt64.self)
    text.storeBytes(of: Self.digits(of: high & 0xFFFF_FFFF), toByteOffset: 10, as: UInt64.self)
    text.storeBytes(of: Self.digits(of: low >> 32), toByteOffset: 18, as: UInt64.self)
    text.storeBytes(of: Self.digits(of: low & 0xFFFF_FFFF), toByteOffset: 26, as: UInt64.self)
  }

  // Eight digits at a time, one in each byte of a word.

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let lowNibbles: UInt64 = 0x0F0F_0F0F_0F0F_0F0F

  /// The eight digits of 32 bits, as they lie in memory.
  @inline(__always)
  private static func digits(of value: UInt64) -> UInt64 {
    var nibbles = (value | value << 16) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles << 4) & lowNibbles
    return text(of: nibbles).bigEndian
  }

  /// `0` to `9` and `a` to `f`, for a number below 25 in each byte.
  @inline(__always)
  private static func text(of nibbles: UInt64) -> UInt64 {
    // The highest bit of each byte: ten or more.
    let isLetter = (nibbles &+ 0x76 &* ones) >> 7 & ones
    return nibbles &+ 0x30 &* ones &+ isLetter &* 0x27
  }

  @inline(__always)
  private static func digits(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
    guard let high = eight(bytes, start), let low = eight(bytes, start &+ 8) else { return nil }
    return high << 32 | low
  }

  /// What eight digits stand for; nil where one is none, to the letter.
  @inline(__always)
  private static func eight(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
    let text = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    var nibbles = (text & lowNibbles) &+ (text >> 6 & ones) &* 9
    guard nibbles & ~lowNibbles == 0, Self.text(of: nibbles) == text else { return nil }
    nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
    return (nibbles | nibbles >> 16) & 0xFFFF_FFFF
  }
}

/// A case id (its subject's key, a dash, its number) in this form.
struct CaseBytes: Hashable {
  let subject: SubjectBytes
  let number: UInt32

  init(subject: SubjectBytes, number: UInt32) {
    self.subject = subject
    self.number = number
  }

  /// Nil for a text that is no case id, to the letter.
  init?(_ text: ByteSlice) {
    let bytes = text.bytes
    let length = SubjectBytes.textLength
    guard bytes.count > length, bytes[length] == UInt8(ascii: "-"),
      let subject = SubjectBytes(ByteSlice(UnsafeRawBufferPointer(rebasing: bytes[..<length]))),
      let number = CaseID.number(bytes[(length &+ 1)...])
    else { return nil }
    self.init(subject: subject, number: number)
  }

  /// The id as text.
  func text(_ scratch: Scratch) -> ByteSlice {
    let length = SubjectBytes.textLength
    var rest = number
    var digits = 1
    while rest >= 10 {
      digits &+= 1
      rest /= 10
    }
    let text = scratch.take(length &+ 1 &+ digits)
    subject.write(text)
    text[length] = UInt8(ascii: "-")
    rest = number
    for index in (0..<digits).reversed() {
      text[length &+ 1 &+ index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return ByteSlice(UnsafeRawBufferPointer(text))
  }
}
