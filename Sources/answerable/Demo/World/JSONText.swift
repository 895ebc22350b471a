// Owns how the demo writes JSON: bytes as the systems around would put them on the wire.

/// A JSON object under construction. Fields stand in the order in which they are written.
struct JSONText: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Whether the object or array at hand has an element already.
  private var hasElement = false

  /// An object.
  init(_ fill: (inout JSONText) -> Void) {
    bytes.reserveCapacity(512)
    object(fill)
  }

  mutating func field(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    key(name)
    string(text)
  }

  mutating func field(_ name: StaticString, _ number: Int?) {
    guard let number else { return }
    key(name)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Thousandths as a decimal number: 4500 is written `4.5`.
  mutating func field(_ name: StaticString, thousandths: Int64) {
    key(name)
    bytes.append(contentsOf: Decimal.text(thousandths: thousandths).utf8)
  }

  mutating func field(_ name: StaticString, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      string(text)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func field(_ name: StaticString, _ fill: (inout JSONText) -> Void) {
    key(name)
    object(fill)
  }

  private mutating func object(_ fill: (inout JSONText) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    hasElement = false
    fill(&self)
    bytes.append(UInt8(ascii: "}"))
    hasElement = true
  }

  private mutating func key(_ name: StaticString) {
    if hasElement { bytes.append(UInt8(ascii: ",")) }
    hasElement = true
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: "\":".utf8)
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// Fixed-point numbers as people read them.
enum Decimal {
  /// 4500 is `4.5`, 9000 is `9`; nothing below a tenth is kept.
  static func text(thousandths: Int64) -> String {
    let tenths = (abs(thousandths) / 100) % 10
    let sign = thousandths < 0 ? "-" : ""
    let whole = abs(thousandths) / 1000
    return tenths == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(tenths)"
  }
}
