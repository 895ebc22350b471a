// Owns random events in the words that random policies speak of, and in others.
import Events

@testable import Policy

enum RandomEvent {
  static func make(_ random: inout SeededGenerator) -> PlainEvent {
    var event = PlainEvent()
    event.isIncident = random.once(in: 3)
    event.source = word(.source, &random)
    event.hasSubject = !random.once(in: 3)
    event.subjectKind = word(.subjectKind, &random)
    event.segment = word(.segment, &random)
    event.value = number(&random)
    event.respondent = random.pick(Respondent.allCases)
    event.channel = word(.channel, &random)
    event.journey = random.once(in: 2) ? "" : word(.journey, &random)
    event.touchpoint = word(.touchpoint, &random)
    event.site = word(.site, &random)
    event.entity = word(.entity, &random)
    event.service = word(.service, &random)
    event.severity = random.pick(Severity.allCases)
    event.status = random.pick(IncidentStatus.allCases)
    event.affected = number(&random)
    if !random.once(in: 4) { event.rating = rating(&random) }
    event.language = random.pick(Vocabulary.languages + ["", "de", "FR-ch", "en-GB-oed", "f"])
    event.labels = random.once(in: 2) ? [] : random.some(Vocabulary.labels + ["other"], most: 3)
    event.title = text(&random)
    event.text = text(&random)
    return event
  }

  private static func word(_ attribute: Attribute, _ random: inout SeededGenerator) -> String {
    random.once(in: 6) ? random.pick(["", "elsewhere"]) : random.pick(Vocabulary.values(attribute))
  }

  private static func number(_ random: inout SeededGenerator) -> Int64? {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: nil
    case 1: random.pick([0, Int64.max, 9_007_199_254_740_991, 1_000_000_000_000])
    default: .random(in: 0...14, using: &random)
    }
  }

  private static func rating(_ random: inout SeededGenerator) -> Rating {
    let kind = random.pick(Rating.Kind.allCases)
    let scale = (kind == .nps ? 10 : random.pick(Rating.scales)) * 1000
    return Rating(
      kind: kind, value: .random(in: kind.lowest * 1000...scale, using: &random), scale: scale)
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    if random.once(in: 3) { return "" }
    return random.some(Vocabulary.pieces, most: 5).joined(separator: random.pick([" ", ", ", "\n"]))
  }
}
