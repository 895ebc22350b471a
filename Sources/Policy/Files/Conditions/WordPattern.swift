// Owns what an author may write among `words:`, and how it is folded: the same folding as the text's.

/// A word, a phrase, or the beginning of a word (`leak*`).
struct WordPattern: Sendable, Hashable {
  /// Folded bytes, with a separator before them and, for whole words, after them.
  var bytes: [UInt8]

  /// Nil when nothing to look for is left.
  init?(_ text: String) {
    let isPrefix = text.hasSuffix("*")
    var folder = TextFolding()
    var folded: [UInt8] = [TextFolding.separator]
    folder.fold(Array(text.utf8)) { folded.append($0) }
    while folded.last == TextFolding.separator, folded.count > 1 { folded.removeLast() }
    guard folded.count > 1 else { return nil }
    if !isPrefix { folded.append(TextFolding.separator) }
    bytes = folded
  }

  /// All words of the policy together, each once: what one pass over a text looks for.
  static func validateTotal(_ conditions: [ConditionDraft], _ findings: Findings) {
    var seen: Set<String> = []
    for word in conditions.flatMap(\.words) where seen.insert(word.value).inserted {
      guard seen.count > PolicyLimits.words else { continue }
      findings.error(
        word.place, "one word too many: a policy looks for at most \(PolicyLimits.words) different ones")
      return
    }
  }

  static func validate(_ words: [Located<String>], _ findings: Findings) {
    var seen: [WordPattern: String] = [:]
    for word in words {
      if let star = word.value.firstIndex(of: "*"), word.value.index(after: star) != word.value.endIndex {
        findings.error(
          word.place,
          "\"\(word.value)\" has a * before its end; allowed: one * at the end, such as leak* (finds leaks and leaking)"
        )
        continue
      }
      guard let pattern = WordPattern(word.value) else {
        findings.error(word.place, "\"\(word.value)\" has no letter or digit that could be looked for")
        continue
      }
      if pattern.bytes.count > PolicyLimits.wordBytes {
        findings.error(
          word.place, "is longer than the \(PolicyLimits.wordBytes) bytes that words are looked for with")
      }
      if let other = seen[pattern], other != word.value {
        findings.warning(
          word.place, "\"\(word.value)\" finds the same as \"\(other)\": case and accents make no difference")
      }
      seen[pattern] = seen[pattern] ?? word.value
    }
  }
}

extension ConditionDraft {
  /// In the order of writing, those of exceptions last.
  fileprivate var words: [Located<String>] {
    clauses.filter { $0.attribute == .words }.flatMap(\.values) + exceptions.flatMap(\.words)
  }
}

extension PolicyDraft {
  /// Every condition there is.
  var conditions: [ConditionDraft] {
    func all(_ rules: [RuleDraft]) -> [ConditionDraft] {
      rules.flatMap { rule in [rule.when].compactMap { $0 } + all(rule.rules) }
    }
    return all(ownership.rules) + ownership.witness.rules.compactMap(\.when)
      + scoring.points.compactMap(\.when)
  }
}
