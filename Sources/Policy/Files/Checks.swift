// Owns the checks that several files share: identifiers, names that must exist, names that must be unique.

enum Checks {
  /// Letters, digits, `.`, `-` and `_`, at most 64 of them, a letter or digit first: safe in topic headers, metrics
  /// and file names.
  static func identifier(_ text: Located<String>, _ findings: Findings) {
    let bytes = text.value.utf8
    func isPlain(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: false
      }
    }
    let good =
      bytes.count <= 64 && (bytes.first.map(isPlain) ?? false)
      && bytes.allSatisfy { isPlain($0) || ".-_".utf8.contains($0) }
    if !good {
      findings.error(
        text.place,
        "\"\(text.value)\" is not an identifier: letters, digits, \".\", \"-\" and \"_\", at most 64, a letter or digit first"
      )
    }
  }

  static func known(_ noun: String, _ name: Located<String>, among known: Set<String>, _ findings: Findings) {
    guard !known.contains(name.value) else { return }
    var message = "unknown \(noun) \"\(name.value)\"\(Suggestion.didYouMean(name.value, among: known))"
    message += known.isEmpty ? "; there are none" : "; known: \(Suggestion.list(known.sorted(), limit: 12))"
    findings.error(name.place, message)
  }

  static func unique(_ noun: String, _ names: [Located<String>], _ findings: Findings) {
    var first: [String: Place] = [:]
    for name in names {
      if let place = first[name.value] {
        findings.error(
          name.place, "\(noun) \"\(name.value)\" exists already at \(place.file):\(place.line)")
      } else {
        first[name.value] = name.place
      }
    }
  }

  static func range(
    _ number: Located<Int64>, _ allowed: ClosedRange<Int64>, thousandths: Bool = false, _ findings: Findings
  ) {
    guard !allowed.contains(number.value) else { return }
    func text(_ value: Int64) -> String { thousandths ? Thousandths.text(value) : String(value) }
    findings.error(
      number.place,
      "\(text(number.value)) is out of range: \(text(allowed.lowerBound)) to \(text(allowed.upperBound))")
  }
}
