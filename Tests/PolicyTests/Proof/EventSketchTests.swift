// Owns what a sketch of an event becomes: an event of its contract in which nothing written is changed.
import Events
import Testing

@testable import Policy

@Suite struct EventSketchTests {
  private func event<R>(_ text: String, _ body: (Event) -> R) throws -> R {
    let sketch = try #require(EventSketch(Array(text.utf8)))
    let decoder = EventDecoder()
    return try sketch.bytes.withUnsafeBytes { body(try decoder.decode(sketch.kind, value: $0)) }
  }

  @Test func aKindAloneIsAnEvent() throws {
    let feedback = try event(#"{"kind":"feedback"}"#) { event in
      guard case .feedback(let feedback) = event.body else { return "" }
      return
        "\(event.id.string) \(event.source.string) \(feedback.subject.kind.string) \(feedback.text.string)"
    }
    #expect(feedback == "example example customer …")
    let incident = try event(#"{"kind":"incident"}"#) { event in
      guard case .incident(let incident) = event.body else { return "" }
      return "\(incident.severity) \(incident.status) \(incident.service.string)"
    }
    #expect(incident == "medium open example")
  }

  @Test func whatIsWrittenStays() throws {
    let text = """
      {"kind":"incident","id":"inc-9","source":"monitor","site":"lyon-1","severity":"low","status":"resolved",\
      "affected":14,"subject":{"segment":"vip","value":9007199254740991},"labels":["a","b"]}
      """
    let written = try event(text) { event in
      guard case .incident(let incident) = event.body, let subject = incident.subject else { return "" }
      return "\(event.id.string) \(event.source.string) \(incident.site.string) \(incident.service.string)"
        + "\(incident.severity) \(incident.status) \(incident.affected ?? 0) \(subject.segment.string) "
        + "\(subject.value ?? 0) \(incident.labels.map(\.string))"
    }
    #expect(written == #"inc-9 monitor lyon-1 low resolved 14 vip 9007199254740991 ["a", "b"]"#)
    let rating = try event(#"{"kind":"feedback","rating":{"kind":"csat","value":4.137}}"#) { event in
      guard case .feedback(let feedback) = event.body else { return Int64(0) }
      return feedback.text.isEmpty ? feedback.rating?.value ?? 0 : 0
    }
    #expect(rating == 4137)
  }

  @Test func aRemedyIsAskedForByWhoeverIsNamed() throws {
    let text = """
      {"kind":"remedy","actor":{"id":"ana"},"action":"refund","amount":{"minor":4137,"currency":"EUR"}}
      """
    let remedy = try event(text) { event in
      guard case .remedy(let remedy) = event.body else { return "" }
      return "\(remedy.actor.id.string) \(remedy.action.string) \(remedy.amount) \(remedy.currency.string)"
    }
    #expect(remedy == "ana refund 4137 EUR")
  }

  @Test(arguments: ["", "[]", "{}", #"{"kind":"case-update"}"#, #"{"kind":7}"#, #"{"kind":"feedback""#])
  func whatIsNoSketchIsNotMadeOne(_ text: String) {
    #expect(EventSketch(Array(text.utf8)) == nil)
  }
}
