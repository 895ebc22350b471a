// Owns how a field is read: a node with its path, asked for the type that its field has.

/// A node and where it stands. Every read that fails has said so in the findings, once, and gives nil.
package struct Cursor {
  package let node: YAMLNode
  package let place: Place

  package init(_ node: YAMLNode, file: String, path: String = "") {
    self.node = node
    place = Place(file: file, line: node.line, column: node.column, path: path)
  }

  private func child(_ node: YAMLNode, path: String) -> Cursor {
    Cursor(node, file: place.file, path: path)
  }

  private func path(of key: String) -> String { place.path.isEmpty ? key : "\(place.path).\(key)" }

  private var isEmpty: Bool {
    if case .scalar(let scalar) = node.content { return scalar.isNull }
    return false
  }

  // MARK: Structures

  /// A mapping whose fields are fixed. Unknown fields are reported with what is allowed, missing ones by name.
  /// A field whose name is nearly right is read as the one that is meant, so that one slip is one finding.
  package func fields(_ allowed: [String], required: [String] = [], _ findings: Findings) -> [String: Cursor]?
  {
    guard let entries = entries(findings) else { return nil }
    var fields: [String: Cursor] = [:]
    for (key, value) in entries where allowed.contains(key.value) { fields[key.value] = value }
    for (key, value) in entries where !allowed.contains(key.value) {
      findings.error(
        key.place,
        "unknown field \"\(key.value)\"\(Suggestion.didYouMean(key.value, among: allowed))"
          + "; allowed: \(Suggestion.list(allowed))")
      if let meant = Suggestion.nearest(key.value, among: allowed), fields[meant] == nil {
        fields[meant] = value
      }
    }
    for name in required where fields[name] == nil {
      findings.error(place, "missing field \"\(name)\"")
    }
    return fields
  }

  /// A mapping from names that the author chooses.
  package func entries(_ findings: Findings) -> [(key: Located<String>, value: Cursor)]? {
    guard case .mapping(let entries) = node.content else {
      findings.error(
        place,
        isEmpty
          ? "is empty: needs a set of fields (name: value)"
          : "must be a set of fields (name: value), not \(node.noun)")
      return nil
    }
    return entries.map { entry in
      let path = path(of: entry.key)
      let place = Place(file: place.file, line: entry.line, column: entry.column, path: path)
      return (Located(entry.key, at: place), child(entry.value, path: path))
    }
  }

  /// A list with at least one item.
  package func list(_ findings: Findings) -> [Cursor]? {
    guard case .list(let items) = node.content else {
      findings.error(
        place,
        isEmpty
          ? "is empty: needs a list (lines that begin with \"- \")"
          : "must be a list (lines that begin with \"- \"), not \(node.noun)")
      return nil
    }
    if items.isEmpty { findings.error(place, "is an empty list: give it an item or remove it") }
    return items.enumerated().map { child($1, path: "\(place.path)[\($0)]") }
  }

  /// One value or a list of them: every field that means "any of".
  package func oneOrMore(_ findings: Findings) -> [Cursor]? {
    if case .list = node.content { return list(findings) }
    return [self]
  }

  // MARK: Scalars

  private func scalar(_ wanted: String, _ findings: Findings) -> YAMLScalar? {
    guard case .scalar(let scalar) = node.content else {
      findings.error(place, "must be \(wanted), not \(node.noun)")
      return nil
    }
    if scalar.isNull || scalar.text.isEmpty {
      findings.error(place, "is empty: needs \(wanted)")
      return nil
    }
    return scalar
  }

  /// Text, as written. A plain `true` is refused and a plain `no` gets a warning: other readers take both for
  /// booleans.
  package func text(_ findings: Findings) -> Located<String>? {
    guard let scalar = scalar("text", findings) else { return nil }
    if scalar.boolean != nil {
      findings.error(
        place, "must be text, not \(scalar.noun): put \(scalar.text) in quotes if the word is meant")
      return nil
    }
    if scalar.isTroubledBoolean {
      findings.warning(
        place,
        "\(scalar.text) is read as text; write it in quotes, since other YAML readers take it for true or false"
      )
    }
    return Checks.oneLine(scalar.text, place, findings) ? Located(scalar.text, at: place) : nil
  }

  /// `true` or `false`, and nothing else.
  package func boolean(_ findings: Findings) -> Located<Bool>? {
    guard let scalar = scalar("true or false", findings) else { return nil }
    guard let value = scalar.boolean else {
      let hint = scalar.isTroubledBoolean ? ", not the word \"\(scalar.text)\"" : ", not \(scalar.noun)"
      findings.error(place, "must be true or false\(hint)")
      return nil
    }
    return Located(value, at: place)
  }

  /// A number in thousandths.
  package func thousandths(_ findings: Findings, wanted: String = "a number") -> Located<Int64>? {
    guard let scalar = scalar(wanted, findings) else { return nil }
    guard scalar.isPlain else {
      let isNumber = if case .success = Thousandths.parse(scalar.text) { true } else { false }
      findings.error(place, "must be \(wanted), not text\(isNumber ? ": remove the quotes" : "")")
      return nil
    }
    switch Thousandths.parse(scalar.text) {
    case .success(let value): return Located(value, at: place)
    case .failure(let mistake):
      findings.error(place, Self.explain(mistake, scalar, wanted: wanted))
      return nil
    }
  }

  /// A whole number.
  package func integer(_ findings: Findings) -> Located<Int64>? {
    guard let number = thousandths(findings) else { return nil }
    guard number.value % 1000 == 0 else {
      findings.error(place, "must be a whole number, not \(Thousandths.text(number.value))")
      return nil
    }
    return Located(number.value / 1000, at: place)
  }

  /// What is wrong with a number as written.
  static func explain(
    _ mistake: Thousandths.Mistake, _ scalar: YAMLScalar, wanted: String = "a number"
  ) -> String {
    switch mistake {
    case .notANumber: "must be \(wanted), not \(scalar.noun)"
    case .tooLarge: "is too large: at most \(Thousandths.text(Thousandths.largest))"
    case .tooFine: "has more than three decimals: round it"
    case .ambiguous:
      "\(scalar.text) is read differently by different YAML readers: write a plain decimal number, such as 0.5 or 1000"
    }
  }
}
