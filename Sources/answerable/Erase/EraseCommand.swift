// Owns `erase`: the wish that a subject be forgotten, put on the topic where casework reads it.
import Console
import Events
import Foundation
import Roles
import Streams

enum EraseCommand {
  private static let subject = Option<String?>.text(
    "subject", nil, "KIND:ID", "Whom to forget, as events named them: customer:guest-77120.")
  private static let reason = Option<String>.text(
    "reason", nil, "TEXT", "Why, for the journal. No personal data.", default: "")
  private static let by = Option<String?>.text(
    "by", nil, "NAME", "Who asks for it; without it, the user's name on this machine.")
  private static let team = Option<String?>.text(
    "team", nil, "TEAM",
    "The team of who asks; where the policy has a directory, that person has to be in it.")
  private static let dryRun = Option<Bool>.flag("dry-run", "n", "Say what would be removed; send nothing.")

  /// What it comes to, whatever the outcome: said before and after.
  private static let scope = [
    "removed by casework: the subject's account, its cases, timers and debts; the assignments of its cases (as "
      + "tombstones, gone from the disk within three days)",
    "kept for 400 days, of a subject that had cases: its pseudonymous key and the number of a next case, so that no "
      + "case id names two cases",
    "kept until retention takes it: the subject's events on the input topics (14 days) and among dead letters (7 days), "
      + "this request among them",
    "kept: signals, escalations and the case-journal, which name the subject by its pseudonymous key only; their free "
      + "text was redacted when it came in",
  ]

  static let command = Command(
    "erase", "forget a subject: its state and what compacted topics keep of it",
    details: [
      "Sends one case update, `erase`, with the subject's id in it. Casework journals it, with who asked and why. What "
        + "is kept, and until when, is printed."
    ],
    options: [
      OptionGroup("Options", [subject.spec, reason.spec, by.spec, team.spec, dryRun.spec]),
      ClusterOptions.kafkaGroup,
    ],
    examples: [
      Example(
        "answerable erase --subject customer:guest-77120 --reason \"asked for it\"", "And says what remains.")
    ],
    body: Failures.told { invocation, terminal in
      let command = "answerable erase"
      guard let word = invocation[subject] else {
        throw UsageError("say --subject KIND:ID", command: command)
      }
      guard let name = SubjectName(word) else {
        throw UsageError("--subject: \(SubjectName.form)", command: command)
      }
      guard !invocation[reason].isEmpty else { throw UsageError("say --reason why", command: command) }
      let now = Settings.now
      let event = Event(
        id: "erase-\(now)-\(getpid())", occurredAt: Clock.full(now), source: "answerable",
        subject: .init(kind: name.kind, id: name.id),
        actor: .init(id: invocation[by] ?? NSUserName(), team: invocation[team]), act: "erase",
        reason: invocation[reason])
      let value = Array(try JSONLine.text(event).utf8)
      let key: [UInt8]
      do throws(EventRefusal) {
        key = try EventCheck().key(of: .caseUpdate, value[...])
      } catch {
        throw Failure(
          "intake would refuse this: \(error.field.isEmpty ? "" : "\(error.field): ")\(error.reason)",
          code: .usage)
      }
      if !invocation[dryRun] {
        let cluster = try Cluster.reached(invocation, terminal)
        let appender = try RecordAppender(
          cluster.log, topics: [cluster.name(.caseUpdates)],
          transactionalID: "\(cluster.prefix)answerable-send-\(RunCommand.defaultInstance)-\(getpid())")
        defer { appender.close() }
        try appender.append(0, key: key, value: value)
        try appender.commit()
      }
      terminal.out.line(invocation[dryRun] ? "would be sent" : "sent; the journal will say `erased`")
      for line in scope { terminal.out.line("  \(line)") }
      return .success
    })

  private struct Event: Encodable {
    struct Subject: Encodable {
      var kind: String
      var id: String
    }
    struct Actor: Encodable {
      var id: String
      var team: String?
    }
    var id: String
    var occurredAt: String
    var source: String
    var subject: Subject
    var actor: Actor
    var act: String
    var reason: String
  }
}

/// A subject as an operator names it: `customer:guest-77120`.
struct SubjectName {
  var kind: String
  var id: String

  static let form = "KIND:ID, as events name it, like customer:guest-77120"

  init?(_ word: String) {
    guard let colon = word.firstIndex(of: ":"), colon > word.startIndex else { return nil }
    kind = String(word[..<colon])
    id = String(word[word.index(after: colon)...])
    if id.isEmpty { return nil }
  }
}
