// Owns the way a newcomer goes, on a real broker with the built binary: from an empty cluster to signals that
// anybody can read and validate.
import FaultKit
import Foundation
import Glibc
import Testing

@Suite(.serialized, .realBroker) struct CommandFlowTests {
  @Test func topicsArePlannedThenAppliedThenNothingIsToDo() throws {
    let deployment = try FlowDeployment()
    let plan = try deployment.answerable("topics", "plan", "--partitions", "3")
    #expect(plan.status == 2, "\(plan.story)")
    #expect(plan.out.contains("create  \(deployment.prefix)feedback  3 partitions"))
    #expect(plan.out.contains("create  \(deployment.prefix)policies  1 partition\n"))

    let apply = try deployment.answerable("topics", "apply", "--partitions", "3")
    #expect(apply.status == 0, "\(apply.story)")
    #expect(apply.out.contains("created topic \(deployment.prefix)signals with 3 partitions"))
    #expect(apply.out.contains("set start positions of intake on 12 partitions"))

    let again = try deployment.answerable("topics", "plan")
    #expect(again.status == 0, "\(again.story)")
    #expect(again.out.hasPrefix("nothing to do: layout "))
    let idle = try deployment.answerable("topics", "apply")
    #expect(idle.status == 0 && idle.out.hasPrefix("nothing to do: layout "), "\(idle.story)")
    let json = try deployment.answerable("topics", "plan", "--json")
    #expect(
      json.lines.count == 1 && json.out.hasPrefix(#"{"configure":[],"conflicts":[],"create":[],"#),
      "\(json.story)")
  }

