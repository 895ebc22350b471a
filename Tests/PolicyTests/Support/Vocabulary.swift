// Owns the few words that random policies and random events share, so that they meet often.
import Events

@testable import Policy

enum Vocabulary {
  static let owners = ["care", "billing", "technique", "front-desk"]
  static let workers = ["lift-service", "heating-service"]
  static let sites = ["lyon-1", "lyon-2", "geneva-1"]
  static let touchpoints = ["room", "invoice", "breakfast", "desk"]
  static let journeys = ["stay", "work"]
  static let labels = ["leak", "night", "safety"]
  static let languages = ["fr", "fr-CH", "en", "en-GB", "EN"]

  /// Words that a policy looks for.
  static let patterns = [
    "leak*", "fuite", "no heating", "d'eau", "fumée", "cœur*", "ÉTÉ", "at once", "straße", "7*", "a",
  ]
  /// Pieces of texts: some hold a pattern, some nearly.
  static let pieces = [
    "leak", "Leaking", "LEAKS!", "aleak", "fuite", "Fuites", "no heating", "no, heating", "no more heating",
    "d'eau", "d’eau", "eau", "fumée", "FUME\u{301}E", "fumees", "cœur", "COEURS", "été", "e\u{301}te\u{301}",
    "at", "once", "at  once", "strasse", "Straße", "7", "72", "a", "à", "🙂", "—", "leak🙂", "x",
  ]

  /// What a condition may ask of a word attribute.
  static func values(_ attribute: Attribute) -> [String] {
    switch attribute {
    case .kind: ["feedback", "incident"]
    case .source: ["survey", "monitor", "desk"]
    case .subjectKind: ["customer", "contract"]
    case .segment: ["vip", "premium"]
    case .respondent: Respondent.allCases.map(\.rawValue)
    case .channel: ["phone", "e-mail", "web"]
    case .journey: journeys
    case .touchpoint: touchpoints
    case .site: sites
    case .siteKind: ["hotel", "office"]
    case .siteCountry: ["FR", "CH"]
    case .entity: ["room-1", "room-2"]
    case .service: ["lift", "wifi", "heating"]
    case .severity: Severity.allCases.map(\.rawValue)
    case .status: IncidentStatus.allCases.map(\.rawValue)
    case .labels: labels
    case .language: languages
    case .words: patterns
    default: []
    }
  }
}
