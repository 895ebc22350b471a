// Tests that what casework publishes survives the wire, with the headers consumers filter by.
import Events
import Testing

@Suite struct OutputTests {
  @Test func anAssignmentIsTheSameAfterEncodingAndDecoding() throws {
    try outputsAreTheSame(
      seed: 11, RandomOutput.assignment, AssignmentEncoder().encode, AssignmentEncoder().encode,
      AssignmentDecoder().decode)
  }

  @Test func anEscalationIsTheSameAfterEncodingAndDecoding() throws {
    try outputsAreTheSame(
      seed: 12, RandomOutput.escalation, EscalationEncoder().encode, EscalationEncoder().encode,
      EscalationDecoder().decode)
  }

  @Test func aJournalRecordIsTheSameAfterEncodingAndDecoding() throws {
    try outputsAreTheSame(
      seed: 13, RandomOutput.journal, JournalEncoder().encode, JournalEncoder().encode,
      JournalDecoder().decode)
  }

  /// What is decoded is what was encoded, field by field, and encodes to the same bytes.
  private func outputsAreTheSame<Record>(
    seed: UInt64, _ make: (inout SeededGenerator, Arena) -> Record, _ encode: (Record) -> EncodedRecord,
    _ again: (Record) -> EncodedRecord, _ decode: (UnsafeRawBufferPointer?) throws -> Record
  ) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let arena = Arena()
      let record = make(&random, arena)
      let bytes = [UInt8](encode(record).value)
      try bytes.withUnsafeBytes { value in
        let decoded = try decode(value)
        #expect(reflected(decoded) == reflected(record))
        #expect([UInt8](again(decoded).value) == bytes)
      }
      withExtendedLifetime(arena) {}
    }
  }

  @Test func theBytesOfAnAssignmentAreKnown() {
    let encoder = AssignmentEncoder()
    withExtendedLifetime(encoder) {
      let record = encoder.encode(Self.withdrawal)
      #expect(
        text(record.value) == """
          {"id":"c-1-1-a2","revision":2,"case":"c-1-1","subjectKey":"c-1","status":"withdrawn",\
          "owner":"front-desk","kind":"feedback","priority":"P2","score":61,\
          "contributions":[{"name":"base","points":20}],"respondent":"customer",\
          "openedAt":"2026-03-03T09:12:00.000Z","signals":1,"edges":1,"promisesBroken":0,\
          "clocks":[{"kind":"respond","state":"running","due":"2026-03-03T13:12:00.000Z",\
          "rule":"ladders.standard.clocks.respond"}],"climbed":0,"rungs":4,"to":"billing",\
          "at":"2026-03-03T09:30:00.000Z","reason":{"code":"transferred","text":"billing has it now.",\
          "note":"the invoice is theirs"},"epoch":17,"cause":{"topic":"signals","partition":3,"offset":9}}
          """)
      #expect(
        headers(record) == [
          "ce_specversion: 1.0", "ce_id: c-1-1-a2", "ce_source: /answerable/casework",
          "ce_type: answerable.assignment.v1", "content-type: application/json", "owner: front-desk",
          "priority: P2",
        ])
    }
  }

  @Test func anEscalationIsFilteredByItsTypeItsOwnerAndItsPriority() {
    var escalation = Escalation()
    escalation.id = "c-1-1-e1"
    escalation.kind = .acknowledgementLapsed
    escalation.view = Self.withdrawal.view
    let encoder = EscalationEncoder()
    withExtendedLifetime(encoder) {
      #expect(
        headers(encoder.encode(escalation)).suffix(3) == [
          "type: acknowledgement-lapsed", "owner: front-desk", "priority: P2",
        ])
      escalation.kind = .digest
      #expect(headers(encoder.encode(escalation)).suffix(2) == ["type: digest", "owner: front-desk"])
    }
  }

  @Test func aJournalRecordIsFilteredByItsDecisionAndItsOwner() {
    var record = JournalRecord()
    record.id = "3-1"
    record.decision = .refused
    record.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let encoder = JournalEncoder()
    withExtendedLifetime(encoder) {
      #expect(
        headers(encoder.encode(record)).suffix(2) == [
          "decision: refused", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ])
      record.owner = "billing"
      #expect(headers(encoder.encode(record)).contains("owner: billing"))
    }
  }

  @Test func aJournalRecordIsKeyedByWhatItIsAbout() {
    var record = JournalRecord()
    record.id = "3-1"
    #expect(record.key == "3-1")
    record.owner = "billing"
    #expect(record.key == "billing")
    record.subjectKey = "c-1"
    #expect(record.key == "c-1")
    record.caseID = "c-1-1"
    #expect(record.key == "c-1-1")
  }

  @Test func aTombstoneIsNoAssignment() {
    #expect(throws: EventRefusal.self) { _ = try AssignmentDecoder().decode(nil) }
  }

  @Test func aRefusedOutputNamesTheFieldAtFault() {
    let encoder = AssignmentEncoder()
    let bytes = withExtendedLifetime(encoder) { text(encoder.encode(Self.withdrawal).value) }
    let wrong = bytes.replacing("\"state\":\"running\"", with: "\"state\":\"runing\"")
    #expect(throws: EventRefusal.self) {
      do {
        _ = try Array(wrong.utf8).withUnsafeBytes { try AssignmentDecoder().decode($0) }
      } catch let refusal as EventRefusal {
        #expect(
          refusal.description
            == "unknown-value: clocks[0].state: is not one of running, paused, met, missed (did you mean \"running\"?)"
        )
        throw refusal
      }
    }
  }

  private static var withdrawal: Assignment {
    var assignment = Assignment()
    assignment.id = "c-1-1-a2"
    assignment.revision = 2
    assignment.view.id = "c-1-1"
    assignment.view.subjectKey = "c-1"
    assignment.view.status = .withdrawn
    assignment.view.owner = "front-desk"
    assignment.view.priority = .p2
    assignment.view.score = 61
    assignment.view.contributions = [.init(name: "base", points: 20, because: "")]
    assignment.view.openedAt = 1_772_529_120_000
    assignment.view.edges = 1
    var clock = ClockView()
    clock.kind = .respond
    clock.due = 1_772_543_520_000
    clock.rule = "ladders.standard.clocks.respond"
    assignment.view.clocks = [clock]
    assignment.view.rungs = 4
    assignment.to = "billing"
    assignment.at = 1_772_530_200_000
    assignment.reason = Reason(code: "transferred", text: "billing has it now.")
    assignment.reason.note = "the invoice is theirs"
    assignment.epoch = 17
    assignment.cause = Coordinates(topic: "signals", partition: 3, offset: 9)
    return assignment
  }

  private func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
  private func headers(_ record: EncodedRecord) -> [String] {
    record.headers.map { "\(text($0.name)): \(text($0.value))" }
  }
}
