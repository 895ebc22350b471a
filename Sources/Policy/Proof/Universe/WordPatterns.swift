// Owns which of a policy's words bring others with them: `leaking` in a text is also found by `leak*`.

/// The patterns of a policy. Whoever writes a text that holds some of them chooses freely which, except that a
/// pattern within another comes along with it.
struct WordPatterns: Sendable {
  private(set) var words: [String] = []
  /// For each pattern itself and every pattern that a text with it cannot avoid.
  private(set) var closures: [[Int32]] = []
  private var numbers: [[UInt8]: Int32] = [:]

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
    let lengths = Set(patterns.map(\.count)).sorted()
    closures = patterns.map { closure(of: $0, lengths) }
  }

  func number(_ word: String) -> Int32? { WordPattern(word).flatMap { numbers[$0.bytes] } }

  /// A pattern begins at a separator. A text that holds one and then a letter that no pattern has cannot have
  /// less: it brings exactly the patterns that lie within this one's own bytes.
  private func closure(of pattern: [UInt8], _ lengths: [Int]) -> [Int32] {
    var found: Set<Int32> = []
    for start in pattern.indices where pattern[start] == TextFolding.separator {
      for length in lengths where start + length <= pattern.count {
        if let number = numbers[Array(pattern[start..<start + length])] { found.insert(number) }
      }
    }
    return found.sorted()
  }
}
