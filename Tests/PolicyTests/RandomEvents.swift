// Owns events drawn from a seed over the words of the shipped policy and some that it does not know.
import Events

/// The same seed draws the same events (SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
struct RandomEvents: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  mutating func event() -> Event { Bool.random(using: &self) ? feedback() : incident() }

  private mutating func one(of words: [StaticString]) -> ByteSlice {
    ByteSlice(words.randomElement(using: &self) ?? "")
  }

  private mutating func some(of words: [StaticString]) -> [ByteSlice] {
    words.filter { _ in UInt8.random(in: 0..<4, using: &self) == 0 }.map { ByteSlice($0) }
  }

  private mutating func feedback() -> Event {
    var feedback = Feedback()
    feedback.subject.kind = "customer"
    feedback.subject.segment = one(of: Self.segments)
    feedback.subject.value = Bool.random(using: &self) ? Int64.random(in: 0...9_000_000, using: &self) : nil
    feedback.respondent = Respondent.allCases.randomElement(using: &self) ?? .customer
    feedback.channel = one(of: Self.channels)
    feedback.touchpoint = one(of: Self.touchpoints)
    feedback.site = one(of: Self.sites)
    feedback.language = one(of: Self.languages)
    feedback.text = one(of: Self.texts)
    feedback.labels = some(of: Self.labels)
    let kind = Rating.Kind.allCases.randomElement(using: &self) ?? .nps
    let value = Int64.random(in: kind.lowest...kind.defaultScale, using: &self)
    feedback.rating = Rating(kind: kind, value: value * 1000, scale: kind.defaultScale * 1000)
    if Bool.random(using: &self) { feedback.rating = nil }
    return .feedback { $0 = feedback }
  }

  private mutating func incident() -> Event {
    var incident = Incident()
    incident.service = one(of: Self.services)
    incident.site = one(of: Self.sites)
    incident.severity = Severity.allCases.randomElement(using: &self) ?? .low
    incident.status = IncidentStatus.allCases.randomElement(using: &self) ?? .open
    incident.affected = Bool.random(using: &self) ? Int64.random(in: 0...500, using: &self) : nil
    incident.title = one(of: Self.texts)
    incident.labels = some(of: Self.labels)
    return .incident { $0 = incident }
  }

  private static let segments: [StaticString] = ["", "standard", "premium", "vip", "unheard-of"]
  private static let channels: [StaticString] = ["", "email", "phone", "app"]
  private static let touchpoints: [StaticString] = [
    "", "booking", "check-in", "room-comfort", "housekeeping", "breakfast", "wifi", "lift", "check-out",
    "invoice",
    "meeting-room", "workspace", "spa",
  ]
  private static let sites: [StaticString] = [
    "", "lyon-1", "lyon-2", "paris-3", "geneva-1", "paris-hq", "lyon-office", "atlantis",
  ]
  private static let services: [StaticString] = [
    "lift", "heating", "water", "wifi", "payment", "access", "laundry",
  ]
  private static let languages: [StaticString] = ["", "en", "fr-CH", "de"]
  private static let labels: [StaticString] = ["safety", "allergy", "first-night", "noise"]
  private static let texts: [StaticString] = [
    "", "Water is leaking through the ceiling, please help", "Plus de chauffage, toujours pas de réponse",
    "Lovely breakfast", "Stuck in the lift, it is urgent!", "Une fuite",
    "Allergique aux noix, personne ne répond",
  ]
}

extension Event {
  /// The text that words are looked for in, as INTAKE takes it.
  var words: ByteSlice {
    switch body {
    case .feedback(let feedback): feedback.text
    case .incident(let incident): incident.text.isEmpty ? incident.title : incident.text
    case .caseUpdate, .remedy: ByteSlice()
    }
  }
}
