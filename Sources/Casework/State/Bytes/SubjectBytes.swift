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
    for index in 0..<16 {
      text[2 &+ index] = Self.digit(high, index)
      text[18 &+ index] = Self.digit(low, index)
    }
  }

  @inline(__always)
  private static func digit(_ value: UInt64, _ index: Int) -> UInt8 {
    let nibble = UInt8(truncatingIfNeeded: value >> UInt64(60 &- 4 &* index)) & 15
    return nibble < 10 ? nibble &+ 0x30 : nibble &+ 0x57
  }

  @inline(__always)
  private static func digits(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
    var value: UInt64 = 0
    for index in start..<start &+ 16 {
      let byte = bytes[index]
      let digit: UInt8
      if byte >= 0x30 && byte <= 0x39 {
        digit = byte &- 0x30
      } else if byte >= 0x61 && byte <= 0x66 {
        digit = byte &- 0x57
      } else {
        return nil
      }
      value = value << 4 | UInt64(digit)
    }
    return value
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
