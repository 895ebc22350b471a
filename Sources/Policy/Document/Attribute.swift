// Owns what a condition can ask of an event: its attributes, by the names the wire contracts give them.
import Events

/// An attribute of an event, or of the site or touchpoint that it names, that rules can ask about.
public enum Attribute: String, Codable, Sendable, Hashable, CaseIterable {
  case kind
  case source
  case subjectKind = "subject.kind"
  case segment = "subject.segment"
  case value = "subject.value"
  case respondent
  case channel
  case journey
  case touchpoint
  case site
  case siteKind = "site.kind"
  case siteCountry = "site.country"
  case entity
  case service
  case severity
  case status
  case affected
  case language
  case labels
  case words
  case ratingNPS = "rating.nps"
  case ratingCSAT = "rating.csat"
  case ratingCES = "rating.ces"
  case ratingStars = "rating.stars"
  case touchpointWeight = "touchpoint.weight"
  case journeyWeight = "journey.weight"

  /// How it is compared.
  enum Shape {
    /// One word at most: equal to any of the condition's values.
    case symbol
    /// Several words at once: any of them equal to any of the condition's values.
    case symbols
    /// A number: within any of the condition's ranges.
    case number
    /// Words and word beginnings found in the text.
    case words
  }

  var shape: Shape {
    switch self {
    case .value, .affected, .ratingNPS, .ratingCSAT, .ratingCES, .ratingStars, .touchpointWeight,
      .journeyWeight:
      .number
    case .labels, .language: .symbols
    case .words: .words
    default: .symbol
    }
  }

  /// The only kind of event that carries it, where that is so.
  var onlyKind: EventKind? {
    switch self {
    case .respondent, .channel, .journey, .touchpoint, .language, .ratingNPS, .ratingCSAT, .ratingCES,
      .ratingStars, .touchpointWeight, .journeyWeight:
      .feedback
    case .service, .severity, .status, .affected: .incident
    default: nil
    }
  }

  /// The closed set of values that the wire contract allows, where it is closed.
  var closedValues: [String]? {
    switch self {
    case .kind: [EventKind.feedback.rawValue, EventKind.incident.rawValue]
    case .respondent: Respondent.allCases.map(\.rawValue)
    case .severity: Severity.allCases.map(\.rawValue)
    case .status: IncidentStatus.allCases.map(\.rawValue)
    default: nil
    }
  }

  /// The least and the greatest value a number can have, in thousandths.
  var bounds: ClosedRange<Int64>? {
    switch self {
    case .ratingNPS: 0...10_000
    case .ratingCSAT, .ratingStars: 1_000...5_000
    case .ratingCES: 1_000...7_000
    case .touchpointWeight, .journeyWeight: 0...10_000
    case .value, .affected: 0...Thousandths.largest
    default: nil
    }
  }

  /// Ratings come on many scales; a policy speaks of the usual one (`bounds`).
  var ratingKind: Rating.Kind? {
    switch self {
    case .ratingNPS: .nps
    case .ratingCSAT: .csat
    case .ratingCES: .ces
    case .ratingStars: .stars
    default: nil
    }
  }

  /// What `when:` accepts. Weights are for scoring only: they say how much, not whose.
  static let conditions = allCases.filter { $0 != .touchpointWeight && $0 != .journeyWeight }
  /// What a look-up table's column can be.
  static let columns = conditions.filter { $0.shape == .symbol }
  /// What points can be made `from:`.
  static let sources = allCases.filter { $0.shape == .number || $0.shape == .symbol }
}
