// Tests that each mistake is refused with its code, its path, and a sentence that helps.
import Events
import Testing

@Suite struct RefusalTests {
  /// (contract, what in the good sample is replaced, by what, the refusal)
  static let table: [(EventKind, String, String, String)] = [
    (.feedback, "\"id\":\"fb-1042\",", "", "missing-field: id: is missing"),
    (.feedback, "\"fb-1042\"", "null", "missing-field: id: is null"),
    (.feedback, "\"fb-1042\"", "\"\"", "missing-field: id: is empty"),
    (.feedback, "\"fb-1042\"", "17", "wrong-type: id: must be a string, is a number"),
    (.feedback, "fb-1042", "a\\nb", "control-character: id: contains a control character"),
    (
      .feedback, "fb-1042", String(repeating: "x", count: 257), "too-long: id: is longer than 256 characters"
    ),
    (
      .feedback, "2026-03-03T09:12:00Z", "yesterday",
      "invalid-time: occurredAt: is not an RFC 3339 time of the years 1970 to 9999, like 2026-03-01T09:30:00Z"
    ),
    (
      .feedback, "\"2026-03-03T09:12:00Z\"", "1772529120000",
      "wrong-type: occurredAt: must be a string with an RFC 3339 time, is a number"
    ),
    (
      .feedback, "\"kind\":\"customer\",\"id\"", "\"kind\":\"customer\",\"ID\"",
      "missing-field: subject.id: is missing"
    ),
    (
      .feedback, "480000", "-1",
      "out-of-range: subject.value: is not a whole number from 0 to 9007199254740991"
    ),
    (
      .feedback, "480000", "9007199254740992",
      "out-of-range: subject.value: is not a whole number from 0 to 9007199254740991"
    ),
    (
      .feedback, "480000", "1e400",
      "out-of-range: subject.value: is beyond 64 bits or a double's range at byte 151"
    ),
    (
      .feedback, "\"respondent\":\"customer\"", "\"respondent\":\"Customer\"",
      "unknown-value: respondent: is not one of customer, employee, partner (did you mean \"customer\"?)"
    ),
    (
      .feedback, "\"nps\"", "\"smiley\"", "unknown-value: rating.kind: is not one of nps, csat, ces, stars"
    ),
    (.feedback, "\"value\":0", "\"value\":11", "out-of-range: rating.value: is not from 0 to 10"),
    (.feedback, "\"value\":0", "\"value\":\"0\"", "wrong-type: rating.value: must be a number, is a string"),
    (.feedback, "\"value\":0,", "", "missing-field: rating.value: is missing"),
    (.feedback, "\"scale\":10", "\"scale\":5", "out-of-range: rating.scale: must be 10 for nps"),
    (
      .feedback, "\"nps\",\"value\":0,\"scale\":10", "\"csat\",\"value\":1,\"scale\":11",
      "out-of-range: rating.scale: is not one of 2 to 10, 20, 100"
    ),
    (
      .feedback, "\"leak\",\"night\"", "\"leak\",7", "wrong-type: labels[1]: must be a string, is a number"
    ),
    (.feedback, "\"leak\",\"night\"", "\"leak\",\"\"", "missing-field: labels[1]: is empty"),
    (
      .feedback, "[\"leak\",\"night\"]", "\"leak\"",
      "wrong-type: labels: must be an array of strings, is a string"
    ),
    (
      .feedback, "\"leak\",\"night\"", Array(repeating: "\"x\"", count: 65).joined(separator: ","),
      "too-long: labels: has more than 64 entries"
    ),
    (
      .feedback, "\"site\":\"lyon-1\"", "\"site\":\"a\",\"site\":\"b\"",
      "duplicate-field: site: stands more than once"
    ),
    (
      .feedback, "\"scale\":10", "\"scale\":10,\"kind\":\"nps\"",
      "duplicate-field: rating.kind: stands more than once"
    ),
    (
      .incident, "\"open\"", "\"opne\"",
      "unknown-value: status: is not one of open, update, resolved (did you mean \"open\"?)"
    ),
    (
      .incident, "\"site\":\"lyon-1\",\"entity\":\"lift-b\",\"service\":\"lift\",", "",
      "missing-field: service: is missing, and so is site: one must be there"
    ),
    (.incident, "\"severity\":\"high\",", "", "missing-field: severity: is missing"),
    (
      .incident, "\"affected\":14", "\"affected\":14.5",
      "out-of-range: affected: is not a whole number from 0 to 9007199254740991"
    ),
    (.caseUpdate, "\"case\":\"c-1\",", "", "missing-field: case: is missing"),
    (
      .caseUpdate, "\"id\":\"e-4\",\"team\":\"housekeeping\",", "",
      "missing-field: actor.team: is missing, and so is actor.id: one must be there"
    ),
    (.caseUpdate, "\"promise\"", "\"wait\"", "missing-field: for: is missing"),
    (.caseUpdate, "\"promise\"", "\"erase\"", "missing-field: subject: is missing"),
    (.caseUpdate, "\"due\"", "\"dew\"", "missing-field: due: is missing"),
    (
      .caseUpdate, "\"promise\"", "\"promised\"",
      "unknown-value: act: is not one of acknowledge, progress, respond, promise, transfer, wait, resolve, reopen, snooze, silence, erase, approve, decline, cancel, settle, return (did you mean \"promise\"?)"
    ),
    (.remedy, "12000", "0", "out-of-range: amount.minor: is not a whole number from 1 to 9007199254740991"),
    (
      .remedy, "\"EUR\"", "\"eur\"",
      "unknown-value: amount.currency: is not an ISO 4217 code: three capital letters"
    ),
    (
      .remedy, "{\"minor\":12000,\"currency\":\"EUR\"}", "120.00",
      "wrong-type: amount: must be an object, is a number"
    ),
    (.remedy, "\"role\":\"housekeeper\",", "", "missing-field: actor.role: is missing"),
    (
      .remedy, "\"case\":\"c-1\",", "",
      "missing-field: case: is missing, and so is subject: one must be there"
    ),
  ]

