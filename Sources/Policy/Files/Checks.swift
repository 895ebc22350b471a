// Owns the checks that several files share: identifiers, names that must exist, names that must be unique.

enum Checks {
  /// Letters, digits, `.`, `-` and `_`, at most 64 of them, a letter or digit first: safe in topic headers, metrics
  /// and file names.
  static func identifier(_ text: Located<String>, _ findings: Findings) {
    guard !isIdentifier(text.value) else { return }
    var folder = TextFolding()
    var plain: [UInt8] = []
    folder.fold(Array(text.value.utf8)) { plain.append($0 == TextFolding.separator ? UInt8(ascii: "-") : $0) }
    if plain.last == UInt8(ascii: "-") { plain.removeLast() }
    let near = String(decoding: plain, as: UTF8.self)
    findings.error(
      text.place,
      "\"\(text.value)\" cannot be a name here\(isIdentifier(near) ? " (did you mean \"\(near)\"?)" : "")"
        + "; allowed: at most 64 letters, digits, \".\", \"-\" and \"_\", a letter or digit first")
  }

  private static func isIdentifier(_ text: String) -> Bool {
    let bytes = text.utf8
    func isPlain(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: false
      }
    }
    return bytes.count <= 64 && (bytes.first.map(isPlain) ?? false)
      && bytes.allSatisfy { isPlain($0) || ".-_".utf8.contains($0) }
  }

  /// What is printed beside a score or in a list: short, and on one line.
  @discardableResult
  static func oneLine(_ text: String, _ place: Place, _ findings: Findings) -> Bool {
    if text.utf8.count > PolicyLimits.textBytes {
      findings.error(place, "is longer than \(PolicyLimits.textBytes) bytes")
      return false
    }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      findings.error(place, "must be one line of text, without control characters")
      return false
    }
    return true
  }

  /// A name that another file declares; `known` is nil when that file could not be read.
  static func known(_ noun: String, _ name: Located<String>, among known: Set<String>?, _ findings: Findings)
  {
    guard let known, !known.contains(name.value) else { return }
    var message = "unknown \(noun) \"\(name.value)\"\(Suggestion.didYouMean(name.value, among: known))"
    message +=
      known.isEmpty ? "; the policy has none" : "; known: \(Suggestion.list(known.sorted(), limit: 12))"
    findings.error(name.place, message)
  }

  static func unique(_ noun: String, _ names: [Located<String>], _ findings: Findings) {
    var first: [String: Place] = [:]
    for name in names {
      if let place = first[name.value] {
        findings.error(
          name.place,
          "the \(noun) \"\(name.value)\" exists already (\(place.file):\(place.line)): give one of them another name"
        )
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
      "\(text(number.value)) is out of range; allowed: \(text(allowed.lowerBound)) to \(text(allowed.upperBound))"
    )
  }
}
