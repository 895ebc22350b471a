// Owns which of a policy's words bring others with them: `leaking` in a text is also found by `leak*`.

/// The patterns of a policy. Whoever writes a text that holds some of them chooses freely which, except that a
/// pattern within another comes along with it.
struct WordPatterns: Sendable {
  private(set) var words: [String] = []
  /// For each pattern itself and every pattern that a text with it cannot avoid.
  private(set) var closures: [[Int32]] = []
  private var numbers: [[UInt8]: Int32] = [:]
  private var lengths: [Int] = []

  init() {}

  /// Words that fold to the same pattern are one.
  init(_ mentioned: [String]) {
    var patterns: [[UInt8]] = []
    for word in mentioned {
      guard let pattern = WordPattern(word)?.bytes, numbers[pattern] == nil else { continue }
      numbers[pattern] = Int32(clamping: patterns.count)
      patterns.append(pattern)
      words.append(word)
    }
    lengths = Set(patterns.map(\.count)).sorted()
    closures = patterns.map(within)
  }

  func number(_ word: String) -> Int32? { WordPattern(word).flatMap { numbers[$0.bytes] } }

  /// The patterns that a text has, as the evaluator finds them.
  func found(in text: String) -> [Int32] {
    var folded = [TextFolding.separator]
    var folder = TextFolding()
    folder.fold(Array(text.utf8)) { folded.append($0) }
    if folded.last != TextFolding.separator { folded.append(TextFolding.separator) }
    return within(folded)
  }

  /// The patterns that lie within folded bytes; each begins at a separator. A text that holds a pattern, and then a
  /// letter that no pattern has, cannot have less than those within the pattern's own bytes.
  private func within(_ bytes: [UInt8]) -> [Int32] {
    var found: Set<Int32> = []
    for start in bytes.indices where bytes[start] == TextFolding.separator {
      for length in lengths where start + length <= bytes.count {
        if let number = numbers[Array(bytes[start..<start + length])] { found.insert(number) }
      }
    }
    return found.sorted()
  }
}
