import Foundation
import Roles
import Testing

/// Feedback with the members that a test cares about on top of those it must have.
private func feedback(_ id: String, _ more: String = #""rating":{"kind":"nps","value":0}"#) -> String {
  #"{"id":"\#(id)","occurredAt":"2026-03-02T07:12:04Z","source":"survey","#
    + #""subject":{"kind":"customer","id":"guest-1042"},\#(more)}"#
}

@Suite struct IntakeTests {
  @Test func anEventBecomesOneSignalWithOneOwnerAndItsReasons() throws {
    let world = try IntakeWorld()
    try world.send(
      .feedback,
      feedback("fb-1", #""touchpoint":"invoice","site":"lyon-1","rating":{"kind":"nps","value":0}"#))
    world.settle()
    let signals = try world.signals()
    let signal = try #require(signals.first)
    #expect(signals.count == 1)
    #expect(signal["owner"] as? String == "billing-lyon")
    #expect(signal["witness"] as? String == "front-desk")
    #expect(signal["causeId"] as? String == "fb-1")
    #expect(signal["epoch"] as? Int == 0)
    let contributions = try #require(signal["contributions"] as? [[String: Any]])
    let sum = contributions.compactMap { $0["points"] as? Int }.reduce(0, +)
    #expect(signal["score"] as? Int == min(100, max(0, sum)))
    #expect((signal["ruleAt"] as? String)?.hasPrefix("owners.csv:") == true)
  }

  @Test func personalDataInTextAndTheSubjectsIDStayInside() throws {
    let world = try IntakeWorld()
    let text =
      "Write to camille.martin@example.com, call +33 6 12 34 56 78, card 4111 1111 1111 1111, "
      + "IBAN DE89 3704 0044 0532 0130 00"
    try world.send(
      .feedback, feedback("fb-1", #""text":"\#(text)""#),
      headers: ["x-customer": "camille.martin@example.com"])
    world.settle()
    let record = try #require(world.signalRecords.first)
    let everything = (record.valueText ?? "") + record.headers.description + (record.keyText ?? "")
    for secret in ["camille", "12 34 56", "4111", "3704", "guest-1042"] {
      #expect(!everything.contains(secret), "\(secret) has left INTAKE")
    }
    #expect(try world.signals().first?["redactions"] as? Int == 4)
  }

  @Test func theSameSubjectAlwaysHasTheSameKeyAndItIsTheRecordsKey() throws {
    let world = try IntakeWorld()
    try world.send(.feedback, feedback("fb-1"))
    try world.send(.feedback, feedback("fb-2"))
    world.settle()
    let records = world.signalRecords
    #expect(records.count == 2)
    #expect(Set(records.map(\.keyText)).count == 1)
    #expect(try world.signals().first?["subjectKey"] as? String == records.first?.keyText)
  }

  @Test func anUpdateThatNamesOnlyTheCaseGoesToItsSubjectsPartition() throws {
    let world = try IntakeWorld(partitions: 7)
    try world.send(.feedback, feedback("fb-1"))
    world.settle()
    let first = try #require(world.signalRecords.first)
    try world.send(
      .caseUpdates,
      #"{"id":"u-1","occurredAt":"2026-03-02T08:00:00Z","source":"app","case":"\#(first.keyText ?? "")-1","#
        + #""actor":{"id":"a","role":"agent","team":"billing"},"act":"acknowledge"}"#)
    world.settle()
    let update = try #require(
      world.signalRecords.first { $0.valueText?.contains("case-update") == true })
    #expect(update.partition == first.partition)
    #expect(update.keyText == first.keyText)
    #expect(update.header("owner") == nil, "a case has its owner already")
  }

  @Test func anErasureReachesItsSubjectsPartitionAndLeavesTheSubjectsIDBehind() throws {
    let world = try IntakeWorld(partitions: 7)
    try world.send(.feedback, feedback("fb-1"))
    world.settle()
    let first = try #require(world.signalRecords.first)
    try world.send(
      .caseUpdates,
      #"{"id":"u-1","occurredAt":"2026-03-02T08:00:00Z","source":"app","act":"erase","reason":"asked for","#
        + #""subject":{"kind":"customer","id":"guest-1042"},"actor":{"id":"a"}}"#)
    world.settle()
    let erasure = try #require(
      world.signalRecords.first { $0.valueText?.contains("erase") == true })
    #expect(erasure.partition == first.partition)
    #expect(erasure.keyText == first.keyText)
    #expect(erasure.valueText?.contains("guest-1042") == false)
  }

  @Test(arguments: [
    "case-17", "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc", "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-",
    "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-01", "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-0",
    "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-+1", "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-4294967296",
    "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1-1", "C-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1",
  ])
  func aCaseIDThatIsNoneIsRefusedByName(caseID: String) throws {
    let world = try IntakeWorld()
    try world.send(
      .caseUpdates,
      #"{"id":"u-1","occurredAt":"2026-03-02T08:00:00Z","source":"app","case":"\#(caseID)","#
        + #""actor":{"id":"a","role":"agent","team":"billing"},"act":"acknowledge"}"#)
    world.settle()
    #expect(world.deadLetters.first?.header("reason-field") == "case")
  }

  @Test(arguments: [
    ("{\"id\":\"fb-9\",\"occurredAt\":", "invalid-json"),
    ("{}", "missing-field"),
    (feedback("fb-9", #""rating":{"kind":"nps","value":1e400}"#), "out-of-range"),
    (feedback("fb-9", #""rating":{"kind":"nps","value":11}"#), "out-of-range"),
    (String(repeating: "[", count: 2_000) + String(repeating: "]", count: 2_000), "too-deep"),
    (feedback("fb-9", #""id":"again""#), "duplicate-field"),
  ])
  func badInputIsKeptWholeWithItsReasonAndTheNextEventIsDecided(_ bad: String, _ code: String) throws {
    let world = try IntakeWorld(partitions: 1)
    try world.send(.feedback, bad)
    try world.send(.feedback, feedback("fb-next"))
    world.settle()
    let letter = try #require(world.deadLetters.first)
    #expect(letter.valueText == bad)
    #expect(letter.header("reason") == code)
    #expect(letter.header("reason-text")?.isEmpty == false)
    #expect(letter.header("cause-topic") == "feedback")
    #expect(letter.header("cause-offset") == "0")
    #expect(try world.signals().map { $0["causeId"] as? String } == ["fb-next"])
  }

  @Test func aTextOfAMegabyteIsDecidedAndCutWhereACharacterEnds() throws {
    let world = try IntakeWorld()
    try world.send(.feedback, feedback("fb-1", "\"text\":\"\(String(repeating: "é", count: 500_000))\""))
    world.settle()
    let signal = try #require(try world.signals().first)
    let event = try #require(signal["event"] as? [String: Any])
    let text = try #require(event["text"] as? String)
    #expect(signal["textTruncated"] as? Bool == true)
    #expect(text.utf8.count <= 16 << 10 && text.utf8.count > 16_000)
    #expect(text.allSatisfy { $0 == "é" })
  }

  @Test func everyInputHasExactlyOneDecision() throws {
    let world = try IntakeWorld(partitions: 3)
    for number in 0..<200 {
      let value = number % 9 == 4 ? "{\"id\":" : feedback("fb-\(number)")
      try world.log.pipe(Topic.feedback.rawValue, key: "k\(number)", value)
    }
    world.settle()
    let outputs = world.signalRecords + world.deadLetters
    let causes = outputs.map {
      "\($0.header("cause-partition") ?? "")@\($0.header("cause-offset") ?? "")"
    }
    #expect(causes.count == 200)
    #expect(Set(causes).count == 200)
    #expect(world.worker.snapshot.counters.journalled == 200)
  }

  @Test func aPolicyPublishedLaterDecidesFromItsEpochOn() throws {
    let world = try IntakeWorld(partitions: 1)
    try world.send(.feedback, feedback("fb-1"))
    world.settle()
    var second = try IntakeWorld.policy()
    second.document.unrouted.owner = "front-desk"
    second.revision = second.document.revision
    let outcome = try PolicyTopic(world.log, prefix: "").publish(second)
    world.settle()
    try world.send(.feedback, feedback("fb-2"))
    world.settle()
    let signals = try world.signals()
    #expect(signals.map { $0["owner"] as? String } == ["customer-care", "front-desk"])
    guard case .published(let epoch) = outcome else {
      Issue.record("the policy has changed, so it is published")
      return
    }
    #expect(signals.last?["epoch"] as? Int64 == epoch)
  }
}
