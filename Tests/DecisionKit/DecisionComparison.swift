// Owns the comparison of what two deployments decided about the same events.

/// Where a disturbed deployment differs from an undisturbed one.
package struct DecisionComparison: Sendable {
  package struct Difference: Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable { case lost, doubled, different, reordered }
    package var kind: Kind
    package var sequence: Decisions.Sequence
    /// From 0, in the sequence.
    package var place: Int
    package var expected: String?
    package var found: String?

    package var description: String {
      let common = zip(expected ?? "", found ?? "").prefix { $0 == $1 }.count
      return """
        \(kind.rawValue): \(sequence), place \(place + 1)
            undisturbed  \(Self.excerpt(expected, common))
            disturbed    \(Self.excerpt(found, common))
        """
    }

    /// What a reader needs of a decision: its beginning is the same as the other's for `common` characters.
    private static func excerpt(_ text: String?, _ common: Int) -> String {
      guard let text else { return "nothing" }
      let skipped = max(common - 60, 0)
      let rest = text.dropFirst(skipped)
      return (skipped > 0 ? "…" : "") + rest.prefix(400) + (rest.count > 400 ? "…" : "")
    }
  }

  package private(set) var differences: [Difference] = []
  /// Decisions that are the same.
  package private(set) var same = 0

  package init(undisturbed: Decisions, disturbed: Decisions) {
    for sequence in Set(undisturbed.sequences.keys).union(disturbed.sequences.keys).sorted() {
      compare(sequence, undisturbed.sequences[sequence] ?? [], disturbed.sequences[sequence] ?? [])
    }
  }

  package var lost: Int { count(.lost) }
  package var doubled: Int { count(.doubled) }
  /// Decided otherwise, or in another order.
  package var different: Int { count(.different) + count(.reordered) }

  private func count(_ kind: Difference.Kind) -> Int { differences.count { $0.kind == kind } }

  private mutating func compare(_ sequence: Decisions.Sequence, _ expected: [String], _ found: [String]) {
    if expected == found {
      same += expected.count
      return
    }
    var missing = Self.without(expected, found)
    var more = Self.without(found, expected)
    same += expected.count - missing.count
    func add(_ kind: Difference.Kind, _ place: Int, _ a: String?, _ b: String?) {
      differences.append(Difference(kind: kind, sequence: sequence, place: place, expected: a, found: b))
    }
    while let lost = missing.first, let other = more.first {
      add(.different, lost.place, lost.text, other.text)
      missing.removeFirst()
      more.removeFirst()
    }
    for lost in missing { add(.lost, lost.place, lost.text, nil) }
    for double in more { add(.doubled, double.place, nil, double.text) }
    let (before, after) = (Self.common(expected, found), Self.common(found, expected))
    if before != after, let place = before.indices.first(where: { before[$0] != after[$0] }) {
      add(.reordered, place, before[place], after[place])
    }
  }

  /// What `list` has more of than `other`, each with its place; of equal ones the last.
  private static func without(_ list: [String], _ other: [String]) -> [(place: Int, text: String)] {
    var left = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
    return list.enumerated().compactMap { place, text in
      if let count = left[text], count > 0 {
        left[text] = count - 1
        return nil
      }
      return (place, text)
    }
  }

  /// What both have, in the order of `list`.
  private static func common(_ list: [String], _ other: [String]) -> [String] {
    let extra = Set(without(list, other).map(\.place))
    return list.enumerated().filter { !extra.contains($0.offset) }.map(\.element)
  }
}
