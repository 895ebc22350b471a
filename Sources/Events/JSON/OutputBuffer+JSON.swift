// Owns the writing of JSON: strings with their escapes, times, fixed-point numbers; members one by one.

extension OutputBuffer {
  /// A string with its quotes. What must be escaped is (RFC 8259 §7): the quote, the backslash, U+0000…U+001F.
  mutating func string(_ text: ByteSlice) {
    guard let source = text.bytes.baseAddress else {
      append("\"\"")
      return
    }
    let length = text.count
    var out = reserve(length &+ 2)
    out.pointee = UInt8(ascii: "\"")
    wrote(1)
    var from = 0
    while true {
      let clean = Self.cleanPrefix(source + from, length &- from)
      out = reserve(clean &+ 7)
      UnsafeMutableRawPointer(out).copyMemory(from: source + from, byteCount: clean)
      wrote(clean)
      from &+= clean
      if from == length { break }
      escape(source.load(fromByteOffset: from, as: UInt8.self))
      from &+= 1
    }
    append(UInt8(ascii: "\""))
  }

  /// How many bytes need no escape: eight at a time, then one by one.
  @inline(__always)
  private static func cleanPrefix(_ start: UnsafeRawPointer, _ count: Int) -> Int {
    let low: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    var offset = 0
    while offset &+ 8 <= count {
      let word = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let quote = word ^ (low &* 0x22)
      let slash = word ^ (low &* 0x5C)
      let below = (word &- low &* 0x20) & ~word
      if (below | ((quote &- low) & ~quote) | ((slash &- low) & ~slash)) & high != 0 { break }
      offset &+= 8
    }
    while offset < count {
      let byte = start.load(fromByteOffset: offset, as: UInt8.self)
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      offset &+= 1
    }
    return offset
  }

  @inline(never)
  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      append("\\u00")
      append(byte >> 4 &+ 0x30)
      append((byte & 15) < 10 ? (byte & 15) &+ 0x30 : (byte & 15) &+ 0x57)
    }
  }

  /// A time as a string, UTC with milliseconds.
  mutating func time(_ milliseconds: Int64) {
    let out = reserve(RFC3339.length &+ 2)
    out[0] = UInt8(ascii: "\"")
    RFC3339.write(milliseconds, to: out + 1)
    out[RFC3339.length &+ 1] = UInt8(ascii: "\"")
    wrote(RFC3339.length &+ 2)
  }

  /// A number given in thousandths: `4500` is written `4.5`.
  mutating func thousandths(_ value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let magnitude = Int64(clamping: value.magnitude)
    append(magnitude / 1000)
    var fraction = magnitude % 1000
    if fraction == 0 { return }
    append(UInt8(ascii: "."))
    var scale: Int64 = 100
    while fraction > 0 {
      append(UInt8(truncatingIfNeeded: fraction / scale &+ 0x30))
      fraction %= scale
      scale /= 10
    }
  }

  /// The separator and name before a value: `,"name":` given whole, its comma left out after an opening.
  @inline(__always)
  mutating func key(_ commaAndKey: StaticString) {
    if count > 0, bytes[count &- 1] == UInt8(ascii: "{") {
      append(
        UnsafeRawBufferPointer(
          start: commaAndKey.utf8Start + 1, count: commaAndKey.utf8CodeUnitCount &- 1))
    } else {
      append(commaAndKey)
    }
  }

  /// A member with a text; nothing when that is empty.
  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, _ text: ByteSlice) {
    if text.isEmpty { return }
    key(commaAndKey)
    string(text)
  }

  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, word: String) {
    key(commaAndKey)
    append(UInt8(ascii: "\""))
    for byte in word.utf8 { append(byte) }
    append(UInt8(ascii: "\""))
  }

  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, _ number: Int64) {
    key(commaAndKey)
    append(number)
  }

  /// A member with an array of texts; nothing when that is empty.
  mutating func member(_ commaAndKey: StaticString, _ texts: [ByteSlice]) {
    if texts.isEmpty { return }
    key(commaAndKey)
    var separator = UInt8(ascii: "[")
    for text in texts {
      append(separator)
      string(text)
      separator = UInt8(ascii: ",")
    }
    append(UInt8(ascii: "]"))
  }
}
