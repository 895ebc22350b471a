// Tests that claims and their answers survive the wire, with the headers consumers filter by.
import Events
import Testing

@Suite struct DelegationRecordTests {
  @Test func aClaimIsTheSameAfterEncodingAndDecoding() throws {
    try recordsAreTheSame(
      seed: 14, RandomOutput.claim, ClaimEncoder().encode, ClaimEncoder().encode, ClaimDecoder().decode)
  }

  @Test func anAnswerIsTheSameAfterEncodingAndDecoding() throws {
    try recordsAreTheSame(
      seed: 15, RandomOutput.delegation, DelegationEncoder().encode, DelegationEncoder().encode,
      DelegationDecoder().decode)
  }

  @Test func theBytesOfAnApprovalAreKnown() {
    let encoder = DelegationEncoder()
    withExtendedLifetime(encoder) {
      let record = encoder.encode(Self.approval)
      #expect(
        text(record.value) == """
          {"id":"c-1-1-r1-d1","claim":"c-1-1-r1","answer":"approved","case":"c-1-1","subjectKey":"c-1",\
          "owner":"technique","root":"site/lyon-1","action":"repair","amount":{"minor":12000,"currency":"EUR"},\
          "requester":{"id":"e-9","role":"housekeeper"},"grant":"delegation.grants[0]",\
          "grantAt":"delegation.yaml:18","passes":[{"minor":15000}],\
          "canSayYes":[{"role":"manager","upTo":{"minor":50000,"currency":"EUR"},"people":[{"id":"e-2"}]}],\
          "sum":12001,"budgets":[{"id":"repairs","currency":"EUR","limit":150000,"held":12000,"spent":64000,\
          "left":74000,"overdrawn":0,"windowFrom":"2026-03-03T09:12:00.000Z"}],\
          "movements":[{"budget":"repairs","from":"room","to":"held","minor":12000,"day":20515}],\
          "expiresAt":"2026-03-03T13:12:00.000Z","signature":{"key":"k","value":"s"},\
          "at":"2026-03-03T09:12:00.000Z","reason":{"code":"within-grant"},"epoch":17,\
          "cause":{"topic":"claims","partition":2,"offset":88},"causeId":"rm-1"}
          """)
      #expect(
        headers(record) == [
          "ce_specversion: 1.0", "ce_id: c-1-1-r1-d1", "ce_source: /answerable/delegation",
          "ce_type: answerable.delegation.v1", "content-type: application/json", "answer: approved",
          "owner: technique", "action: repair",
        ])
    }
  }

  @Test func aClaimSaysItsKindAndItsFormat() {
    var claim = Claim()
    claim.id = "k-1"
    claim.kind = .giveBack
    let encoder = ClaimEncoder()
    withExtendedLifetime(encoder) {
      let record = encoder.encode(claim)
      #expect(headers(record).suffix(2) == ["content-type: application/json", "kind: return"])
      #expect(
        text(record.value).hasPrefix("{\"format\":1,\"oldestReader\":1,\"id\":\"k-1\",\"kind\":\"return\""))
    }
  }

  @Test func aClaimOfANewerVersionIsRefusedOnlyWhereThatVersionSaysSo() throws {
    var random = SeededGenerator(seed: 16)
    let arena = Arena()
    let encoder = ClaimEncoder()
    let claim = text(encoder.encode(RandomOutput.claim(&random, arena)).value)
    func decoded(_ head: String) throws(EventRefusal) {
      let bytes = Array(claim.replacing("{\"format\":1,\"oldestReader\":1,", with: head).utf8)
      let result = bytes.withUnsafeBytes { value in
        Result { () throws(EventRefusal) in _ = try ClaimDecoder().decode(value) }
      }
      try result.get()
    }
    try decoded("{\"format\":2,\"oldestReader\":1,\"later\":[1],")
    #expect(
      throws: EventRefusal(
        .unknownValue, field: "oldestReader",
        reason: "a newer version wrote it: this one reads formats up to 1; upgrade it first")
    ) { try decoded("{\"format\":2,\"oldestReader\":2,") }
    withExtendedLifetime((arena, encoder)) {}
  }

  @Test func anAnswerIsKeyedByItsCaseElseByItsSubject() {
    var delegation = Self.approval
    #expect(delegation.recordKey == "c-1-1")
    delegation.caseID = ""
    #expect(delegation.recordKey == "c-1")
  }

  @Test func anAnswerGoesBackToItsCaseWithWhatTheCaseNeeds() {
    let answer = ClaimAnswer(Self.approval)
    #expect(answer.claim == "c-1-1-r1" && answer.caseID == "c-1-1" && answer.answer == .approved)
    #expect(answer.amount == 12_000 && answer.currency == "EUR" && answer.action == "repair")
    #expect(answer.requester == "e-9" && answer.decider.isEmpty)
    #expect(answer.expiresAt == 1_772_543_520_000 && answer.reasonCode == "within-grant")
  }

  private static var approval: Delegation {
    var delegation = Delegation()
    delegation.id = "c-1-1-r1-d1"
    delegation.claim = "c-1-1-r1"
    delegation.answer = .approved
    delegation.caseID = "c-1-1"
    delegation.subjectKey = "c-1"
    delegation.owner = "technique"
    delegation.root = "site/lyon-1"
    delegation.action = "repair"
    delegation.amount = 12_000
    delegation.currency = "EUR"
    delegation.requester.id = "e-9"
    delegation.requester.role = "housekeeper"
    delegation.grant = "delegation.grants[0]"
    delegation.grantAt = "delegation.yaml:18"
    var passing = Delegation.Passing()
    passing.amount = 15_000
    delegation.passes = [passing]
    var approver = Delegation.Approver()
    approver.role = "manager"
    approver.upTo = 50_000
    approver.currency = "EUR"
    var person = Escalation.Person()
    person.id = "e-2"
    approver.people = [person]
    delegation.canSayYes = [approver]
    delegation.sum = 12_001
    var budget = Delegation.Budget()
    budget.id = "repairs"
    budget.currency = "EUR"
    budget.limit = 150_000
    budget.held = 12_000
    budget.spent = 64_000
    budget.left = 74_000
    budget.windowFrom = 1_772_529_120_000
    delegation.budgets = [budget]
    var movement = Delegation.Movement()
    movement.budget = "repairs"
    movement.amount = 12_000
    movement.day = 20_515
    delegation.movements = [movement]
    delegation.expiresAt = 1_772_543_520_000
    delegation.key = "k"
    delegation.signature = "s"
    delegation.at = 1_772_529_120_000
    delegation.reason.code = "within-grant"
    delegation.epoch = 17
    delegation.cause = Coordinates(topic: "claims", partition: 2, offset: 88)
    delegation.causeID = "rm-1"
    return delegation
  }

  /// What is decoded is what was encoded, field by field, and encodes to the same bytes.
  private func recordsAreTheSame<Record>(
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

  private func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
  private func headers(_ record: EncodedRecord) -> [String] {
    record.headers.map { "\(text($0.name)): \(text($0.value))" }
  }
}
