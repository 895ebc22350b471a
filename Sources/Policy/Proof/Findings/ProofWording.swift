// Owns how rules are named in what a proof says, and how a condition's parts read.

enum ProofWording {
  /// `rules[0] (line 6)` in the finding's own file, else `rules[5].lookup[2] (owners.csv:4)`.
  static func name(_ place: Place, in file: String) -> String {
    let path =
      place.path.firstIndex(of: ".").map { place.path[place.path.index(after: $0)...] } ?? place.path[...]
    return "\(path) (\(place.file == file ? "line \(place.line)" : "\(place.file):\(place.line)"))"
  }

  /// `a, b and c`, at most six by name.
  static func names(_ places: [Place], in file: String) -> String {
    let limit = 6
    var names = places.prefix(limit).map { name($0, in: file) }
    if places.count > limit { names.append("\(places.count - limit) more") }
    return Suggestion.list(names)
  }

  /// `site lyon-1 or lyon-2`, `rating.nps 0..6`.
  static func clause(_ clause: Condition.Clause) -> String {
    let limit = 4
    let parts = clause.values + clause.ranges.map { range(clause.attribute, $0) }
    let shown = parts.prefix(limit).joined(separator: " or ")
    let more = parts.count > limit ? " or \(parts.count - limit) more" : ""
    return "\(clause.attribute.rawValue) \(shown)\(more)"
  }

  private static func range(_ attribute: Attribute, _ range: Condition.Range) -> String {
    if range.from == range.to { return Thousandths.text(range.from) }
    let bounds = attribute.bounds ?? -Thousandths.largest...Thousandths.largest
    let low = range.from <= bounds.lowerBound ? "" : Thousandths.text(range.from)
    let high = range.to >= bounds.upperBound ? "" : Thousandths.text(range.to)
    return low.isEmpty && high.isEmpty ? "any number" : "\(low)..\(high)"
  }
}
