// Owns numbers in a policy: fixed-point thousandths, so that every machine computes the same points.

enum Thousandths {
  enum Mistake: Error {
    case notANumber
    case tooLarge
    case tooFine
    /// `010`, `0x1F`, `1_000`, `1:30`, `.5`: read differently by different YAML readers.
    case ambiguous
  }

  /// Beyond this no field has a meaning, and no product of two values overflows.
  static let largest: Int64 = 1_000_000_000_000_000

  /// `12`, `+12`, `-0.5`: at most three decimals, no exponent, no leading zero.
  static func parse(_ text: String) -> Result<Int64, Mistake> {
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    guard let first = bytes.first else { return .failure(.notANumber) }
    guard isDigit(first) else {
      let isFraction = first == UInt8(ascii: ".") && bytes.dropFirst().allSatisfy(isDigit) && bytes.count > 1
      return .failure(isFraction ? .ambiguous : .notANumber)
    }
    let whole = bytes.prefix(while: isDigit)
    var rest = bytes[whole.endIndex...]
    if rest.isEmpty || rest.first == UInt8(ascii: ".") {
      if whole.count > 1, whole.first == UInt8(ascii: "0") { return .failure(.ambiguous) }
    } else {
      let looksNumeric = rest.allSatisfy { isDigit($0) || "_:xXoObBeE+-.abcdfABCDF".utf8.contains($0) }
      return .failure(looksNumeric && isTroubled(bytes) ? .ambiguous : .notANumber)
    }
    if !rest.isEmpty { rest.removeFirst() }
    guard rest.allSatisfy(isDigit), bytes.last != UInt8(ascii: ".") else { return .failure(.notANumber) }
    guard rest.count <= 3 else { return .failure(.tooFine) }
    guard whole.count <= 13 else { return .failure(.tooLarge) }
    var value: Int64 = 0
    for digit in whole { value = value &* 10 &+ Int64(digit &- 48) }
    var fraction: Int64 = 0
    for index in 0..<3 {
      let place = rest.startIndex + index
      fraction = fraction &* 10 &+ (place < rest.endIndex ? Int64(rest[place] &- 48) : 0)
    }
    value = value &* 1000 &+ fraction
    guard value <= largest else { return .failure(.tooLarge) }
    return .success(negative ? -value : value)
  }

  /// `4.5`, `-12`: the shortest form.
  static func text(_ value: Int64) -> String {
    let magnitude = value.magnitude
    var text = (value < 0 ? "-" : "") + "\(magnitude / 1000)"
    let fraction = magnitude % 1000
    if fraction > 0 {
      var digits = String(1000 + fraction).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      text += "." + digits
    }
    return text
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  /// Octal, hexadecimal, binary, underscores, sexagesimal or an exponent.
  private static func isTroubled(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    if text.hasPrefix("0x") || text.hasPrefix("0o") || text.hasPrefix("0b") { return true }
    if text.contains("_") { return text.allSatisfy { $0.isNumber || $0 == "_" } }
    if text.contains(":") { return text.allSatisfy { $0.isNumber || $0 == ":" } }
    return text.contains("e") && text.allSatisfy { $0.isNumber || "e+-.".contains($0) }
  }
}
