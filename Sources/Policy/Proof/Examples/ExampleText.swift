// Owns writing a text that has certain words and lacks others.

/// Texts for word patterns of one universe.
struct ExampleText {
  let patterns: WordPatterns
  /// Patterns that the text must not have.
  let barred: ValueSet

  /// Shorter first; the last one separates in any case.
  private let joints: [String]
  private let letter: String

  init(_ patterns: WordPatterns, barred: ValueSet) {
    self.patterns = patterns
    self.barred = barred
    letter = patterns.unusedLetter
    joints = [" ", " … ", " \(letter) "]
  }

  /// Holds each of these patterns; nil when they bring a barred one.
  func holding(_ chosen: [Int32]) -> String? {
    let words = chosen.compactMap(word)
    guard words.count == chosen.count else { return nil }
    for joint in joints {
      let text = words.joined(separator: joint)
      if isAllowed(text) { return text }
    }
    return nil
  }

  /// A word's beginning as a word of its own, or with a letter after it where that word is barred.
  private func word(_ pattern: Int32) -> String? {
    let written = patterns.words[Int(pattern)]
    guard written.hasSuffix("*") else { return isAllowed(written) ? written : nil }
    let beginning = String(written.dropLast())
    return [beginning, beginning + letter].first(where: isAllowed)
  }

  private func isAllowed(_ text: String) -> Bool {
    barred.isEmpty || patterns.found(in: text).allSatisfy { !barred.contains($0) }
  }
}

extension WordPatterns {
  /// A letter that stands in no pattern. There is one: policies are short, and letters many.
  fileprivate var unusedLetter: String {
    let used = Set(words.flatMap { $0.lowercased().unicodeScalars })
    let candidates = [0x78...0x7A, 0x61...0x77, 0x3B1...0x3C9, 0x4E00...0x9FFF].joined()
    let free = candidates.lazy.compactMap { Unicode.Scalar(UInt32($0)) }.first { !used.contains($0) }
    return free.map { String($0) } ?? "x"
  }
}
