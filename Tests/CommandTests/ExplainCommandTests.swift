// Owns the guarantees of `explain`: the same verdict in words and in JSON, every way to name an event, and clear refusals.
import Console
import Foundation
import Testing

@testable import answerable

struct ExplainCommandTests {
  private static let config = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config").path

  /// What the command printed and how it ended.
  private struct Ended {
    var code: ExitCode
    var out: String
    var err: String
  }

  private func explain(_ words: String..., width: Int = 100) -> Ended {
    let terminal = Terminal(out: .memory(width: width), err: .memory(width: width))
    let code = Application(root: Program.root, environment: ["ANSWERABLE_POLICY": Self.config + "/policy"])
      .run(["explain"] + words, terminal)
    return Ended(code: code, out: terminal.out.text, err: terminal.err.text)
  }

  private struct Read: Decodable {
    struct Event: Decodable {
      var id: String
      var kind: String
      var place: String
      var text: String
      var redactions: Int
    }
    struct Explanation: Decodable {
      struct Contribution: Decodable { var points: Int }
      var contributions: [Contribution]
      var sum: Int
    }
    var event: Event
    var owner: String?
    var worker: String?
    var score: Int?
    var priority: String?
    var explanation: Explanation?
  }

  private func read(_ ended: Ended) throws -> [Read] {
    try ended.out.split(separator: "\n").map { try JSONDecoder().decode(Read.self, from: Data($0.utf8)) }
  }

  @Test func everySampleEventIsExplainedWithItsSum() throws {
    for file in ["feedback", "incidents"] {
      let ended = explain("\(Self.config)/events/\(file).ndjson", "--json")
      #expect(ended.code == .success)
      let all = try read(ended)
      #expect(all.count > 20)
      for one in all {
        let explanation = try #require(one.explanation)
        #expect(explanation.contributions.map(\.points).reduce(0, +) == explanation.sum)
        #expect(one.score == max(0, min(100, explanation.sum)))
        #expect(one.owner?.isEmpty == false)
      }
    }
  }

  @Test func aLineOfAFileIsOneEvent() throws {
    let all = try read(explain("\(Self.config)/events/feedback.ndjson:1", "--json"))
    #expect(all.map(\.event.id) == ["fb-0001"])
    #expect(all.first?.owner == "building-technique")
    #expect(all.first?.event.place.hasSuffix("feedback.ndjson:1") == true)
  }

  @Test func anEventGivenAsJSONIsRecognisedByItsFields() throws {
    let head = #""id":"x-1","occurredAt":"2026-03-02T09:00:00Z","source":"monitor""#
    let incident = try read(
      explain(
        "{\(head),\"site\":\"lyon-1\",\"service\":\"lift\",\"severity\":\"high\",\"status\":\"open\"}",
        "--json"))
    #expect(incident.first?.event.kind == "incident")
    #expect(incident.first?.owner == "building-technique")
    #expect(incident.first?.worker == "lift-service")
    let feedback = try read(
      explain("{\(head),\"subject\":{\"kind\":\"customer\",\"id\":\"g\"},\"text\":\"hello\"}", "--json"))
    #expect(feedback.first?.event.kind == "feedback")
    #expect(feedback.first?.owner == "customer-care")
  }

