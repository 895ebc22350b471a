// Owns "did you mean": the nearest of the names that exist, and how a list of them reads.

package enum Suggestion {
  /// ` (did you mean "billing"?)`, or nothing when no known name is near enough to be meant.
  package static func didYouMean(_ name: String, among known: some Sequence<String>) -> String {
    nearest(name, among: known).map { " (did you mean \"\($0)\"?)" } ?? ""
  }

  /// The nearest name within a third of its length, or one that `name` is the first or last part of
  /// (`segment` for `subject.segment`, `owners` for `owners.csv`). Names of one or two letters are near to
  /// nothing but themselves in another case. Ties go to the name that sorts first.
  package static func nearest(_ name: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().prefix(64))
    var best: (distance: Int, name: String)?
    for candidate in known {
      let letters = Array(candidate.lowercased().prefix(64))
      var distance = distance(wanted, letters)
      if wanted.count > 2, isPart(wanted, of: letters) { distance = 1 }
      let shorter = min(wanted.count, letters.count)
      guard distance <= (shorter > 2 ? max(1, shorter / 3) : 0) else { continue }
      if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.name
  }

  private static func isPart(_ part: [Character], of name: [Character]) -> Bool {
    name.starts(with: part + ".") || name.reversed().starts(with: part.reversed() + ".")
  }

  /// `a, b and c`; long lists are cut and say so.
  package static func list(_ names: some Sequence<String>, limit: Int = 30) -> String {
    let all = Array(names)
    if all.isEmpty { return "nothing" }
    if all.count > limit { return all.prefix(limit).joined(separator: ", ") + " … (\(all.count) in all)" }
    if all.count == 1 { return all[0] }
    return all.dropLast().joined(separator: ", ") + " and " + all[all.count - 1]
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = previous
      previous = row
    }
    return previous[b.count]
  }
}
