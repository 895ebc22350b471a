// Owns everything that a set of rules can tell apart in events of one kind: the values along each axis, the
// labels and the words.
import Events

/// A product of finite sets. Whatever rules say about any event they say about one of its points, and every
/// point is an event that the wire contract allows: so what holds for all points holds for all events.
///
/// Immutable, and shared by everything that asks about it.
final class Universe: Sendable {
  let kind: EventKind
  /// By `Axis.rawValue`.
  let values: [[AxisValue]]
  /// Labels that rules mention.
  let labels: [String]
  let words: WordPatterns
  private let numbers: [[AxisValue: Int32]]
  private let labelNumbers: [String: Int32]
  private let sitesOf: [Attribute: [String: [Int32]]]
  private let tags: [(tag: String, number: Int32)]
  private let pieces: [Attribute: [(piece: ClosedRange<Int64>, number: Int32)]]

  init(_ kind: EventKind, _ mentions: Mentions, sites: [PolicyDocument.Site]) {
    let builder = UniverseBuilder(kind, mentions, sites)
    self.kind = kind
    values = builder.values
    sitesOf = builder.sitesOf
    tags = builder.tags
    pieces = builder.pieces
    labels = mentions.words(.labels).filter(Attribute.labels.canCarry)
    words = WordPatterns(mentions.words(.words))
    numbers = values.map { line in
      Dictionary(uniqueKeysWithValues: line.enumerated().map { ($1, Int32(clamping: $0)) })
    }
    labelNumbers = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, Int32(clamping: $0)) })
  }

  /// How many labels or patterns there are.
  func count(_ bag: Bag) -> Int { bag == .labels ? labels.count : words.words.count }

  /// A label or a pattern and what comes along with it.
  func closure(_ atom: Int32, _ bag: Bag) -> [Int32] {
    bag == .labels ? [atom] : words.closures[Int(atom)]
  }

  // MARK: Clauses

  /// The values along its axis that a clause takes, ascending.
  func taken(by clause: Condition.Clause, along axis: Axis) -> [Int32] {
    switch clause.attribute {
    case .site, .siteKind, .siteCountry:
      let known = sitesOf[clause.attribute] ?? [:]
      return Set(clause.values.flatMap { known[$0] ?? [] }).sorted()
    case .language:
      let wanted = clause.values.map { $0.lowercased() }
      return tags.filter { known in wanted.contains { known.tag == $0 || known.tag.hasPrefix($0 + "-") } }
        .map(\.number).sorted()
    case _ where clause.attribute.shape == .number:
      return (pieces[clause.attribute] ?? []).filter { piece in
        clause.ranges.contains { $0.from <= piece.piece.lowerBound && piece.piece.upperBound <= $0.to }
      }.map(\.number)
    default:
      let known = numbers[axis.rawValue]
      return Set(clause.values.compactMap { known[.word($0)] }).sorted()
    }
  }

  /// The labels or patterns of which a clause wants one, ascending.
  func wanted(by clause: Condition.Clause, _ bag: Bag) -> [Int32] {
    let atoms = clause.values.compactMap { bag == .labels ? labelNumbers[$0] : words.number($0) }
    return Set(atoms).sorted()
  }
}
