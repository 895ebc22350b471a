// Owns `hold` and `release`: escalations wait as a counted debt, and are looked at again.
import Console
import Events
import Foundation
import Kafka
import Policy
import Roles
import Streams

enum HoldCommand {
  private static let owner = Option<String?>.text(
    "owner", nil, "TEAM", "Escalations of the cases that this team answers for.")
  private static let all = Option<Bool>.flag("all", nil, "Escalations of every team.")
  private static let until = Option<Int64?>.value(
    "until", nil, "TIME",
    "When the hold ends by itself: a time like 2026-03-02T18:00:00Z, a day like 2026-03-03, or a duration from "
      + "now like 4h.", default: nil
  ) { word throws(BadValue) in
    if let length = Settings.duration(word) { return Settings.now &+ length.milliseconds }
    guard let time = Settings.time(word) else {
      throw BadValue(
        "\"\(word)\" is no time: 2026-03-02T18:00:00Z, 2026-03-03, or a duration from now like 4h")
    }
    return time
  }
  private static let reason = Option<String>.text(
    "reason", nil, "TEXT", "Why, for those who look at the debt. No personal data.", default: "")
  private static let by = Option<String?>.text(
    "by", nil, "NAME", "Who holds; without it, the user's name on this machine.")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print one JSON object for each hold and each team's debt.")

  static let hold = Command(
    "hold", "let escalations wait as a counted debt, and see what waits",
    details: [
      "While a hold stands, cases open, join, close and are worked on as always, and clocks go on; what would be "
        + "escalated is told once as `deferred` and waits until the hold ends. Then the step that is due at that "
        + "moment fires, with those that it skipped. Nothing is dropped.",
      "`hold list` shows the holds that stand, and for each team the cases that wait.",
    ],
    options: [
      OptionGroup("Options", [owner.spec, all.spec, until.spec, reason.spec, by.spec, json.spec]),
      ClusterOptions.kafkaGroup,
    ],
    positionals: [
      Positional("list", "Show what is held and what waits, instead.", .optional, allowed: ["list"])
    ],
    examples: [
      Example(
        "answerable hold --owner billing --until 4h --reason \"invoice run is repeated\"", "For four hours."),
      Example(
        "answerable hold --all --until 2026-03-02T18:00:00Z --reason \"move of the desk\"", "Everybody's."),
      Example("answerable hold list", "What stands, and what waits."),
    ],
    body: Failures.told { invocation, terminal in
      let command = "answerable hold"
      if invocation.arguments.first == "list" {
        return try HoldList(try Cluster.reached(invocation, terminal), now: Settings.now)
          .print(to: terminal.out, asJSON: invocation[json])
      }
      guard let end = invocation[until] else {
        throw UsageError("say --until when it ends", command: command)
      }
      guard end > Settings.now else {
        throw UsageError("--until is in the past; `answerable release` ends a hold", command: command)
      }
      guard !invocation[reason].isEmpty else {
        throw UsageError("say --reason why: whoever looks at the debt will ask", command: command)
      }
      return try send(invocation, terminal, until: end, command)
    })

  static let release = Command(
    "release", "end a hold: what waited is looked at now",
    details: [
      "A hold ends by itself at its time; this ends it before. Where nothing is held, it is a journalled NO."
    ],
    options: [
      OptionGroup("Options", [owner.spec, all.spec, reason.spec, by.spec]), ClusterOptions.kafkaGroup,
    ],
    examples: [
      Example("answerable release --owner billing", "What of billing waits, fires as it is due now.")
    ],
    body: Failures.told { invocation, terminal in
      try send(invocation, terminal, until: nil, "answerable release")
    })

  private static func send(
    _ invocation: Invocation, _ terminal: Terminal, until: Int64?, _ command: String
  ) throws -> ExitCode {
    guard (invocation[owner] != nil) != invocation[all] else {
      throw UsageError("say whose: --owner TEAM, or --all", command: command)
    }
    let cluster = try Cluster.reached(invocation, terminal)
    let team = invocation[owner]
    let now = Settings.now
    let policy = try cluster.policies.inForce()
    if let team, let policy, !policy.record.document.teams.contains(where: { $0.id == team }) {
      throw Failure(
        "the policy in force has no team \(TextWidth.printable(team))",
        advice: Suggestion.refusal(
          of: team, among: policy.record.document.teams.map(\.id), listing: Suggestion.listed), code: .usage)
    }
    let tasks = try HoldSender(try cluster.log, prefix: cluster.prefix).send(
      owner: team, until: until ?? now, reason: invocation[reason], by: invocation[by] ?? NSUserName(),
      now: now,
      epoch: policy?.epoch ?? 0)
    let whose = team.map { "of \(TextWidth.printable($0))" } ?? "of every team"
    if let until {
      terminal.out.line("escalations \(whose) wait until \(Clock.minute(until)) UTC; \(tasks) tasks are told")
      terminal.out.line("`answerable hold list` shows the debt, `answerable release` ends it before")
    } else {
      terminal.out.line("escalations \(whose) go on by the facts of now; \(tasks) tasks are told")
    }
    return .success
  }
}
