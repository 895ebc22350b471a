// Owns the guarantee that what casework and delegation publish on a real broker is what their schemas say, by the word of a
// stock client and an independent validator.
import BrokerSupport
import FaultKit
import Foundation
import Kafka
import Streams
import Testing

@Suite(.serialized, .realBroker) struct CaseworkFlowTests {
  @Test func everyRecordOfTheSampleWeekIsWhatItsSchemaSaysAndAForgedOneIsTold() throws {
    let deployment = try FlowDeployment(secret: FlowDeployment.sampleSecret)
    try deployment.start(partitions: 3, roles: ["intake", "casework", "delegation"])
    try play(deployment)
    try lookAtTheRefunds(deployment)
    try playInAHurry(deployment)
    #expect(try deployment.answered())
    let audit = try deployment.settled()
    #expect(audit.status == 0 && audit.out.contains(#""proven":true"#), "\(audit.story)")
    #expect(deployment.drain() == 0)

    let records = try deployment.read(
      "signals", "assignments", "escalations", "case-journal", "claims", "delegations")
    let byTopic = Dictionary(grouping: records) { String($0.topic.dropFirst(deployment.prefix.count)) }
    let tombstones = byTopic["assignments", default: []].filter { $0.value == nil }
    let said = try deployment.validate(records)
    let counts = try #require(
      said.last.flatMap { try JSONDecoder().decode([String: Int].self, from: Data($0.utf8)) })
    #expect(said.count == 1, "\(said.prefix(20).joined(separator: "\n"))")
    #expect(
      counts == [
        "signal": byTopic["signals"]?.count ?? 0, "dead-letter": 0, "tombstone": tombstones.count,
        "assignment": (byTopic["assignments"]?.count ?? 0) - tombstones.count,
        "escalation": byTopic["escalations"]?.count ?? 0, "journal": byTopic["case-journal"]?.count ?? 0,
        "claim": byTopic["claims"]?.count ?? 0, "delegation": byTopic["delegations"]?.count ?? 0,
      ])
    #expect(!tombstones.isEmpty)

    // What was held against the schemas was no monotony.
    let types = Set(byTopic["escalations", default: []].compactMap { $0.json?["type"] as? String })
    #expect(
      types.isSuperset(of: ["rung", "silence", "ladder-exhausted", "digest", "retraction"]), "\(types)")
    let decisions = Set(byTopic["case-journal", default: []].compactMap { $0.header("decision") })
    #expect(
      decisions.isSuperset(of: ["opened", "attached", "acted", "closed", "escalated", "erased", "refused"]),
      "\(decisions)")
    let kinds = Set(byTopic["claims", default: []].compactMap { $0.header("kind") })
    #expect(kinds == ["request", "approve", "decline", "cancel", "settle", "return"])
    let answers = Set(byTopic["delegations", default: []].compactMap { $0.header("answer") })
    #expect(
      answers.isSuperset(of: ["approved", "referred", "declined", "settled", "returned"]), "\(answers)")
    for (task, numbers) in numbers(byTopic["case-journal", default: []]) {
      #expect(numbers == Array(1...Int64(numbers.count)), "task \(task)")
    }
    try forge(deployment, byTopic)
    try forgeABooking(deployment, byTopic["delegations", default: []])
  }

  /// The sample week: what was felt, then what was asked for, then what was done about it.
  private func play(_ deployment: FlowDeployment) throws {
    for files in [["feedback", "incidents"], ["remedies"], ["case-updates"]] {
      for file in files {
        let sent = try deployment.answerable("send", "\(FlowDeployment.events)/\(file).ndjson")
        #expect(sent.status == 0, "\(sent.story)")
      }
      _ = try deployment.settled()
      #expect(try deployment.answered())
    }
  }

  /// Other customers in the same week, under ladders that are climbed in seconds; somebody acts late, and somebody asks
  /// to be forgotten.
  private func playInAHurry(_ deployment: FlowDeployment) throws {
    let log = try KafkaLog(TestBroker.configuration())
    // Intake tells how far it has read every few seconds: rungs between two tellings are skipped, so few fall together.
    try HurriedPolicy(step: 1_000, limit: 1, silence: 2_500)
      .publish(FlowDeployment.policy, on: log, prefix: deployment.prefix)
    let others = try String(contentsOfFile: FlowDeployment.events + "/feedback.ndjson", encoding: .utf8)
      .replacingOccurrences(of: #""id":"guest-"#, with: #""id":"visitor-"#)
      .replacingOccurrences(of: #""id":"fb-"#, with: #""id":"hurry-"#)
    let sent = try deployment.answerable("send", "-", "--kind", "feedback", input: others)
    #expect(sent.status == 0, "\(sent.story)")
    let rung = try wait(deployment, for: "rung")
    for type in ["silence", "ladder-exhausted", "digest"] { _ = try wait(deployment, for: type) }

    let owner = try #require(rung["owner"] as? String)
    let act: [String: Any] = [
      "id": "late-1", "occurredAt": try #require(rung["openedAt"]), "source": "service-desk",
      "case": try #require(rung["case"]), "act": "acknowledge",
      "actor": ["id": "shift-lead-\(owner)", "role": "shift-lead", "team": owner],
    ]
    let line = String(decoding: try JSONSerialization.data(withJSONObject: act), as: UTF8.self)
    let late = try deployment.answerable("send", "-", "--kind", "case-update", input: line)
    #expect(late.status == 0, "\(late.story)")
    _ = try wait(deployment, for: "retraction")
    let erase = try deployment.answerable(
      "erase", "--subject", "customer:guest-1042", "--reason", "asked for it")
    #expect(erase.status == 0, "\(erase.story)")
  }

  /// The first escalation of a type, waited for.
  private func wait(_ deployment: FlowDeployment, for type: String) throws -> [String: Any] {
    let end = ContinuousClock.now + .seconds(240)
    while true {
      let found = try deployment.read("escalations").first { $0.header("type") == type }
      if let found = found?.json { return found }
      guard ContinuousClock.now < end else {
        throw BrokerFailure("no \(type) within 240 s\n\(deployment.worker?.log ?? "")")
      }
      usleep(300_000)
    }
  }

  private func numbers(_ journal: [StockRecord]) -> [Int: [Int64]] {
    Dictionary(grouping: journal.compactMap(\.json)) { $0["task"] as? Int ?? -1 }
      .mapValues { $0.compactMap { ($0["number"] as? NSNumber)?.int64Value }.sorted() }
  }

  /// The validator is awake: each forged record is told, with what is wrong with it.
  private func forge(_ deployment: FlowDeployment, _ byTopic: [String: [StockRecord]]) throws {
    func first(_ topic: String) throws -> StockRecord {
      try #require(byTopic[topic]?.first { $0.value != nil && $0.header("owner") != nil })
    }
    func anyOf(_ topic: String, _ kind: String? = nil) throws -> StockRecord {
      try #require(byTopic[topic]?.first { kind == nil || $0.header("kind") == kind })
    }
    func change(_ record: StockRecord, _ body: (inout [String: Any]) -> Void) throws -> StockRecord {
      var (record, json) = (record, try #require(record.json))
      body(&json)
      record.value = try JSONSerialization.data(withJSONObject: json).base64EncodedString()
      return record
    }
    var stranger = try first("escalations")
    stranger.key = Data("c-1".utf8).base64EncodedString()
    var gone = try first("assignments")
    gone.value = nil
    let forged = [
      (try change(try first("assignments")) { $0["owner"] = "nobody" }, "the header owner is"),
      (try change(try first("assignments")) { $0["status"] = "lost" }, "$.status: 'lost' is not one of"),
      (try change(try first("escalations")) { $0["to"] = "marie" }, "$.to: 'marie' is not of type 'object'"),
      (try change(try first("case-journal")) { $0["number"] = nil }, "'number' is a required property"),
      (try change(try first("case-journal")) { $0["at"] = "yesterday" }, "$.at: 'yesterday'"),
      (try change(try first("case-journal")) { $0["mood"] = "good" }, "('mood' was unexpected)"),
      (try change(try anyOf("claims")) { $0["kind"] = "beg" }, "$.kind: 'beg' is not one of"),
      (try change(try anyOf("claims")) { $0["root"] = "site/nowhere" }, "and the value says site/nowhere"),
      (
        try change(try anyOf("claims", "request")) { $0["amount"] = ["minor": 0, "currency": "EUR"] },
        "$.amount.minor: 0 is less than the minimum of 1"
      ),
      (try change(try first("delegations")) { $0["answer"] = "declared" }, "'declared' is not one of"),
      (try change(try first("delegations")) { $0["answer"] = "lapsed" }, "the header answer is"),
      (try change(try first("delegations")) { $0["tip"] = 1 }, "('tip' was unexpected)"),
      (stranger, "the key is c-1, and the value says"),
      (gone, "a tombstone has the case's id as its key, and no headers"),
    ]
    for (record, fault) in forged {
      let said = try deployment.validate([record]).joined(separator: "\n")
      #expect(said.contains(fault), "\(fault)\n\(said)")
    }
  }
}
