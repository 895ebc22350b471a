// Tests the three forms an event may come in, and that the two places of an attribute agree.
import Events
import Testing

@Suite struct CloudEventsTests {
  private let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  private let bare = """
    {"service":"lift","severity":"high","status":"open"}
    """
  private let attributes = [
    ("ce_specversion", "1.0"), ("ce_id", "inc-9"), ("ce_source", "lift-monitor"),
    ("ce_type", "com.example.lift"),
    ("ce_time", "2026-03-03T08:14:00Z"), ("content-type", "application/json; charset=utf-8"),
  ]

  @Test func attributesInHeadersStandInForWhatTheDataLeavesOut() throws {
    try decode(.incident, bare, headers: attributes + [("traceparent", trace)]) { event in
      #expect(event.id == "inc-9")
      #expect(event.source == "lift-monitor")
      #expect(event.occurredAt == 1_772_525_640_000)
      #expect(event.traceparent.string == trace)
    }
  }

  @Test func attributesInAnEnvelopeStandInForWhatTheDataLeavesOut() throws {
    let text = """
      {"specversion":"1.0","id":"inc-9","source":"lift-monitor","type":"com.example.lift",
       "time":"2026-03-03T08:14:00Z","traceparent":"\(trace)","datacontenttype":"application/json","data":\(bare)}
      """
    for headers in [[], [("content-type", "application/cloudevents+json; charset=UTF-8")]] {
      try decode(.incident, text, headers: headers) { event in
        #expect(event.id == "inc-9")
        #expect(event.source == "lift-monitor")
        #expect(event.occurredAt == 1_772_525_640_000)
        #expect(event.traceparent.string == trace)
      }
    }
  }

  @Test func dataMayBeBase64() throws {
    let text = """
      {"specversion":"1.0","id":"inc-9","source":"s","type":"t","time":"2026-03-03T08:14:00Z",
       "data_base64":"eyJzZXJ2aWNlIjoibGlmdCIsInNldmVyaXR5IjoiaGlnaCIsInN0YXR1cyI6Im9wZW4ifQ=="}
      """
    try decode(.incident, text) { event in
      #expect(event.id == "inc-9")
      guard case .incident(let incident) = event.body else { throw Unexpected() }
      #expect(incident.service == "lift")
      #expect(incident.severity == .high)
    }
  }

  @Test func wordsInBothPlacesMustAgree() {
    func with(_ members: String) -> EventRefusal? {
      refusal(
        .incident, "{\(members),\"service\":\"lift\",\"severity\":\"high\",\"status\":\"open\"}",
        headers: attributes)
    }
    #expect(
      with("\"id\":\"inc-9\",\"source\":\"lift-monitor\",\"occurredAt\":\"2026-03-03T09:14:00+01:00\"") == nil
    )
    #expect(
      with("\"id\":\"other\"")
        == EventRefusal(.cloudEvent, field: "id", reason: "differs from the CloudEvents attribute id"))
    #expect(
      with("\"source\":\"other\"")
        == EventRefusal(.cloudEvent, field: "source", reason: "differs from the CloudEvents attribute source")
    )
    #expect(
      with("\"occurredAt\":\"2026-03-03T08:14:01Z\"")
        == EventRefusal(
          .cloudEvent, field: "occurredAt", reason: "differs from the CloudEvents attribute time"))
  }

  @Test(arguments: [
    ("ce_specversion", "0.3", "ce_specversion: must be 1.0"),
    ("ce_id", "", "ce_id: is missing, and CloudEvents requires it"),
    ("ce_source", "", "ce_source: is missing, and CloudEvents requires it"),
    ("ce_type", "", "ce_type: is missing, and CloudEvents requires it"),
    ("content-type", "application/avro", "content-type: must be application/json"),
    (
      "content-type", "application/cloudevents-batch+json",
      "content-type: is a batch: send one event a record"
    ),
  ])
  func aWrongHeaderIsNamed(_ name: String, _ value: String, _ reason: String) {
    let headers = attributes.map { $0.0 == name ? (name, value) : $0 }
    #expect(refusal(.incident, bare, headers: headers)?.description == "invalid-cloudevent: \(reason)")
  }

  @Test func headersAreCheckedLikeFields() {
    func with(_ name: String, _ value: String) -> EventRefusal.Code? {
      refusal(.incident, bare, headers: attributes.map { $0.0 == name ? (name, value) : $0 })?.code
    }
    #expect(with("ce_time", "yesterday") == .invalidTime)
    #expect(with("ce_id", "a\u{1}b") == .controlCharacter)
    #expect(with("ce_id", String(repeating: "é", count: 256)) == nil)
    #expect(with("ce_id", String(repeating: "é", count: 257)) == .tooLong)
  }

  @Test func aHeaderThatIsNotUTF8IsRefused() {
    let bytes: [UInt8] = Array("inc".utf8) + [0xC3, 0x28]
    let value = Array(bare.utf8)
    let decoder = EventDecoder()
    bytes.withUnsafeBytes { id in
      value.withUnsafeBytes { value in
        var headers = EventHeaders()
        headers.specVersion = "1.0"
        headers.id = ByteSlice(id)
        headers.source = "s"
        headers.type = "t"
        #expect(throws: EventRefusal(.invalidUTF8, field: "ce_id", reason: "is not valid UTF-8")) {
          try decoder.decode(.incident, value: value, headers: headers)
        }
      }
    }
  }

  @Test(arguments: [
    (
      "{\"specversion\":\"1.0\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}", "missing-field: id: is missing"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"data\":{}}", "missing-field: type: is missing"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\"}",
      "missing-field: data: is missing"
    ),
    ("{\"specversion\":1.0,\"id\":\"i\"}", "invalid-cloudevent: specversion: must be \"1.0\""),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":[]}",
      "wrong-type: data: must be an object, is an array"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"time\":\"2026-03-03T08:14:00Z\",\"data\":{\"service\":\"x\",\"severity\":\"hihg\"}}",
      "unknown-value: data.severity: is not one of low, medium, high, critical (did you mean \"high\"?)"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"e30\"}",
      "invalid-cloudevent: data_base64: is not base64 (RFC 4648 §4)"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":{},\"data_base64\":\"e30=\"}",
      "invalid-cloudevent: data_base64: stands beside data"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"e30=\"}",
      "missing-field: data.occurredAt: is missing"
    ),
    (
      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"datacontenttype\":\"text/xml\",\"data\":{}}",
      "invalid-cloudevent: datacontenttype: must be application/json"
    ),
  ])
  func aWrongEnvelopeIsNamed(_ text: String, _ description: String) {
    #expect(refusal(.incident, text)?.description == description)
  }

  @Test func aTraceContextThatIsNotOneIsLeftOut() throws {
    for bad in [
      "00-00000000000000000000000000000000-b7ad6b7169203331-01", "01-0af7", trace.uppercased(), trace + "0",
    ] {
      try decode(.incident, bare, headers: attributes + [("traceparent", bad)]) {
        #expect($0.traceparent.isEmpty)
      }
    }
  }
}
