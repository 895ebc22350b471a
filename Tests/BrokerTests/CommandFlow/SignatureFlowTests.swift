// Owns what is promised of signatures, on a real broker with the built binary: from a new key to an approval that is
// redeemed once and offline, and to a remedy that somebody else signed.
import BrokerSupport
import FaultKit
import Foundation
import Signatures
import Testing

@Suite(.serialized, .realBroker) struct SignatureFlowTests {
  @Test func anApprovalIsSignedCheckedOfflineAndRedeemedOnceAndAForgedOneIsTold() throws {
    let desk = try SigningDesk()
    let deployment = desk.deployment
    try deployment.start(
      partitions: 2,
      roles: ["intake", "casework", "delegation", "--signing-key-file", desk.approvals.path],
      policy: desk.policy)
    let caseID = try desk.openCase()
    // One key, so one partition: what is refused is decided before what is answered.
    try desk.send(
      "remedy",
      [
        try desk.remedy("rm-changed", caseID, minor: 12_000, signed: 11_000),
        try desk.remedy("rm-backdated", caseID, key: desk.old, at: "2024-12-31T12:00:00Z"),
        try desk.remedy("rm-signed", caseID),
        try desk.remedy("rm-unsigned", caseID, minor: 10_000, signs: false),
      ], until: "delegations", has: 2)

    let letters = try deployment.read("dead-letters")
    let reasons = letters.map { letter in
      ["reason", "reason-field", "reason-text"].map { letter.header($0) ?? "" }.joined(separator: " ")
    }
    #expect(
      reasons.sorted() == [
        "bad-signature signature.key did not count yet, or not any more, when this came in",
        "bad-signature signature.value is not that key's signature of this remedy",
      ])
    let answers = try deployment.read("delegations")
    #expect(
      answers.compactMap { $0.header("answer") }.sorted() == ["approved", "declined"],
      "\(deployment.worker?.log ?? "")")
    let declined = answers.first { $0.header("answer") == "declined" }?.json
    #expect((declined?["reason"] as? [String: Any])?["code"] as? String == "unsigned")

    let approval = try #require(answers.first { $0.header("answer") == "approved" })
    try check(approval, at: desk)
    try settleTwice(approval, caseID, at: desk)
    try forge(approval, on: deployment)
    #expect(deployment.drain() == 0)
  }

  /// What a till does that reaches no broker.
  private func check(_ approval: StockRecord, at desk: SigningDesk) throws {
    let text = String(decoding: try #require(approval.valueBytes), as: UTF8.self)
    #expect(text.contains(#""signature":{"key":"approvals""#))
    func verify(_ text: String, _ words: String...) throws -> Tool {
      try Tool(
        Tool.answerable, ["verify", "-", "--redeemed", "paid.txt"] + words,
        environment: ["ANSWERABLE_BROKERS": "127.0.0.1:1"], input: text, folder: desk.deployment.folder)
    }
    let changed = try verify(
      text.replacing(#""minor":12000"#, with: #""minor":92000"#), "--policy", desk.policy)
    #expect(changed.status == 1 && changed.out.contains("bad-signature"), "\(changed.story)")
    let given = try #require(text.firstMatch(of: /"signature":\{[^}]*\},"at":"20([0-9]{2})/))
    var earlier = text
    earlier.replaceSubrange(given.output.1.startIndex..<given.output.1.endIndex, with: "19")
    let backdated = try verify(earlier, "--policy", desk.policy)
    #expect(backdated.status == 1 && backdated.out.contains("bad-signature"), "\(backdated.story)")
    let another = try verify(text, "--key", "\(desk.technician.publicKey)")
    #expect(another.status == 1 && another.out.contains("bad-signature"), "\(another.story)")

    let first = try verify(text, "--policy", desk.policy)
    #expect(first.status == 0 && first.out.contains("signed as approvals"), "\(first.story)")
    let second = try verify(text, "--policy", desk.policy)
    #expect(second.status == 1 && second.out.contains("already-redeemed"), "\(second.story)")
  }

  /// The last word has the budget.
  private func settleTwice(_ approval: StockRecord, _ caseID: String, at desk: SigningDesk) throws {
    let claim = try #require(approval.json?["claim"] as? String)
    try desk.send(
      "case-update", ["paid-1", "paid-2"].map { desk.settlement($0, of: claim, caseID) },
      until: "delegations",
      has: 4)
    let answers = try desk.deployment.read("delegations").compactMap(\.json)
    let codes = answers.filter { $0["claim"] as? String == claim }.map {
      "\($0["answer"] ?? "") \(($0["reason"] as? [String: Any])?["code"] ?? "")"
    }
    #expect(codes.filter { $0.hasPrefix("settled ") }.count == 1, "\(codes)")
    #expect(codes.filter { $0 == "refused already-settled" }.count == 1, "\(codes)")

    let said = try desk.deployment.validate(try desk.deployment.read("delegations", "claims"))
    #expect(said.count == 1, "\(said.joined(separator: "\n"))")
  }

  /// Somebody writes the approval again behind the workers' back: no till pays it twice, and the audit names the claim.
  private func forge(_ approval: StockRecord, on deployment: FlowDeployment) throws {
    let proven = try deployment.answerable("audit")
    #expect(proven.status == 0 && proven.out.contains("proven  from the beginning"), "\(proven.story)")
    let cause = try #require(approval.json?["cause"] as? [String: Any])
    let place = "\(deployment.prefix)claims-\(cause["partition"] ?? "")@\(cause["offset"] ?? "")"
    var forged = approval
    forged.topic = "delegations"
    _ = try deployment.produce([forged])
    let told = try deployment.answerable("audit")
    #expect(
      told.status == 1 && told.out.contains(place) && told.out.contains("decided more than once"),
      "\(place)\n\(told.story)")
  }
}

/// A deployment whose policy knows three keys, and what somebody in front of a guest sends there.
private struct SigningDesk {
  let deployment: FlowDeployment
  /// The private half that workers sign with.
  let approvals: URL
  let technician: SigningKey
  /// The technician's, too, until the end of 2024.
  let old: SigningKey
  /// The shipped policy, in which a repair has to be signed.
  let policy: String

  init() throws {
    deployment = try FlowDeployment()
    let folder = deployment.folder
    approvals = folder.appending(path: "approvals.key")
    let made = try deployment.answerable("keys", "new", "--out", approvals.path)
    guard made.status == 0, let ours = made.out.firstMatch(of: /public: ([A-Za-z0-9_-]{43})/) else {
      throw BrokerFailure(made.story)
    }
    technician = try SigningKey.generate()
    old = try SigningKey.generate()
    let changed = folder.appending(path: "policy")
    policy = changed.path
    try FileManager.default.copyItem(at: URL(filePath: FlowDeployment.policy), to: changed)
    let delegation = changed.appending(path: "delegation.yaml")
    let shipped = try String(contentsOf: delegation, encoding: .utf8)
    let signed = shipped.replacing("name: Engage a repair,", with: "name: Engage a repair, signed: true,")
    guard signed != shipped else { throw BrokerFailure("\(policy): has no repair to be signed") }
    try """
    \(signed)
    keys:
      - { id: approvals, public: \(ours.output.1), from: 2025-01-01 }
      - { id: technician-4, person: technician-4, public: \(technician.publicKey) }
      - { id: technician-4-old, person: technician-4, public: \(old.publicKey), until: 2025-01-01 }
    """.write(to: delegation, atomically: true, encoding: .utf8)
  }

  /// A guest has a leak; the id of the case that it opens.
  func openCase() throws -> String {
    try send(
      "feedback",
      [
        """
        {"id":"fb-1","occurredAt":"2026-03-03T09:00:00Z","source":"survey-tool","subject":{"kind":"customer",\
        "id":"guest-1"},"journey":"stay","touchpoint":"room-comfort","site":"lyon-1","rating":{"kind":"nps",\
        "value":0}}
        """
      ], until: "assignments", has: 1)
    guard let card = try deployment.read("assignments").first?.json, let caseID = card["case"] as? String
    else { throw BrokerFailure("no case was opened\n\(deployment.worker?.log ?? "")") }
    return caseID
  }

  /// A repair of 120 EUR that the technician asks for; signed over `signed`, where that is another amount.
  func remedy(
    _ id: String, _ caseID: String, minor: Int = 12_000, signed: Int? = nil, signs: Bool = true,
    key: SigningKey? = nil, at time: String = "2026-03-03T09:15:00Z"
  ) throws -> String {
    let milliseconds = try Date(time, strategy: .iso8601).timeIntervalSince1970 * 1_000
    let lines = [
      "answerable-remedy-v1", id, "desk", "\(Int64(milliseconds))", "case", caseID, "technician-4",
      "engage-repair", "\(signed ?? minor)", "EUR",
    ]
    let text = Array(lines.map { $0 + "\n" }.joined().utf8)
    let value = String(decoding: Base64URL.encode(try (key ?? technician).sign(text)), as: UTF8.self)
    let name = key == nil ? "technician-4" : "technician-4-old"
    let signature = signs ? #","signature":{"key":"\#(name)","value":"\#(value)"}"# : ""
    return """
      {"id":"\(id)","occurredAt":"\(time)","source":"desk","case":"\(caseID)","actor":{"id":"technician-4",\
      "role":"technician"},"action":"engage-repair","amount":{"minor":\(minor),"currency":"EUR"}\(signature)}
      """
  }

  func settlement(_ id: String, of claim: String, _ caseID: String) -> String {
    """
    {"id":"\(id)","occurredAt":"2026-03-03T10:00:00Z","source":"till","case":"\(caseID)","claim":"\(claim)",\
    "actor":{"id":"technician-4","role":"technician"},"act":"settle"}
    """
  }

  /// Sends events, and waits until they led to so many records, and nothing is on its way.
  func send(_ kind: String, _ events: [String], until topic: String, has count: Int) throws {
    let sent = try deployment.answerable(
      "send", "-", "--kind", kind, input: events.joined(separator: "\n"))
    guard sent.status == 0 else { throw BrokerFailure(sent.story) }
    let end = ContinuousClock.now + .seconds(60)
    while try deployment.read(topic).count < count || !deployment.answered() {
      guard ContinuousClock.now < end else {
        throw BrokerFailure("\(topic) has no \(count) records\n\(deployment.worker?.log ?? "")")
      }
      usleep(100_000)
    }
  }
}