  @Test(arguments: table.indices)
  func aMistakeIsRefusedByItsName(_ row: Int) {
    let (kind, good, bad, expected) = Self.table[row]
    let text = Samples.of(kind)
    #expect(text.contains(good), "the sample holds \(good)")
    #expect(refusal(kind, text.replacing(good, with: bad, maxReplacements: 1))?.description == expected)
  }

  @Test(arguments: [
    (
      EventKind.remedy, "{\"kind\":\"photo\"", "{\"kind\":7",
      "wrong-type: evidence[1].kind: must be a string, is a number"
    ),
    (.remedy, "\"invoice\"", "7", "wrong-type: evidence[0]: must be a string or an object, is a number"),
    (.remedy, "\"invoice\"", "\"\"", "missing-field: evidence[0]: is empty"),
    (
      .remedy, "\"invoice\"", Array(repeating: "\"x\"", count: 16).joined(separator: ","),
      "too-long: evidence: has more than 16 entries"
    ),
    (.remedy, "\"key\":\"e-9-till\",", "", "missing-field: signature.key: is missing"),
    (
      .remedy, Samples.signature, "QUJD",
      "unknown-value: signature.value: is not 64 bytes in base64url without padding, which are 86 characters"
    ),
    (.caseUpdate, "\"claim\":\"c-1-r1\",", "", "missing-field: claim: is missing"),
    (
      .caseUpdate, "c-1-r1", "c-1-r01",
      "unknown-value: claim: is not a claim, which is its case's id, -r and a number: take it from the answer"
    ),
    (
      .caseUpdate, "11850", "0",
      "out-of-range: amount.minor: is not a whole number from 1 to 9007199254740991"
    ),
    (.caseUpdate, "\"settle\"", "\"decline\"", "missing-field: reason: is missing"),
    (.caseUpdate, "\"settle\"", "\"respond\"", "missing-field: case: is missing"),
  ])
  func aMistakeAboutARemedyIsRefusedByItsName(
    _ kind: EventKind, _ good: String, _ bad: String, _ expected: String
  ) {
    let text = kind == .remedy ? Samples.signedRemedy : Samples.settlement
    #expect(text.contains(good), "the sample holds \(good)")
    #expect(refusal(kind, text.replacing(good, with: bad, maxReplacements: 1))?.description == expected)
  }

  @Test func ofSeveralMistakesTheSameIsNamedWhateverTheirOrder() {
    let a = "{\"source\":7,\"id\":\"x\",\"occurredAt\":\"2026\"}"
    let b = "{\"occurredAt\":\"2026\",\"source\":7,\"id\":\"x\"}"
    #expect(refusal(.remedy, a) == refusal(.remedy, b))
    #expect(refusal(.remedy, a)?.field == "occurredAt")
  }

  @Test func feedbackNeedsARatingOrAText() {
    let text =
      "{\"id\":\"a\",\"occurredAt\":\"2026-03-03T09:12:00Z\",\"source\":\"s\",\"subject\":{\"kind\":\"k\",\"id\":\"i\"},\"text\":\"\"}"
    #expect(
      refusal(.feedback, text)
        == EventRefusal(
          .missingField, field: "rating", reason: "is missing, and so is text: one must be there"))
  }

  @Test func aRefusalNeverRepeatsThePayload() {
    for row in Self.table {
      let secret = "jane.doe@example.com"
      let text = Samples.of(row.0).replacing(row.1, with: "\"\(secret)\"", maxReplacements: 1)
      if let refusal = refusal(row.0, text) { #expect(!refusal.description.contains("jane")) }
    }
  }
}
