// Owns the independent choices that an event makes: along each axis it has exactly one value.
import Events

/// Attributes that depend on each other share an axis: a site brings its kind and its country, and an event
/// carries one rating at most. Labels and words are no axes, since an event has any number of them.
enum Axis: Int, CaseIterable {
  case source, subjectKind, segment, value, respondent, channel, journey, touchpoint, site, entity, service
  case severity, status, affected, language, rating

  /// Nil for an event's kind, which the universe is made for, and for labels and words.
  init?(_ attribute: Attribute) {
    switch attribute {
    case .source: self = .source
    case .subjectKind: self = .subjectKind
    case .segment: self = .segment
    case .value: self = .value
    case .respondent: self = .respondent
    case .channel: self = .channel
    case .journey: self = .journey
    case .touchpoint: self = .touchpoint
    case .site, .siteKind, .siteCountry: self = .site
    case .entity: self = .entity
    case .service: self = .service
    case .severity: self = .severity
    case .status: self = .status
    case .affected: self = .affected
    case .language: self = .language
    case .ratingNPS, .ratingCSAT, .ratingCES, .ratingStars: self = .rating
    case .kind, .labels, .words, .touchpointWeight, .journeyWeight: return nil
    }
  }

  /// The attribute it is named after.
  var attribute: Attribute {
    switch self {
    case .source: .source
    case .subjectKind: .subjectKind
    case .segment: .segment
    case .value: .value
    case .respondent: .respondent
    case .channel: .channel
    case .journey: .journey
    case .touchpoint: .touchpoint
    case .site: .site
    case .entity: .entity
    case .service: .service
    case .severity: .severity
    case .status: .status
    case .affected: .affected
    case .language: .language
    case .rating: .ratingNPS
    }
  }

  /// Whether an event of this kind has it at all.
  func isCarried(by kind: EventKind) -> Bool { attribute.onlyKind.map { $0 == kind } ?? true }
}

/// One of the values along an axis that a policy can tell apart.
enum AxisValue: Hashable, Sendable {
  /// Absent, or any word that no rule mentions: rules cannot tell the two apart.
  case none
  case word(String)
  /// In thousandths of the attribute's unit; stands for all numbers between two thresholds.
  case number(Int64)
  /// On the usual scale, in thousandths.
  case rating(Rating.Kind, Int64)
}

/// The two attributes of which an event can have several values at once.
enum Bag: Int, CaseIterable {
  case labels, words

  init?(_ attribute: Attribute) {
    switch attribute {
    case .labels: self = .labels
    case .words: self = .words
    default: return nil
    }
  }
}
