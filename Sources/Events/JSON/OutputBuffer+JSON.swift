// Owns the writing of JSON: strings with their escapes, times, fixed-point numbers; members one by one.
import CSimdJSON

extension OutputBuffer {
  /// A string with its quotes. What must be escaped is (RFC 8259 §7): the quote, the backslash, U+0000…U+001F.
  mutating func string(_ text: ByteSlice) {
    guard let source = text.bytes.assumingMemoryBound(to: UInt8.self).baseAddress else {
      append("\"\"")
      return
    }
    let length = text.count
    var out = reserve(length &+ 2)
    out.pointee = UInt8(ascii: "\"")
    out += 1
    var from = 0
    while true {
      let clean = csj_copy_clean(out, source + from, length &- from)
      from &+= clean
      wrote(clean &+ 1)
      if from == length { break }
      escape(source[from])
      from &+= 1
      out = reserve(length &- from &+ 1)
      wrote(-1)
    }
    append(UInt8(ascii: "\""))
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

  /// A member with a text, `,"name":` given whole; nothing when the text is empty.
  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, _ text: ByteSlice) {
    if text.isEmpty { return }
    append(commaAndKey)
    string(text)
  }

  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, word: ByteSlice) {
    append(commaAndKey)
    append(UInt8(ascii: "\""))
    append(word.bytes)
    append(UInt8(ascii: "\""))
  }

  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, _ number: Int64) {
    append(commaAndKey)
    append(number)
  }

  @inline(__always)
  mutating func member(_ commaAndKey: StaticString, time milliseconds: Int64) {
    append(commaAndKey)
    time(milliseconds)
  }

  /// A member with an object whose members may all be absent; nothing when they are. Each begins with a comma, and the
  /// first comma becomes the brace.
  @inline(__always)
  mutating func object(_ commaAndKey: StaticString, _ members: (inout OutputBuffer) -> Void) {
    let start = count
    append(commaAndKey)
    let opening = count
    members(&self)
    if count == opening { return truncate(to: start) }
    replace(at: opening, with: UInt8(ascii: "{"))
    append(UInt8(ascii: "}"))
  }

  /// A member with an array of numbers; nothing when that is empty.
  mutating func member(_ commaAndKey: StaticString, _ numbers: [Int32]) {
    if numbers.isEmpty { return }
    append(commaAndKey)
    var separator = UInt8(ascii: "[")
    for number in numbers {
      append(separator)
      append(Int64(number))
      separator = UInt8(ascii: ",")
    }
    append(UInt8(ascii: "]"))
  }

  /// A member with an array of texts; nothing when that is empty.
  mutating func member(_ commaAndKey: StaticString, _ texts: [ByteSlice]) {
    if texts.isEmpty { return }
    append(commaAndKey)
    var separator = UInt8(ascii: "[")
    for text in texts {
      append(separator)
      string(text)
      separator = UInt8(ascii: ",")
    }
    append(UInt8(ascii: "]"))
  }
}
