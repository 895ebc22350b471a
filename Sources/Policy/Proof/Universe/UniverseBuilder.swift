// Owns finding the values along each axis that a set of rules can tell apart.
import Events

struct UniverseBuilder {
  /// By `Axis.rawValue`. The first value is the one an example takes when it is free to.
  private(set) var values: [[AxisValue]] = Axis.allCases.map { _ in [.none] }
  /// Values along the site axis by what a clause can ask of a site.
  private(set) var sitesOf: [Attribute: [String: [Int32]]] = [:]
  /// Values along the language axis, folded: a tag also counts as each shorter form of it.
  private(set) var tags: [(tag: String, number: Int32)] = []
  /// Pieces of number lines, in the order of their values.
  private(set) var pieces: [Attribute: [(piece: ClosedRange<Int64>, number: Int32)]] = [:]

  init(_ kind: EventKind, _ mentions: Mentions, _ sites: [PolicyDocument.Site]) {
    for axis in Axis.allCases where axis.isCarried(by: kind) {
      let attribute = axis.attribute
      switch axis {
      case .site: addSites(mentions, sites)
      case .language: addLanguages(mentions)
      case .rating:
        for attribute in Attribute.allCases {
          guard let kind = attribute.ratingKind else { continue }
          add(attribute, axis, mentions, step: 1) { .rating(kind, $0) }
        }
      case .value, .affected:
        // Whole numbers, as the wire contract has them.
        add(attribute, axis, mentions, step: 1000) { .number($0) }
      case .respondent, .severity, .status:
        values[axis.rawValue] = (attribute.closedValues ?? []).map { .word($0) }
      default:
        values[axis.rawValue] += mentions.words(attribute).filter(attribute.canCarry).map { .word($0) }
      }
    }
  }

  /// Sites that no clause tells apart are one value. A site that is not declared has neither kind nor country.
  private mutating func addSites(_ mentions: Mentions, _ sites: [PolicyDocument.Site]) {
    let named = Set(mentions.words(.site))
    let kinds = Set(mentions.words(.siteKind))
    let countries = Set(mentions.words(.siteCountry))
    var known: Set<[String]> = [["", "", ""]]
    let declared = Set(sites.map(\.id))
    let others = mentions.words(.site).filter { !declared.contains($0) }.map { ($0, "", "") }
    for (id, kind, country) in sites.map({ ($0.id, $0.kind, $0.country ?? "") }) + others {
      let asked = [
        named.contains(id) ? id : "", kinds.contains(kind) ? kind : "",
        countries.contains(country) ? country : "",
      ]
      guard Attribute.site.canCarry(id), known.insert(asked).inserted else { continue }
      let number = append(.word(id), along: .site)
      for (attribute, word) in zip([Attribute.site, .siteKind, .siteCountry], asked) where !word.isEmpty {
        sitesOf[attribute, default: [:]][word, default: []].append(number)
      }
    }
  }

  private mutating func addLanguages(_ mentions: Mentions) {
    for tag in mentions.words(.language) where Attribute.language.canCarry(tag) {
      let folded = tag.lowercased()
      guard !tags.contains(where: { $0.tag == folded }) else { continue }
      tags.append((folded, append(.word(tag), along: .language)))
    }
  }

  private mutating func add(
    _ attribute: Attribute, _ axis: Axis, _ mentions: Mentions, step: Int64, _ value: (Int64) -> AxisValue
  ) {
    let ranges = mentions.ranges(attribute)
    guard !ranges.isEmpty, let bounds = attribute.bounds else { return }
    for piece in Intervals(ranges, within: bounds, step: step).pieces {
      let number = append(value(Intervals.example(of: piece)), along: axis)
      pieces[attribute, default: []].append((piece, number))
    }
  }

  private mutating func append(_ value: AxisValue, along axis: Axis) -> Int32 {
    values[axis.rawValue].append(value)
    return Int32(clamping: values[axis.rawValue].count - 1)
  }
}
