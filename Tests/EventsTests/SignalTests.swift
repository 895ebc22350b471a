// Tests that signals survive the wire, byte for byte, with the headers consumers filter by.
import Events
import Testing

@Suite struct SignalTests {
  @Test func aSignalIsTheSameAfterEncodingAndDecoding() throws {
    var random = SeededGenerator(seed: 5)
    let encoder = SignalEncoder()
    let again = SignalEncoder()
    let decoder = SignalDecoder()
    for _ in 0..<2000 {
      let arena = Arena()
      let signal = RandomSignal.make(&random, arena)
      let bytes = [UInt8](encoder.encode(signal).value)
      try bytes.withUnsafeBytes { value in
        let decoded = try decoder.decode(value)
        #expect([UInt8](again.encode(decoded).value) == bytes)
        #expect(decoded.id == signal.id)
        #expect(decoded.cause.offset == signal.cause.offset)
        #expect(decoded.subjectKey == signal.subjectKey)
        #expect(decoded.owner == signal.owner)
        #expect(decoded.score == signal.score)
        #expect(decoded.contributions.count == signal.contributions.count)
        #expect(decoded.alsoMatched == signal.alsoMatched)
        #expect(decoded.event.source == signal.event.source)
        #expect(text(decoded) == text(signal))
      }
      withExtendedLifetime(arena) {}
    }
  }

  @Test func theSubjectsIdNeverReachesTheWire() throws {
    try decode(.feedback, Samples.feedback) { event in
      var signal = Signal(event: event)
      signal.id = "s"
      let encoder = SignalEncoder()
      let record = encoder.encode(signal)
      #expect(!String(decoding: record.value, as: UTF8.self).contains("guest-77120"))
      for header in record.headers {
        #expect(!String(decoding: header.value, as: UTF8.self).contains("guest-77120"))
      }
      withExtendedLifetime(encoder) {}
    }
  }

