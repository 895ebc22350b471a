// Owns `simulate`: events through all roles in memory, and the story of each case, as far as nobody moves.
import Console
import Events
import Policy
import Roles
import Secrets

enum SimulateCommand {
  private static let from = Settings.time(
    "from", "Show only what happens from then on; what came before is played all the same")
  private static let until = Settings.time("until", "Stop the clock then")
  private static let onlyCase = Option<String?>.text(
    "case", nil, "ID", "Show only this case: its id, or @NAME of an event that opened or joined it.")
  private static let kind = Settings.eventKind(
    "What the files hold; without it, their names say.", short: "k")
  private static let all = Option<Bool>.flag(
    "all", "a", "Also timers that changed nothing, and the points of every score.")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print every record that the roles publish, as `watch --json` does, and the sum at the end.")

  static let command = Command(
    "simulate", "play events through all roles in memory, and tell the story of each case",
    details: [
      "Events come in when they happened, on a clock moved by hand; after the last, the clock runs on until every case "
        + "is closed or its ladder is done, or until --until. What is told was decided by the roles that also run on a "
        + "Kafka, by the policy of a folder: change it, play again, and see what it changes. Nothing is published.",
      "A file's name says what it holds (feedback.ndjson, incidents.ndjson, case-updates.ndjson, remedies.ndjson), or "
        + "--kind does. Acts name a case by its id, which is made with the deployment's secret (--secret-file; without "
        + "one, that of Config/events), or, written by hand, as \"@fb-1\": the case that the event fb-1 opened or joined.",
      "Exit code 0: everything was played. 1: an act names a case that there is not.",
    ],
    options: [
      OptionGroup(
        "Options",
        [
          PolicyFolders.option.spec, from.spec, until.spec, onlyCase.spec, kind.spec, all.spec, json.spec,
        ]), ClusterOptions.secretGroup,
    ],
    positionals: [
      Positional("EVENTS", "Files or folders of events, one JSON object a line.", .many, completion: .file)
    ],
    examples: [
      Example("answerable simulate Config/events", "The sample week, case by case."),
      Example(
        "answerable simulate Config/events --case @fb-0001", "One case from its first word to its end."),
      Example(
        "answerable simulate week.ndjson --kind feedback --policy draft --until 2026-03-09",
        "What would a draft have made of last week?"),
    ],
    body: Failures.told { invocation, terminal in
      var skipped: [String] = []
      var files: [EventFile] = []
      for path in invocation.arguments {
        files += try EventFile.files(at: path, kind: invocation[kind], skipped: &skipped)
      }
      for path in skipped { terminal.err.line("\(path): skipped: its name does not say what it holds") }
      let end = invocation[until]
      let events = try EventsToPlay.read(files).filter { event in end.map { event.at <= $0 } ?? true }
      guard let first = events.first, let last = events.last else {
        throw Failure("there is no event to play\(end == nil ? "" : " before --until")", code: .noInput)
      }
      var shelf = PolicyShelf(folder: PolicyFolders.named(invocation), terminal)
      let secret =
        try invocation.secret(ClusterOptions.secret, file: ClusterOptions.secretFile) ?? DemoDeployment.secret
      let policy = try shelf.policy().record
      let rehearsal = try Rehearsal(policy: policy, secret: secret, start: first.at)
      let lost = try play(events, rehearsal, terminal)
      try rehearsal.runOn(until: end ?? last.at + patience)
      if let end { try rehearsal.advance(to: end) }
      let sum = try SimulationSum(rehearsal, policy.compiled(), at: min(end ?? last.at, last.at))
      if invocation[json] {
        for record in try rehearsal.records() where record.timestamp >= invocation[from] ?? 0 {
          terminal.out.line(try RecordJSON.text(record))
        }
        terminal.out.line(try JSONLine.text(sum))
      } else {
        var text = TimelineText(
          terminal.out, rehearsal.told, answers: rehearsal.answers, showsAll: invocation[all])
        text.from = invocation[from] ?? 0
        text.only = try invocation[onlyCase].map { try named($0, rehearsal) }
        text.print()
        text.print(sum)
      }
      return lost > 0 ? .negative : .success
    })

  /// How long ladders may take after the last event.
  private static let patience: Int64 = 90 * 86_400_000

  /// Gives all events. Returns how many could not be given.
  private static func play(_ events: [EventToPlay], _ rehearsal: Rehearsal, _ terminal: Terminal) throws
    -> Int
  {
    var lost = 0
    var progress = Progress("playing", total: events.count, terminal)
    for (number, event) in events.enumerated() {
      do {
        try rehearsal.give(event.name, event.kind, event.value, at: event.at)
      } catch let error as UnknownCaseName {
        lost += 1
        terminal.err.line("\(event.place): not played: \(error)")
      }
      progress.update(number + 1)
    }
    progress.finish()
    return lost
  }

  private static func named(_ word: String, _ rehearsal: Rehearsal) throws -> String {
    guard word.hasPrefix("@") else {
      guard rehearsal.told.journal.contains(where: { $0.caseID == word }) else {
        throw Failure("there is no case \(word)", code: .negative)
      }
      return word
    }
    do {
      return try rehearsal.caseID(of: String(word.dropFirst()))
    } catch let error as UnknownCaseName { throw Failure("--case \(word): \(error)", code: .negative) }
  }
}