  @Test func personalDataIsShownAsIntakeWouldPassItOn() throws {
    let ended = explain(
      #"{"id":"x","occurredAt":"2026-03-02T09:00:00Z","source":"s","subject":{"kind":"customer","id":"secret-guest"},"#
        + #""text":"write to ann@example.com"}"#, "--json")
    let one = try #require(try read(ended).first)
    #expect(one.event.text == "write to [e-mail]")
    #expect(one.event.redactions == 1)
    #expect(!ended.out.contains("secret-guest"))
    #expect(!ended.out.contains("ann@example.com"))
  }

  @Test func theTextNamesTheRuleItsPlaceAndEveryPoint() {
    let ended = explain("\(Self.config)/events/feedback.ndjson:1")
    #expect(ended.code == .success)
    for part in [
      "fb-0001  P1 86", "building-technique · answers for it: chief-engineer", "ownership.yaml:44",
      "because words: leak*", "front-desk · felt at lyon-1", "+36  NPS", "rating.nps 0", "= 86 · P1",
      "stands before it", "policy   folder",
    ] {
      #expect(ended.out.contains(part), "\(part)\n\(ended.out)")
    }
    #expect(!ended.out.contains("\u{1B}"))
  }

  @Test func theCalendarThatClocksAreCountedInIsNamed() {
    let ended = explain("\(Self.config)/events/feedback.ndjson:1")
    #expect(ended.out.contains("counted in "), "\(ended.out)")
    #expect(explain("\(Self.config)/events/feedback.ndjson:1", "--json").out.contains("\"calendar\":\""))
  }

  @Test(arguments: [60, 80, 100, 140]) func noLineIsWiderThanTheTerminal(width: Int) {
    let ended = explain("\(Self.config)/events/feedback.ndjson", "--all", width: width)
    // Points stand in a table that is not broken; it is as wide as its longest reason.
    let wide = ended.out.split(separator: "\n").filter {
      TextWidth.columns($0) > width && !$0.contains("scoring.yaml") && !$0.contains("answers for it")
    }
    #expect(wide == [])
  }

  @Test func aRefusedEventSaysWhatTheDeadLetterWouldSay() {
    let ended = explain(#"{"id":"x","source":"s","subject":{"kind":"customer","id":"g"},"text":"t"}"#)
    #expect(ended.code == .negative)
    #expect(ended.err.contains("EVENT: would be refused: missing-field: occurredAt: is missing"))
  }

  @Test func theGoodEventsOfAFileAreExplainedBesideTheBadOnes() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "explain-\(UUID().uuidString).ndjson")
    defer { try? FileManager.default.removeItem(at: path) }
    let good =
      #"{"id":"g","occurredAt":"2026-03-02T09:00:00Z","source":"s","subject":{"kind":"c","id":"g"},"text":"t"}"#
    try "\(good)\nnonsense\n\(good)\n".write(to: path, atomically: true, encoding: .utf8)
    let ended = explain(path.path, "--kind", "feedback", "--json")
    #expect(ended.code == .negative)
    #expect(try read(ended).count == 2)
    #expect(ended.err.contains(":2: would be refused: invalid-json"))
  }

  @Test func anActOnACaseSaysThatTheCaseHasItsOwner() {
    let ended = explain("\(Self.config)/events/case-updates.ndjson:1")
    #expect(ended.code == .success)
    #expect(ended.out.contains("acts on a case and is not routed by itself"))
  }

  @Test func whatIsNoEventIsToldWithWhatWouldBeOne() {
    let missing = explain("no-such-file.ndjson")
    #expect(missing.code == .noInput)
    #expect(missing.err.contains("there is no such file"))
    #expect(missing.err.contains("a signal's id like feedback-3-1042"))
    #expect(explain("\(Self.config)/events").code == .noInput)
    #expect(explain("\(Self.config)/events/feedback.ndjson:9999").code == .noInput)
    #expect(explain().code == .usage)
  }

  @Test func aKindThatDoesNotExistIsAnsweredWithTheOneMeant() {
    let ended = explain("{}", "--kind", "feedbak")
    #expect(ended.code == .usage)
    #expect(ended.err.contains(#"did you mean "feedback"?"#))
  }

  @Test func aSignalsIdNamesKindPartitionAndOffset() {
    let id = SignalID("case-update-3-1042")
    #expect(id?.kind == .caseUpdate)
    #expect(id?.partition == 3)
    #expect(id?.offset == 1042)
    for word in [
      "feedback-3", "feedback--1-2", "signal-1-2", "feedback-1-x", "1-2", "", "feedback-99999999999-1",
    ] {
      #expect(SignalID(word) == nil, "\(word)")
    }
  }
}
