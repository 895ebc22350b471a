// Owns how a condition reads: as its author wrote it, in a fixed order, long lists shortened.

extension Condition {
  /// `touchpoint: invoice, site: lyon-1 or lyon-2`; `everything` without clauses.
  var text: String {
    if takesEverything { return "everything" }
    return (clauses.map(\.text) + except.map { "not (\($0.text))" }).joined(separator: ", ")
  }
}

extension Condition.Clause {
  /// More values are counted instead of listed.
  private static let listed = 6

  /// `site: lyon-1 or lyon-2`, `rating.nps: 0..6`.
  var text: String {
    let parts = values + ranges.map { $0.text(of: attribute) }
    let shown = parts.prefix(Self.listed).joined(separator: " or ")
    let more = parts.count > Self.listed ? " or \(parts.count - Self.listed) more" : ""
    // Two rules, one inside the other, that ask for different values of one attribute: nothing is left.
    return "\(attribute.rawValue): \(parts.isEmpty ? "no value at all" : shown + more)"
  }
}

extension Condition.Range {
  /// `7`, `0..6`; `9..` and `..6` where the end is the attribute's own.
  func text(of attribute: Attribute) -> String {
    if from == to { return Thousandths.text(from) }
    let bounds = attribute.bounds ?? -Thousandths.largest...Thousandths.largest
    let low = from <= bounds.lowerBound ? "" : Thousandths.text(from)
    let high = to >= bounds.upperBound ? "" : Thousandths.text(to)
    return "\(low)..\(high)"
  }
}
