// Owns the guarantee that what `explain` prints of remedies from the topics of a real broker is what the roles answered.
import BrokerSupport
import Foundation
import Testing

@Suite(.serialized, .realBroker) struct ExplainFlowTests {
  /// The case of the leak in 214.
  private static let leak = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1"

  @Test func whatExplainPrintsFromTheTopicsIsWhatTheRolesAnswered() throws {
    let deployment = try FlowDeployment(secret: FlowDeployment.sampleSecret)
    try deployment.start(partitions: 2, roles: ["intake", "casework", "delegation"])
    let events = FlowDeployment.events
    for words in [["send", "\(events)/feedback.ndjson"], ["send", "\(events)/incidents.ndjson"]] {
      let sent = try Tool(
        Tool.answerable, words, environment: deployment.environment, folder: deployment.folder)
      #expect(sent.status == 0, "\(sent.story)")
    }
    _ = try deployment.settled()
    // At once, so that several are answered in the same millisecond; then what changes pots and cases afterwards.
    #expect(try deployment.answerable("send", "\(events)/remedies.ndjson").status == 0)
    #expect(try deployment.answered())
    let asked = try deployment.answerable(
      "send", "-", "--kind", "remedy", input: Self.more.joined(separator: "\n"))
    #expect(asked.status == 0, "\(asked.story)")
    #expect(try deployment.answered())
    #expect(try deployment.answerable("send", "\(events)/case-updates.ndjson").status == 0)
    #expect(try deployment.answered())

    let answers = try deployment.read("delegations").compactMap(\.json)
    var seen: [String: String] = [:]
    for record in try deployment.read("remedies") {
      let id = try #require(record.json?["id"] as? String)
      guard Self.explained.contains(id) else { continue }
      let answer = try #require(answers.first { $0["causeId"] as? String == id }, "\(id)")
      let signal = "remedy-\(try #require(record.partition))-\(try #require(record.offset))"
      let told = try deployment.answerable("explain", signal, "--json")
      let json = try JSONSerialization.jsonObject(with: Data(told.out.utf8)) as? [String: Any]
      let object = try #require(json, "\(told.story)")
      let remedy = try #require(object["remedy"] as? [String: Any], "\(told.story)")
      #expect(Self.facts(try #require(remedy["answer"] as? [String: Any])) == Self.facts(answer), "\(id)")
      let said = object["answered"] as? [String: Any]
      #expect(said?["id"] as? String == answer["id"] as? String)
      #expect(object["assumed"] as? [String] == [], "\(id): the case is read, not assumed")
      if let text = answer["case"] as? String, !text.isEmpty {
        #expect((remedy["case"] as? [String: Any])?["id"] as? String == text)
      }
      seen[id] = try #require(answer["answer"] as? String)
    }
    #expect(
      seen == [
        "rem-0003": "approved", "rem-0007": "referred", "rem-0009": "declined", "more-1": "declined",
        "more-2": "refused",
      ])
    #expect(deployment.drain() == 0)
  }

  /// Of the sample, and of `more`.
  private static let explained = ["rem-0003", "rem-0007", "rem-0009", "more-1", "more-2"]

  private static let more = [
    ask("more-1", by: "housekeeper-12", "engage-repair", 2_000),
    ask("more-2", by: "receptionist-7", "upgrade", 8_500),
  ]

  private static func ask(_ id: String, by person: String, _ action: String, _ minor: Int) -> String {
    #"{"id":"\#(id)","occurredAt":"2026-03-02T09:00:00Z","source":"app","case":"\#(leak)","action":"\#(action)","#
      + #""actor":{"id":"\#(person)","role":"x"},"amount":{"minor":\#(minor),"currency":"EUR"}}"#
  }

  /// What both say of an answer.
  private static func facts(_ answer: [String: Any]) -> [String] {
    let reason = answer["reason"] as? [String: Any] ?? answer
    func list(_ name: String, _ field: String) -> [String] {
      (answer[name] as? [[String: Any]] ?? []).map { "\(name): \($0[field] ?? "")" }
    }
    return [
      "\(answer["answer"] ?? "")", "\(reason["code"] ?? "")", "\(reason["text"] ?? "")",
      "until \(answer["expiresAt"] ?? "-")",
    ] + list("failed", "code") + list("failed", "text") + list("canSayYes", "role")
  }
}
