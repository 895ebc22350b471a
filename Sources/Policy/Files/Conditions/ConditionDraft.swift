// Owns `when:` as written, and its first step: which attributes are asked, and for which values.

/// Every clause must hold and no exception may. Without clauses it takes everything.
struct ConditionDraft: Sendable {
  var place: Place
  var clauses: [ClauseDraft] = []
  var exceptions: [ConditionDraft] = []
  /// Whether all of it could be read. What it takes is not known otherwise.
  var isWhole = true

  var takesEverything: Bool { clauses.isEmpty && exceptions.isEmpty }
}

/// One attribute: any of the values, or within any of the ranges.
struct ClauseDraft: Sendable {
  var attribute: Attribute
  var place: Place
  var values: [Located<String>] = []
  var ranges: [Located<ClosedRange<Int64>>] = []
}

extension ConditionDraft {
  static let fields = Attribute.conditions.map(\.rawValue) + ["not"]

  static func parse(_ cursor: Cursor, _ findings: Findings) -> ConditionDraft {
    var condition = ConditionDraft(place: cursor.place)
    let errors = findings.errorCount
    condition.fill(cursor, findings)
    condition.isWhole = findings.errorCount == errors
    return condition
  }

  private mutating func fill(_ cursor: Cursor, _ findings: Findings) {
    guard let entries = cursor.fields(Self.fields, findings) else { return }
    if entries.isEmpty, case .mapping(let written) = cursor.node.content, written.isEmpty {
      findings.error(cursor.place, "is empty: name what it asks for, or leave it out")
    }
    for attribute in Attribute.conditions {
      guard let value = entries[attribute.rawValue] else { continue }
      clauses.append(ClauseDraft.parse(attribute, value, findings))
    }
    exceptions = (entries["not"]?.oneOrMore(findings) ?? []).map { Self.parse($0, findings) }
  }
}

extension ClauseDraft {
  static func parse(_ attribute: Attribute, _ cursor: Cursor, _ findings: Findings) -> ClauseDraft {
    var clause = ClauseDraft(attribute: attribute, place: cursor.place)
    for item in cursor.oneOrMore(findings) ?? [] {
      guard attribute.shape == .number else {
        if let text = item.text(findings) { clause.values.append(text) }
        continue
      }
      guard case .scalar(let scalar) = item.node.content, scalar.text.contains("..") else {
        if let number = item.thousandths(findings, wanted: "a number or a range (0..6, ..6, 9..)") {
          clause.ranges.append(Located(number.value...number.value, at: number.place))
        }
        continue
      }
      if let range = range(scalar.text, item.place, findings) {
        clause.ranges.append(Located(range, at: item.place))
      }
    }
    return clause
  }

  /// `0..6`, `..6`, `9..`: both ends belong to it.
  private static func range(_ text: String, _ place: Place, _ findings: Findings) -> ClosedRange<Int64>? {
    let wrong = "\"\(text)\" is not a range; allowed: 0..6, ..6 and 9.. (both ends belong to it)"
    guard let dots = text.firstRange(of: "..") else { return nil }
    let ends = [text[..<dots.lowerBound], text[dots.upperBound...]].map { $0.filter { $0 != " " } }
    var numbers: [Int64?] = []
    for end in ends {
      if end.isEmpty {
        numbers.append(nil)
      } else if case .success(let number) = Thousandths.parse(end) {
        numbers.append(number)
      } else {
        findings.error(place, wrong)
        return nil
      }
    }
    guard numbers[0] != nil || numbers[1] != nil else {
      findings.error(place, wrong)
      return nil
    }
    let from = numbers[0] ?? -Thousandths.largest
    let to = numbers[1] ?? Thousandths.largest
    guard from <= to else {
      findings.error(
        place, "the range \(text) is empty: \(Thousandths.text(from)) is above \(Thousandths.text(to))")
      return nil
    }
    return from...to
  }
}
