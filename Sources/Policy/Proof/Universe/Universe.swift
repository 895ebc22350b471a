// Owns everything that a set of rules can tell apart in events of one kind: the values along each axis, the
// labels and the words.
import Events

/// A product of finite sets. Whatever rules say about any event they say about one of its points, and every
/// point is an event that the wire contract allows: so what holds for all points holds for all events.
struct Universe: Sendable {
  let kind: EventKind
  /// By `Axis.rawValue`. The first value is the one an example takes when it is free to.
  private(set) var values: [[AxisValue]]
  /// Labels that rules mention.
  private(set) var labels: [String]
  private(set) var words: WordPatterns
  private var numbers: [[AxisValue: Int32]]
  private var labelNumbers: [String: Int32]
  /// Values along the site axis by what a clause can ask of a site.
  private var sitesOf: [Attribute: [String: [Int32]]] = [:]
  /// Values along the language axis: a tag also counts as each shorter form of it.
  private var tags: [(tag: String, number: Int32)] = []
  /// Pieces of number lines, in the order of their values.
  private var pieces: [Attribute: [(piece: ClosedRange<Int64>, number: Int32)]] = [:]

  init(_ kind: EventKind, _ mentions: Mentions, sites: [PolicyDocument.Site]) {
    self.kind = kind
    values = Axis.allCases.map { _ in [.none] }
    labels = mentions.words(.labels).filter(Attribute.labels.canCarry)
    labelNumbers = [:]
    words = WordPatterns(mentions.words(.words))
    numbers = []
    for axis in Axis.allCases where axis.isCarried(by: kind) {
      switch axis {
      case .site: addSites(mentions, sites)
      case .language: addLanguages(mentions)
      case .rating: addRatings(mentions)
      case .value, .affected: addNumbers(axis, mentions)
      case .respondent, .severity, .status:
        values[axis.rawValue] = (axis.attribute.closedValues ?? []).map { .word($0) }
      default:
        let attribute = axis.attribute
        values[axis.rawValue] += mentions.words(attribute).filter(attribute.canCarry).map { .word($0) }
      }
    }
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

  // MARK: Building

  /// Sites that no clause tells apart are one value. A site that is not declared has neither kind nor country.
  private mutating func addSites(_ mentions: Mentions, _ sites: [PolicyDocument.Site]) {
    let named = Set(mentions.words(.site))
    let kinds = Set(mentions.words(.siteKind))
    let countries = Set(mentions.words(.siteCountry))
    var known: [[String]: Int32] = [["", "", ""]: 0]
    let declared = Set(sites.map(\.id))
    let others = mentions.words(.site).filter { !declared.contains($0) }.map { ($0, "", "") }
    for (id, kind, country) in sites.map({ ($0.id, $0.kind, $0.country ?? "") }) + others {
      guard Attribute.site.canCarry(id) else { continue }
      let asked = [
        named.contains(id) ? id : "", kinds.contains(kind) ? kind : "",
        countries.contains(country) ? country : "",
      ]
      guard known[asked] == nil else { continue }
      let number = Int32(clamping: values[Axis.site.rawValue].count)
      known[asked] = number
      values[Axis.site.rawValue].append(.word(id))
      for (attribute, word) in zip([Attribute.site, .siteKind, .siteCountry], asked) where !word.isEmpty {
        sitesOf[attribute, default: [:]][word, default: []].append(number)
      }
    }
  }

  private mutating func addLanguages(_ mentions: Mentions) {
    for tag in mentions.words(.language) where Attribute.language.canCarry(tag) {
      let folded = tag.lowercased()
      guard !tags.contains(where: { $0.tag == folded }) else { continue }
      tags.append((folded, Int32(clamping: values[Axis.language.rawValue].count)))
      values[Axis.language.rawValue].append(.word(tag))
    }
  }

  private mutating func addRatings(_ mentions: Mentions) {
    for attribute in Attribute.allCases {
      guard let kind = attribute.ratingKind else { continue }
      add(attribute, .rating, mentions, step: 1) { .rating(kind, $0) }
    }
  }

  /// Whole numbers, as the wire contract has them.
  private mutating func addNumbers(_ axis: Axis, _ mentions: Mentions) {
    add(axis.attribute, axis, mentions, step: 1000) { .number($0) }
  }

  private mutating func add(
    _ attribute: Attribute, _ axis: Axis, _ mentions: Mentions, step: Int64, _ value: (Int64) -> AxisValue
  ) {
    let ranges = mentions.ranges(attribute)
    guard !ranges.isEmpty, let bounds = attribute.bounds else { return }
    for piece in Intervals(ranges, within: bounds, step: step).pieces {
      pieces[attribute, default: []].append((piece, Int32(clamping: values[axis.rawValue].count)))
      values[axis.rawValue].append(value(Intervals.example(of: piece)))
    }
  }
}
