// Owns what an operator does with a running deployment, on a real broker with the built binary: audit, look, hold, erase,
// resize.
import BrokerSupport
import FaultKit
import Foundation
import Glibc
import Testing

@Suite(.serialized, .realBroker) struct OperatorFlowTests {
  @Test func aDeploymentIsProvenLookedAtHeldAndErasedFrom() throws {
    let deployment = try FlowDeployment()
    try deployment.start(partitions: 2, roles: ["intake", "casework"])
    let sent = try deployment.answerable("send", FlowDeployment.events)
    #expect(sent.status == 0 || sent.status == 1, "\(sent.story)")

    let audit = try deployment.settled()
    #expect(audit.status == 0 && audit.out.contains(#""proven":true"#), "\(audit.story)")
    let text = try deployment.answerable("audit")
    #expect(text.status == 0 && text.out.contains("proven  from the beginning until now"), "\(text.story)")

    // A case by its id, out of what is watched.
    let watched = try deployment.answerable(
      "watch", "assignments", "--from", "earliest", "--no-follow", "--json")
    let line = try #require(watched.lines.first, "\(watched.story)")
    let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let id = try #require(record["key"] as? String)
    let shown = try deployment.answerable("case", id)
    #expect(shown.status == 0 && shown.out.contains(id) && shown.out.contains("opened"), "\(shown.story)")
    let executive = try deployment.answerable("case", id, "--as", "executive", "--json")
    #expect(executive.status == 0 && !executive.out.contains(#""people""#), "\(executive.story)")
    #expect(try deployment.answerable("case", "c-0123456789abcdef0123456789abcdef-1").status == 1)
    for topic in ["assignments", "escalations", "journal"] {
      let lines = try deployment.answerable("watch", topic, "--from", "earliest", "--no-follow")
      #expect(lines.status == 0 && !lines.out.contains("cannot be read"), "\(lines.story)")
    }

    let hold = try deployment.answerable(
      "hold", "--all", "--until", "2h", "--reason", "a move", "--by", "marie")
    #expect(hold.status == 0 && hold.out.contains("2 tasks are told"), "\(hold.story)")
    let list = try deployment.answerable("hold", "list")
    #expect(list.out.contains("every team") && list.out.contains("a move"), "\(list.story)")
    #expect(try deployment.answerable("release", "--all", "--by", "marie").status == 0)
    #expect(try deployment.answerable("hold", "list").out.contains("nothing is held"))
    #expect(
      try deployment.answerable("hold", "--owner", "nobody", "--until", "2h", "--reason", "x").status == 64)

    let feedback = try String(contentsOfFile: FlowDeployment.events + "/feedback.ndjson", encoding: .utf8)
    let event = try #require(
      try JSONSerialization.jsonObject(with: Data(feedback.split(separator: "\n")[0].utf8)) as? [String: Any])
    let subject = try #require(event["subject"] as? [String: Any])
    let (kind, guest) = (subject["kind"] as? String ?? "", subject["id"] as? String ?? "")
    let name = "\(kind):\(guest)"
    #expect(try deployment.answerable("case", "--subject", name).status == 0)
    let erase = try deployment.answerable("erase", "--subject", name, "--reason", "asked for it")
    #expect(erase.status == 0 && erase.out.contains("kept until retention takes it"), "\(erase.story)")
    let after = try deployment.settled()
    #expect(after.status == 0, "\(after.story)")

    // One decision too many, planted by a stock client.
    var signal = try #require(try deployment.read("signals").first { !$0.isMark })
    signal.topic = "signals"
    _ = try deployment.produce([signal])
    let caught = try deployment.answerable("audit")
    #expect(caught.status == 1 && caught.out.contains("decided more than once"), "\(caught.story)")
    #expect(deployment.drain() == 0)
  }

  @Test func aDrainedDeploymentGoesOnUnderAnotherNumberOfPartitions() throws {
    let deployment = try FlowDeployment()
    try deployment.start(partitions: 2, roles: ["intake", "casework", "delegation"])
    _ = try deployment.answerable("send", FlowDeployment.events)
    #expect(try deployment.settled().status == 0)
    #expect(try deployment.answered())
    let target = deployment.prefix + "wide."
    let busy = try deployment.answerable("resize", "--partitions", "3", "--to", target)
    #expect(busy.status == 78 && busy.err.contains("run: once nothing waits any more"), "\(busy.story)")
    #expect(deployment.drain() == 0)

    let moved = try deployment.answerable("resize", "--partitions", "3", "--to", target, "--json")
    #expect(moved.status == 0 && moved.out.contains(#""done":"now""#), "\(moved.story)")
    let again = try deployment.answerable("resize", "--partitions", "3", "--to", target)
    #expect(again.status == 0 && again.out.hasPrefix("nothing to do"), "\(again.story)")

    let there = ["ANSWERABLE_PREFIX": target]
    try deployment.run(["intake", "casework", "delegation"], environment: there)
    let sent = try deployment.answerable("send", FlowDeployment.events, environment: there)
    #expect(sent.status == 0 || sent.status == 1, "\(sent.story)")
    // What was sent before the move is known: the same events are duplicates now. On a busy broker what was sent can be
    // read some time after it was committed; until then nothing waits.
    let end = ContinuousClock.now + .seconds(60)
    var (audit, journal) = (try deployment.settled(there), try self.journal(deployment, there))
    while !journal.out.contains(Self.duplicate), ContinuousClock.now < end {
      (audit, journal) = (try deployment.settled(there), try self.journal(deployment, there))
    }
    #expect(journal.out.contains(Self.duplicate), "\(journal.story.prefix(2_000))")
    #expect(
      audit.status == 0 && audit.out.contains(#""proven":true"#),
      "\(audit.story)\(deployment.worker?.log ?? "")")
    #expect(deployment.drain() == 0)
  }

  private static let duplicate = #""code":"duplicate""#

  private func journal(_ deployment: FlowDeployment, _ environment: [String: String]) throws -> Tool {
    try deployment.answerable(
      "watch", "journal", "--from", "earliest", "--no-follow", "--json", environment: environment)
  }
}
