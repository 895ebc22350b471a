// Owns JSON as it came: whether a text is JSON, and how it reads on several lines, nothing in it changed.
import Foundation

enum RawJSON {
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    // Foundation takes other encodings too, and guesses which.
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    return (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
  }

  /// One line for each member and element, in their order, texts and numbers as they are. For valid JSON.
  static func lines(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var line: [UInt8] = []
    var depth = 0
    var inText = false
    var isEscaped = false
    func end() {
      if line.contains(where: { $0 != 0x20 }) { lines.append(String(decoding: line, as: UTF8.self)) }
      line = [UInt8](repeating: 0x20, count: 2 * depth)
    }
    for (index, byte) in bytes.enumerated() {
      if inText {
        line.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          inText = false
        }
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: "\""):
        inText = true
        line.append(byte)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        line.append(byte)
        depth += 1
        if !isClosed(bytes, index) { end() }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if !isOpened(bytes, index) { end() }
        line.append(byte)
      case UInt8(ascii: ","):
        line.append(byte)
        end()
      case UInt8(ascii: ":"): line += [byte, 0x20]
      default: line.append(byte)
      }
    }
    end()
    return lines
  }

  /// Whether what was opened here is empty.
  private static func isClosed(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes[(index + 1)...].first { $0 > 0x20 }.map { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") }
      ?? false
  }

  /// Whether what is closed here is empty.
  private static func isOpened(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes[..<index].last { $0 > 0x20 }.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
  }
}
