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

  static func validate(_ words: [Located<String>], _ findings: Findings) {
    var seen: [WordPattern: String] = [:]
    for word in words {
      if let star = word.value.firstIndex(of: "*"), word.value.index(after: star) != word.value.endIndex {
        findings.error(word.place, "a * stands only at the end of a word: leak* finds leaks and leaking")
        continue
      }
      guard let pattern = WordPattern(word.value) else {
        findings.error(word.place, "\"\(word.value)\" has no letter or digit to look for")
        continue
      }
      if pattern.bytes.count > PolicyLimits.wordBytes {
        findings.error(word.place, "is longer than \(PolicyLimits.wordBytes) bytes")
      }
      if let other = seen[pattern], other != word.value {
        findings.warning(
          word.place, "\"\(word.value)\" finds the same as \"\(other)\": case and accents make no difference")
      }
      seen[pattern] = seen[pattern] ?? word.value
    }
  }
}
