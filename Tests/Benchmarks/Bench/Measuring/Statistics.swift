// Owns the few numbers that many measurements come to.

extension Array where Element: Comparable {
  /// The smallest element that at least a share of `quantile` (0 to 1) of all does not exceed (nearest rank); nil
  /// when there is none.
  func quantile(_ quantile: Double) -> Element? {
    guard !isEmpty else { return nil }
    let rank = Int((quantile * Double(count)).rounded(.up))
    return sorted()[Swift.min(count, Swift.max(1, rank)) - 1]
  }

  /// The middle element, the lower one of two.
  var median: Element? { quantile(0.5) }
}

extension Double {
  /// With so many digits after the point.
  func text(_ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (self * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 1e15 else { return "–" }
    let whole = String(Int64(abs(scaled)))
    let padded = String(repeating: "0", count: Swift.max(0, digits + 1 - whole.count)) + whole
    let sign = scaled < 0 ? "-" : ""
    guard digits > 0 else { return sign + padded }
    return "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}

extension Int64 {
  /// `1,234,567`
  var grouped: String {
    var text = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + String(text.reversed())
  }
}