  @Test func headersCarryWhatConsumersFilterBy() throws {
    let headers = try headersOf(.feedback, Samples.feedback)
    #expect(
      headers == [
        "ce_specversion: 1.0", "ce_id: feedback-3-12345", "ce_source: /answerable/intake",
        "ce_type: answerable.signal.v1", "ce_time: 2026-03-03T09:12:00.000Z", "ce_subject: k1-9f2c",
        "content-type: application/json", "owner: billing", "priority: P2", "epoch: 17",
        "cause-topic: feedback",
        "cause-partition: 3", "cause-offset: 12345",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      ])
  }

  @Test func anOperatorsHoldHasNoSubjectAndNoCause() throws {
    var hold = Hold()
    hold.by = "e-2"
    hold.until = 1_772_560_800_000
    var signal = Signal(message: .hold(hold))
    signal.id = "hold-1"
    let encoder = SignalEncoder(source: "/answerable/operator")
    try withExtendedLifetime(encoder) {
      let record = encoder.encode(signal)
      let names = record.headers.map { String(decoding: $0.name, as: UTF8.self) }
      #expect(
        names == ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "epoch"])
      #expect(
        String(decoding: record.value, as: UTF8.self) == """
          {"id":"hold-1","kind":"hold","occurredAt":"1970-01-01T00:00:00.000Z","epoch":0,\
          "hold":{"by":"e-2","until":"2026-03-03T18:00:00.000Z"}}
          """)
      let decoded = try SignalDecoder().decode(record.value)
      #expect(decoded.kind == .hold)
      #expect(decoded.cause.topic.isEmpty && decoded.subjectKey.isEmpty)
    }
  }

  @Test func anErasureNamesTheKindOfSubjectAndNeverItsID() throws {
    let text = """
      {"id":"cu-3","occurredAt":"2026-03-09T08:00:00Z","source":"privacy-desk","act":"erase",\
      "subject":{"kind":"customer","id":"guest-77120"},"actor":{"id":"e-31"},"reason":"asked for"}
      """
    try decode(.caseUpdate, text) { event in
      let encoder = SignalEncoder()
      let value = withExtendedLifetime(encoder) {
        String(decoding: encoder.encode(signal(event)).value, as: UTF8.self)
      }
      #expect(
        value.hasSuffix(
          """
          "event":{"source":"privacy-desk","subject":{"kind":"customer"},"actor":{"id":"e-31"},\
          "act":"erase","reason":"asked for"}}
          """))
    }
  }

  @Test func aSignalThatIsNotAssessedHasNoOwnerAndNoPriority() throws {
    let headers = try headersOf(.remedy, Samples.remedy)
    #expect(!headers.contains { $0.hasPrefix("owner") || $0.hasPrefix("priority") })
  }

  @Test func theBytesOfASignalAreKnown() throws {
    try decode(.incident, Samples.incident) { event in
      var signal = signal(event)
      signal.contributions = [.init(name: "base", points: -20, because: "")]
      signal.alsoMatched = ["ownership.unrouted"]
      let encoder = SignalEncoder()
      let text = withExtendedLifetime(encoder) {
        String(decoding: encoder.encode(signal).value, as: UTF8.self)
      }
      #expect(
        text == """
          {"id":"feedback-3-12345","causeId":"inc-9","cause":{"topic":"feedback","partition":3,"offset":12345},\
          "kind":"incident","subjectKey":"k1-9f2c","occurredAt":"2026-03-03T08:14:00.000Z","owner":"billing",\
          "priority":"P2","score":61,"contributions":[{"name":"base","points":-20}],"rule":"ownership.rules[0]",\
          "alsoMatched":["ownership.unrouted"],"epoch":17,"event":{"source":"lift-monitor","site":"lyon-1",\
          "entity":"lift-b","service":"lift","severity":"high","status":"open","affected":14,\
          "title":"Lift B out of service","text":"Door sensor.","labels":["lift"]}}
          """)
    }
  }

  @Test func aRefusedSignalNamesTheFieldAtFault() {
    let bytes = Array("{\"id\":\"a\",\"kind\":\"remedy\",\"event\":{\"source\":\"s\"}}".utf8)
    var refusal: EventRefusal?
    bytes.withUnsafeBytes { value in
      do throws(EventRefusal) { _ = try SignalDecoder().decode(value) } catch { refusal = error }
    }
    #expect(
      refusal?.description == "missing-field: event.case: is missing, and so is subject: one must be there")
  }

  @Test func aRefusedContributionIsNamedByItsIndex() throws {
    try decode(.incident, Samples.incident) { event in
      var signal = signal(event)
      signal.contributions = [
        .init(name: "base", points: 20, because: ""), .init(name: "", points: 1, because: ""),
      ]
      let encoder = SignalEncoder()
      var refusal: EventRefusal?
      withExtendedLifetime(encoder) {
        do throws(EventRefusal) { _ = try SignalDecoder().decode(encoder.encode(signal).value) } catch {
          refusal = error
        }
      }
      #expect(refusal?.description == "missing-field: contributions[1].name: is empty")
    }
  }

  private func signal(_ event: Event) -> Signal {
    var signal = Signal(event: event)
    signal.kind = SignalKind(event.kind)
    signal.id = "feedback-3-12345"
    signal.causeID = event.id
    signal.cause = Coordinates(topic: "feedback", partition: 3, offset: 12_345)
    signal.subjectKey = "k1-9f2c"
    signal.occurredAt = event.occurredAt
    signal.owner = "billing"
    signal.priority = .p2
    signal.score = 61
    signal.rule = "ownership.rules[0]"
    signal.epoch = 17
    return signal
  }

  private func headersOf(_ kind: EventKind, _ text: String) throws -> [String] {
    try decode(kind, text) { event in
      var signal = signal(event)
      signal.event.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      let encoder = SignalEncoder()
      return withExtendedLifetime(encoder) {
        encoder.encode(signal).headers.map {
          "\(String(decoding: $0.name, as: UTF8.self)): \(String(decoding: $0.value, as: UTF8.self))"
        }
      }
    }
  }

  private func message(_ signal: Signal) -> String {
    switch signal.message {
    case .none: ""
    case .notice(let notice): notice.caseID.string + notice.site.string
    case .link(let link): link.caseID.string + link.incident.string
    case .hold(let hold): hold.owner.string + hold.reason.string
    case .answer(let answer):
      answer.claim.string + answer.reasonText.string + answer.requester.string + "\(answer.amount)"
    case .mark(let mark): "\(mark.partitions): \(mark.through.map { "\($0.partition) \($0.until)" })"
    }
  }

  private func text(_ signal: Signal) -> String {
    switch signal.event.body {
    case .feedback(let feedback): feedback.text.string
    case .incident(let incident): incident.title.string
    case .caseUpdate(let update): update.text.string + message(signal)
    case .remedy(let remedy): remedy.reason.string
    }
  }
}
