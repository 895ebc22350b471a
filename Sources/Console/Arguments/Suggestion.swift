// Owns "did you mean": the nearest of the words that would have been right.

public enum Suggestion {
  /// The nearest word, when it is near enough to be what was meant: one mistake for each three letters, or
  /// a beginning that only it has.
  public static func nearest<S: Sequence>(to word: String, among words: S) -> String?
  where S.Element == String {
    let limit = max(1, word.count / 3)
    var best: (word: String, distance: Int)?
    var completions: [String] = []
    for candidate in words {
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
      if word.count >= 2, candidate.hasPrefix(word) { completions.append(candidate) }
    }
    return best?.word ?? (completions.count == 1 ? completions[0] : nil)
  }

  /// ` (did you mean "x"?)`, or nothing.
  public static func hint<S: Sequence>(
    for word: String, among words: S, mark: String = "\""
  ) -> String where S.Element == String {
    nearest(to: word, among: words).map { " (did you mean \(mark)\($0)\(mark)?)" } ?? ""
  }

  /// `"intak" is none of intake, casework (did you mean "intake"?)`
  ///
  /// - Parameter limit: so many words are listed; `and 7 more` stands for the rest. What a policy has is of any length.
  public static func refusal(of word: String, among words: [String], listing limit: Int = .max) -> String {
    "\"\(word)\" is none of \(abridged(words, to: limit))\(hint(for: word, among: words))"
  }

  /// `a, b, c`, and beyond so many of them `a, b and 7 more`.
  public static func abridged(_ words: [String], to limit: Int) -> String {
    let listed = words.prefix(max(0, limit)).joined(separator: ", ")
    return listed + (words.count > limit ? " and \(words.count - limit) more" : "")
  }

  /// Names of a policy that a message lists.
  public static let listed = 10

  /// Damerau–Levenshtein distance, restricted form (optimal string alignment): insertions, deletions,
  /// substitutions and swaps of neighbours.
  public static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.unicodeScalars.prefix(64)), Array(b.unicodeScalars.prefix(64)))
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        let same = a[i - 1] == b[j - 1]
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
