// Owns `explain`: why an event goes, or went, where it goes.
import Console
import Events
import Roles

enum ExplainCommand {
  static let command = Command(
    "explain", "show the whole reasoning about an event: owner, witness, score, winners and losers",
    details: [
      "EVENT is a file of events, one JSON object a line (FILE:3 is its third line), the JSON itself, a signal's "
        + "id, which reads the event from its topic, or - for standard input.",
      "An event may be jotted down with the fields that matter and its kind, as `check` shows its examples; what "
        + "the contract asks for besides is filled in.",
      "With --policy, the folder's policy explains, and no Kafka is needed unless EVENT is a signal's id. Without "
        + "it, the policy in force on the brokers does; with --at alone, the one that was in force then. Nothing is "
        + "published, and personal data in the text is shown as INTAKE redacts it.",
      "A remedy is answered by what the workers decide with: by whose grants, within which limits, from which budgets, "
        + "who can say yes beyond. What it does not carry of its case is assumed and said, or taken from the options; on "
        + "the brokers, the case, its remedies and the budgets are read from the topics: as they were when it was answered, "
        + "which is told too; for what has not come in, as they are.",
      "What happens next if nobody moves, each clock and each rung, is told from the time of the event, or from --at: the "
        + "event is played alone through the roles in memory.",
      "Exit code 0: every event was explained. 1: at least one would be refused; the reason is printed.",
    ],
    options: [
      OptionGroup("Options", [PolicyFolders.option.spec, at.spec, kind.spec, all.spec, json.spec]),
      CaseOptions.group, ClusterOptions.kafkaGroup,
    ],
    positionals: [Positional("EVENT", "What to explain.", .one, completion: .file)],
    examples: [
      Example(
        "answerable explain --policy Config/policy Config/events/feedback.ndjson:1",
        "What would this folder decide?"),
      Example(
        #"answerable explain --policy . '{"kind":"feedback","touchpoint":"invoice"}'"#,
        "Whose would an event like this be?"),
      Example(
        "answerable explain --policy Config/policy Config/events/remedies.ndjson:5 --priority P1",
        "May somebody give this, from which pot, and who can say yes?"),
      Example("answerable explain feedback-3-1042", "Why did this signal come out as it did?"),
      Example(
        "answerable explain survey.ndjson --at 2026-03-02 --json | jq .owner",
        "Whose was it by the policy of that day?"),
    ],
    body: Failures.told { invocation, terminal in
      let word = invocation.arguments[0]
      var cluster: Cluster?
      func connected() throws -> Cluster {
        if let cluster { return cluster }
        let made = try Cluster.reached(invocation, terminal)
        cluster = made
        return made
      }
      let events = try ExplainedEvents.named(word, kind: invocation[kind], connected)
      let policy = try ExplainingPolicy.chosen(invocation, events, terminal, connected)
      var explainer = IntakeExplainer(policy.compiled)
      var remedies = RemedyReading(policy, invocation, events.appendedAt, connected)
      let text = ExplanationText(terminal.out, showsAll: invocation[all])
      var refused = 0
      for (number, event) in events.all.enumerated() {
        var shown = Result<Void, any Error>.success(())
        var refusal: EventRefusal?
        do throws(EventRefusal) {
          shown = try event.explained(&explainer) { kind, value, explained in
            Result {
              let plan = try FuturePlan.of(
                kind, value, headers: event.headers, by: policy.record,
                from: invocation[at] ?? events.appendedAt ?? explained.event.occurredAt)
              let remedy = try remedies.read(explained)
              if invocation[json] {
                return terminal.out.line(ExplanationJSON(explained, kind, event, policy, plan, remedy).line)
              }
              if number > 0 { terminal.out.line() }
              text.print(explained, kind, policy, plan, remedy)
            }
          }
        } catch {
          refusal = error
        }
        do {
          try shown.get()
        } catch let error as EventRefusal {
          refusal = error
        }
        guard let refusal else { continue }
        refused += 1
        let mark = terminal.err.styled(refusal.code.rawValue, .yellow)
        let field = refusal.field.isEmpty ? "" : "\(refusal.field): "
        terminal.out.flush()
        terminal.err.line("\(event.place): would be refused: \(mark): \(field)\(refusal.reason)")
        terminal.err.flush()
      }
      return refused > 0 ? .negative : .success
    })

  static let at = Settings.time(
    "at", "By the policy that was in force then; what happens next is told from then")
  private static let kind = Settings.eventKind(
    "What EVENT holds, where neither a file's name nor its fields tell.")
  private static let all = Option<Bool>.flag(
    "all", nil, "Every rule that lost or nearly matched, every contribution.")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print one JSON object for each event.")
}