  @Test func aPolicyIsPublishedOnceShownAndListed() throws {
    let deployment = try FlowDeployment()
    let none = try deployment.answerable("policy", "history")
    #expect(none.status == 78 && none.err.contains("answerable topics apply"), "\(none.story)")
    #expect(try deployment.answerable("topics", "apply", "--partitions", "1").status == 0)
    #expect(try deployment.answerable("policy", "history").out.hasPrefix("no policy was published yet"))
    #expect(try deployment.answerable("policy", "show").status == 1)

    let first = try deployment.answerable("policy", "publish", FlowDeployment.policy, "--note", "the first")
    #expect(first.status == 0 && first.out.hasPrefix("published epoch 0 ("), "\(first.story)")
    let same = try deployment.answerable("policy", "publish", FlowDeployment.policy, "--json")
    #expect(same.status == 0 && same.out.contains(#""published":false"#), "\(same.story)")

    let changed = deployment.folder.appendingPathComponent("changed")
    try FileManager.default.copyItem(at: URL(fileURLWithPath: FlowDeployment.policy), to: changed)
    let scoring = changed.appendingPathComponent("scoring.yaml")
    let text = try String(contentsOf: scoring, encoding: .utf8)
    try text.replacingOccurrences(of: "base: 20", with: "base: 21")
      .write(to: scoring, atomically: true, encoding: .utf8)
    let second = try deployment.answerable(
      "policy", "publish", changed.path, "--by", "marie", "--note", "higher")
    #expect(second.status == 0, "\(second.story)")

    let history = try deployment.answerable("policy", "history", "--json")
    #expect(history.lines.count == 2, "\(history.story)")
    #expect(
      history.lines.first?.contains(#""by":"marie""#) == true
        && history.lines.first?.contains("higher") == true)
    #expect(try deployment.answerable("policy", "history").out.contains("the first"))

    // Back to the files: those of epoch 0 are the shipped ones, byte for byte.
    let copy = deployment.folder.appendingPathComponent("copy").path
    #expect(try deployment.answerable("policy", "show", "0", "--into", copy).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: copy).sorted()
    // Suites say what a policy should do and are no part of it.
    let files = try FileManager.default.contentsOfDirectory(atPath: FlowDeployment.policy)
    #expect(names == files.filter { $0 != "tests" }.sorted())
    for name in names {
      #expect(
        FileManager.default.contentsEqual(
          atPath: "\(copy)/\(name)", andPath: "\(FlowDeployment.policy)/\(name)"),
        "\(name)")
    }
    let shown = try deployment.answerable("policy", "show")
    #expect(shown.out.contains("by marie") && shown.out.contains("# scoring.yaml"), "\(shown.story)")
    let before = try deployment.answerable("policy", "show", "--at", "2020-01-01")
    #expect(before.status == 1 && before.err.contains("there is no such policy"), "\(before.story)")
    // Rolling back is publishing the old content again.
    let back = try deployment.answerable("policy", "publish", copy, "--json")
    #expect(back.out.contains(#""published":true"#), "\(back.story)")
  }

  @Test func everySampleEventBecomesOneSignalThatAnIndependentValidatorAccepts() throws {
    let deployment = try FlowDeployment()
    try deployment.start()
    let sent = try deployment.answerable("send", FlowDeployment.events)
    #expect(sent.status == 0, "\(sent.story)")
    let count = try #require(sent.out.split(separator: " ").first.flatMap { Int($0) })
    #expect(sent.out == "\(count) sent, 0 refused\n")
    #expect(sent.err.contains("mistakes.ndjson: skipped"))
    #expect(count > 80)

    let decisions = try deployment.decisions(count)
    let signals = decisions.filter { $0.topic.hasSuffix("signals") }
    #expect(signals.count == count && decisions.count == count)
    #expect(Set(signals.compactMap(\.cause)).count == count)
    #expect(try deployment.validate(decisions) == [#"{"signal": \#(count), "dead-letter": 0}"#])
    #expect(try deployment.kcat("signals").count { !$0.contains(#""kind":"mark""#) } == count)
    let marks = try deployment.read("signals").filter(\.isMark)
    #expect(!marks.isEmpty)
    #expect(try deployment.validate(marks) == [#"{"signal": \#(marks.count), "dead-letter": 0}"#])
    // The validator is awake.
    var forged = try #require(signals.first)
    forged.value = Data(#"{"id":"x","kind":"feedback","epoch":"17"}"#.utf8).base64EncodedString()
    forged.headers.removeAll { $0.first == "ce_type" }
    let faults = try deployment.validate([forged]).joined(separator: "\n")
    for fault in [
      "'ce_type' is a required property", "'cause' is a required property", "$.epoch: '17' is not of type",
    ] {
      #expect(faults.contains(fault), "\(faults)")
    }

    // Every person and script sees the same.
    let watched = try deployment.answerable("watch", "signals", "--from", "earliest", "--no-follow", "--json")
    #expect(watched.status == 0 && watched.err == "", "\(watched.err)")
    #expect(
      Set(watched.lines.compactMap(Self.identifier)) == Set(signals.compactMap { $0.json?["id"] as? String }))
    let people = try deployment.answerable("watch", "--from", "earliest", "--no-follow")
    #expect(people.out.contains("→ building-technique") && !people.out.contains("\u{1B}"), "\(people.out)")
    for topic in ["feedback", "incidents", "case-updates", "remedies", "policies", "layout"] {
      let other = try deployment.answerable("watch", topic, "--from", "earliest", "--no-follow")
      #expect(other.status == 0 && !other.lines.isEmpty, "\(other.story)")
    }
    let few = try deployment.answerable("watch", "signals", "--from", "earliest", "-n", "3", "--json")
    #expect(few.lines.count == 3)

    #expect(deployment.drain() == 0)
    let log = try #require(deployment.worker?.log)
    #expect(log.contains("ended: \(count) decided: \(count) signals, 0 dead letters"), "\(log)")
  }

  /// The id of a signal that `watch --json` printed.
  private static func identifier(_ line: String) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return (object?["value"] as? [String: Any])?["id"] as? String
  }

  @Test func aWorkerRefusesADeploymentThatWasLaidOutDifferentlyAndSaysWhatToDo() throws {
    let deployment = try FlowDeployment()
    let never = try deployment.answerable("run")
    #expect(never.status == 78 && never.err.contains("run `answerable topics apply` first"), "\(never.story)")
    #expect(try deployment.answerable("topics", "apply", "--partitions", "2").status == 0)

    let secret = ["ANSWERABLE_SECRET": "quite another secret"]
    let other = try deployment.answerable("run", environment: secret)
    #expect(other.status == 78, "\(other.story)")
    #expect(other.err.contains("this deployment was laid out differently"))
    #expect(other.err.contains("check ANSWERABLE_SECRET or --secret-file"))
    #expect(!other.err.contains("quite another secret"))
    let plan = try deployment.answerable("topics", "plan", environment: secret)
    #expect(plan.status == 78 && plan.out.contains("refuse  layout: the subject-key secret"), "\(plan.story)")
    let wider = try deployment.answerable("topics", "apply", "--partitions", "5")
    #expect(
      wider.status == 78 && wider.err.contains("keep --partitions 2, or use another --prefix"),
      "\(wider.story)")
    #expect(wider.err.contains("nothing was changed"))

    // Somebody gives a topic more partitions: its keys now stand elsewhere.
    _ = try deployment.python(["widen", deployment.brokers, deployment.prefix + "signals", "4"])
    let widened = try deployment.answerable("run")
    #expect(widened.status == 78, "\(widened.story)")
    #expect(widened.err.contains("topic signals: 4 partitions here, 2 recorded"))
    #expect(widened.err.contains("use another --prefix for a new deployment"))
  }

  @Test func withoutASecretACommandSaysHowToMakeOne() throws {
    let deployment = try FlowDeployment()
    let plan = try deployment.answerable("topics", "plan", environment: ["ANSWERABLE_SECRET": ""])
    #expect(plan.status == 78)
    #expect(plan.err.contains("openssl rand -hex 32 > answerable.secret"), "\(plan.story)")
    let short = try deployment.answerable("topics", "plan", environment: ["ANSWERABLE_SECRET": "short"])
    #expect(short.status == 78 && !short.err.contains("short\""), "\(short.story)")
  }
}
