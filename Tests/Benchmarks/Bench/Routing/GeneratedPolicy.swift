import Events
import Policy
// Owns policies of any number of rules, and events that meet them.
import Streams

/// Rules of eight shapes, as large policies have them, and two that take the rest; the words of the 10,000 rules are the words of the events.
enum GeneratedPolicy {
  static let shapes = 8
  /// Rules of one shape in the largest policy.
  static let depth = 1250

  static func compiled(rules: Int) throws -> CompiledPolicy {
    let check = PolicyLoader.check(files: [
      SourceFile(name: "teams.yaml", text: teams), SourceFile(name: "sites.yaml", text: sites),
      SourceFile(name: "journeys.yaml", text: journeys),
      SourceFile(name: "ownership.yaml", text: ownership(rules)),
      SourceFile(name: "scoring.yaml", text: "scoring: { base: 20 }\n"),
    ])
    guard let document = check.document else {
      throw BenchFailure("the generated policy: \(check.errors.first.map { "\($0)" } ?? "")")
    }
    return CompiledPolicy(document)
  }

  private static func ownership(_ count: Int) -> String {
    var text = "ownership:\n  unrouted: { owner: team-0 }\n  rules:\n"
    for index in 0..<(count - 2) {
      text += "    - { when: { \(condition(index)) }, owner: team-\(index * 7 % 500) }\n"
    }
    // As real policies end: what nothing above takes has an owner by its kind.
    return text + "    - { when: { kind: feedback }, owner: team-1 }\n"
      + "    - { when: { kind: incident }, owner: team-2 }\n"
  }

  private static func condition(_ index: Int) -> String {
    let number = index / shapes
    switch index % shapes {
    case 0: return "touchpoint: touchpoint-\(number % 25), site: site-\(number / 25)"
    case 1: return "kind: incident, service: service-\(number % 25), site: site-\(number / 25)"
    case 2: return "entity: entity-\(number)"
    case 3: return "labels: label-\(number)"
    case 4:
      return
        "source: source-\(number % 125), severity: [low, high], affected: \(number / 125 * 2)..\(number / 125 * 2 + 1)"
    case 5: return "words: [word\(number)]"
    case 6: return "subject.segment: segment-\(number % 50), channel: channel-\(number / 50)"
    default: return "language: fr, source: source-\(number % 125), touchpoint: touchpoint-\(number / 125)"
    }
  }

  private static let teams =
    "teams:\n" + (0..<500).map { "  team-\($0): { accountable: lead-\($0) }\n" }.joined()
  private static let sites =
    "sites:\n"
    + (0..<50).map { "  site-\($0): { kind: hotel, country: FR, zone: Europe/Paris }\n" }.joined()
  private static let journeys =
    "journeys:\n  stay:\n    touchpoints:\n"
    + (0..<25).map { "      touchpoint-\($0): { weight: 2 }\n" }.joined()
}

/// Events with words drawn from a seed.
final class GeneratedEvents {
  private(set) var events: [(event: Event, text: ByteSlice)] = []
  private var kept: [UnsafeMutableRawBufferPointer] = []

  init(_ count: Int) {
    var random = SeededRandom(seed: 11)
    for _ in 0..<count { add(&random) }
  }

  deinit { for buffer in kept { buffer.deallocate() } }

  private func add(_ random: inout SeededRandom) {
    func number(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    let text = slice(
      "We waited for word\(number(GeneratedPolicy.depth)) since the morning, and nobody at the desk could say "
        + "when somebody would come; the second room was no better.")
    let labels = [slice("label-\(number(GeneratedPolicy.depth))")]
    let source = slice("source-\(number(125))")
    var event: Event
    if number(4) > 0 {
      var feedback = Feedback()
      feedback.subject.kind = "customer"
      feedback.subject.segment = slice("segment-\(number(50))")
      feedback.channel = slice("channel-\(number(25))")
      feedback.touchpoint = slice("touchpoint-\(number(25))")
      feedback.site = slice("site-\(number(50))")
      feedback.rating = Rating(kind: .nps, value: Int64(number(11)) * 1000, scale: 10_000)
      feedback.text = text
      feedback.language = number(2) == 0 ? "fr" : "en"
      feedback.labels = labels
      event = Event(body: .feedback(feedback))
    } else {
      var incident = Incident()
      incident.site = slice("site-\(number(50))")
      incident.service = slice("service-\(number(25))")
      incident.entity = slice("entity-\(number(GeneratedPolicy.depth))")
      incident.severity = Severity.allCases[number(4)]
      incident.affected = Int64(number(20))
      incident.title = text
      incident.labels = labels
      event = Event(body: .incident(incident))
    }
    event.source = source
    events.append((event, text))
  }

  private func slice(_ text: String) -> ByteSlice {
    let bytes = Array(text.utf8)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
    kept.append(buffer)
    return ByteSlice(UnsafeRawBufferPointer(buffer))
  }
}
