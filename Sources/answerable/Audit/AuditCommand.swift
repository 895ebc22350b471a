// Owns `audit`: inputs = decisions, proven over a window, or the first gap by name.
import Console
import Events
import Kafka
import Roles
import Streams

enum AuditCommand {
  private static let from = Settings.time("from", "Only what was appended since")
  private static let until = Settings.time("until", "Only what was appended before")
  private static let last = Settings.duration(
    "last", "Only what was appended within this time; in place of --from.", default: .zero, text: "everything"
  )
  private static let partitions = Option<Bool>.flag(
    "by-partition", nil, "Print a receipt for each partition, not only for each topic.")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print one JSON object: window, receipts, digest, gaps.")

  static let command = Command(
    "audit", "prove that every record was decided exactly once, or name the first gap",
    details: [
      "Reads the topics as they are: each committed record of feedback, incidents, case-updates and remedies has to "
        + "have one signal or one dead letter, each signal one record of the case-journal, and each task's journal no "
        + "number missing or doubled; each record of claims one answer on delegations, each claim its answers in "
        + "order and one terminal one, and each answer its case told. The tasks' own counters have to say the same. What no worker has read yet is "
        + "told as waiting; it is no gap.",
      "The digest is a SHA-256 over all receipts: audits of one window that ended in the past agree in it. Exit code "
        + "1 when there is a gap.",
    ],
    options: [
      OptionGroup("Options", [from.spec, until.spec, last.spec, partitions.spec, json.spec]),
      ClusterOptions.kafkaGroup,
    ],
    examples: [
      Example("answerable audit", "Everything the topics still hold."),
      Example("answerable audit --last 1h", "The last hour."),
      Example(
        "answerable audit --from 2026-03-02 --until 2026-03-03 --json", "One day, for a script to keep."),
    ],
    body: Failures.told { invocation, terminal in
      guard invocation.given(last) == nil || invocation.given(from) == nil else {
        throw UsageError("say --from or --last, not both", command: "answerable audit")
      }
      let cluster = try Cluster.reached(invocation, terminal)
      let admin = try Admin(cluster.configuration)
      defer { admin.close() }
      var progress = Progress("reading", terminal)
      let audit = Audit(
        try cluster.log, prefix: cluster.prefix, sources: AuditSources(admin)
      ) { progress.update($0) }
      let now = Settings.now
      let since = invocation.given(last).map { now &- $0.milliseconds } ?? invocation[from]
      let report = try audit.run(since: since, until: invocation[until], now: now)
      progress.finish()
      if invocation[json] {
        terminal.out.line(try JSONLine.text(AuditJSON(report)))
      } else {
        AuditText(terminal.out).print(report, byPartition: invocation[partitions])
      }
      return report.isProven ? .success : .negative
    })
}
