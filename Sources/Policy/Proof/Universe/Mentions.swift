// Owns everything that a set of rules asks about: the only values that it can tell apart.

/// Values in the order in which rules mention them, and ranges, by attribute.
struct Mentions {
  private(set) var words: [Attribute: [String]] = [:]
  private(set) var ranges: [Attribute: [Condition.Range]] = [:]
  private var seen: [Attribute: Set<String>] = [:]

  init(_ conditions: some Sequence<Condition>) {
    for condition in conditions { add(condition) }
  }

  func words(_ attribute: Attribute) -> [String] { words[attribute] ?? [] }
  func ranges(_ attribute: Attribute) -> [Condition.Range] { ranges[attribute] ?? [] }

  private mutating func add(_ condition: Condition) {
    for clause in condition.clauses {
      for word in clause.values where seen[clause.attribute, default: []].insert(word).inserted {
        words[clause.attribute, default: []].append(word)
      }
      if !clause.ranges.isEmpty { ranges[clause.attribute, default: []] += clause.ranges }
    }
    for exception in condition.except { add(exception) }
  }
}

extension Attribute {
  /// Whether the wire contract lets an event carry this word: it is not empty, not too long, and has no control
  /// characters.
  func canCarry(_ word: String) -> Bool {
    let longest =
      switch self {
      case .labels: 64
      case .language: 35
      default: 128
      }
    let scalars = word.unicodeScalars
    return !scalars.isEmpty && scalars.count <= longest
      && scalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }
}
