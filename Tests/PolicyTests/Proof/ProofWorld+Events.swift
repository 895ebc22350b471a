// Owns every event of the small world: one for each combination that its rules could tell apart.
import Events

@testable import Policy

extension ProofWorld {
  /// Calls `body` with each of them. Their text lives as long as the call.
  func forEachEvent(_ body: (Event) -> Void) {
    var events: [Event] = [.feedback(), .incident()]
    for topic in Topic.allCases where topics.contains(topic) {
      events = events.flatMap { event in Self.variants(of: event, topic) }
    }
    events.forEach(body)
  }

  private static func variants(of event: Event, _ topic: Topic) -> [Event] {
    switch event.body {
    case .feedback(let feedback):
      variants(of: feedback, topic).map { feedback in .feedback { $0 = feedback } }
    case .incident(let incident):
      variants(of: incident, topic).map { incident in .incident { $0 = incident } }
    case .caseUpdate, .remedy: []
    }
  }

  private static func variants(of feedback: Feedback, _ topic: Topic) -> [Feedback] {
    switch topic {
    case .touchpoint: vary(feedback, \.touchpoint, ["", "room", "invoice", "desk"])
    case .journey: vary(feedback, \.journey, ["", "stay", "work", "elsewhere"])
    case .site: vary(feedback, \.site, sites)
    case .respondent: vary(feedback, \.respondent, Respondent.allCases)
    case .labels: vary(feedback, \.labels, labels)
    case .words: vary(feedback, \.text, texts)
    case .rating: vary(feedback, \.rating, ratings)
    case .language: vary(feedback, \.language, ["", "fr", "FR-ch", "fr-CH-x", "en", "french"])
    case .value: vary(feedback, \.subject.value, amounts)
    case .service, .severity: [feedback]
    }
  }

  private static func variants(of incident: Incident, _ topic: Topic) -> [Incident] {
    switch topic {
    case .site: vary(incident, \.site, sites)
    case .labels: vary(incident, \.labels, labels)
    case .words: vary(incident, \.text, texts)
    case .service: vary(incident, \.service, ["", "lift", "wifi"])
    case .severity: vary(incident, \.severity, Severity.allCases)
    case .value:
      amounts.map { amount in
        var varied = incident
        varied.subject = Subject()
        varied.subject?.value = amount
        return varied
      }
    case .touchpoint, .journey, .respondent, .rating, .language: [incident]
    }
  }

  private static func vary<Whole, Part>(
    _ whole: Whole, _ path: WritableKeyPath<Whole, Part>, _ parts: [Part]
  ) -> [Whole] {
    parts.map { part in
      var varied = whole
      varied[keyPath: path] = part
      return varied
    }
  }

  private static var sites: [ByteSlice] { ["", "lyon-1", "lyon-2", "geneva-1", "paris-hq", "atlantis"] }

  private static var labels: [[ByteSlice]] {
    [
      [], ["leak"], ["night"], ["safety"], ["leak", "night"], ["leak", "safety"], ["night", "safety"],
      ["leak", "night", "safety"],
    ]
  }

  /// A text for each set of patterns that one can hold; between two parts a word that no rule asks for.
  private static var texts: [ByteSlice] {
    [
      "", "heater", "heating", "no heating", "leaky", "leaky x heater", "leaky x heating",
      "leaky x no heating",
      "leaking", "leaking x heater", "leaking x heating", "leaking x no heating",
    ]
  }

  private static var ratings: [Rating?] {
    let nps: [Int64] = [0, 2500, 3000, 5000, 6500, 7000, 8500, 9000]
    let csat: [Int64] = [1000, 2500, 3000, 3500, 4000]
    return [nil] + nps.map { Rating(kind: .nps, value: $0, scale: 10_000) }
      + csat.map { Rating(kind: .csat, value: $0, scale: 5000) }
      + [Rating(kind: .stars, value: 3000, scale: 5000)]
  }

  private static var amounts: [Int64?] { [nil, 0, 49, 50, 100, 101, 199, 200, 300, 301] }
}
