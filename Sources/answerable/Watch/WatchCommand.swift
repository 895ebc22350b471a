// Owns `watch`: what comes out, as a person reads it.
import Console
import Events
import Roles
import Streams

enum WatchCommand {
  private static let from = Settings.from(
    "Where to begin: earliest, latest, or \(Settings.timeForms).", default: .latest, text: "latest")
  private static let count = Option<Int>.integer(
    "count", "n", "N", "End after this many records.", in: 1...Int.max, default: Int.max,
    defaultText: "until Ctrl-C")
  private static let ended = Option<Bool>.flag("no-follow", nil, "End at what is there now.")
  private static let owner = Option<String?>.text(
    "owner", nil, "TEAM", "Only what this team answers for: signals, assignments, escalations, the journal.")
  private static let caseID = Option<String?>.text(
    "case", nil, "ID", "Only what is about this case, and the signals of its subject.")
  private static let marks = Option<Bool>.flag(
    "marks", nil, "Show marks too: how far intake has read what people do.")
  private static let json = Option<Bool>.flag("json", nil, RecordJSON.summary)
  private static let journal = "journal"
  private static let usual: [Topic] = [.signals, .deadLetters]

  static let command = Command(
    "watch", "show decisions as they are made",
    details: [
      "Prints signals and dead letters, or the topics named, as they are committed: assignments (who answers for a "
        + "case now), escalations (each step up, and why), case-journal (every decision, the NO included), delegations "
        + "(what remedies were answered: what failed, what passes, who can say yes). `journal` stands for case-journal. Records of one partition come in order. Times are UTC."
    ],
    options: [
      OptionGroup(
        "Options", [from.spec, count.spec, ended.spec, owner.spec, caseID.spec, marks.spec, json.spec]),
      ClusterOptions.kafkaGroup,
    ],
    positionals: [
      Positional(
        "TOPIC", "Topics to watch; without one, signals and dead-letters.", .any,
        allowed: Topic.allCases.map(\.rawValue) + [journal])
    ],
    examples: [
      Example("answerable watch", "Every decision from now on."),
      Example(
        "answerable watch signals --from 1h --json | jq .value.owner", "Who got what in the last hour."),
      Example("answerable watch escalations --owner billing", "What billing is told from now on."),
      Example("answerable watch delegations --owner billing", "What its people are answered about remedies."),
      Example("answerable watch --from earliest --no-follow", "Everything there is."),
    ],
    body: Failures.told { invocation, terminal in
      StopSignals.listen { _ in }
      let cluster = try Cluster.reached(invocation, terminal)
      let named = invocation.arguments.compactMap { $0 == journal ? .caseJournal : Topic(rawValue: $0) }
      let topics = named.isEmpty ? usual : named
      let view = RecordPrinter(terminal.out, asJSON: invocation[json])
      var left = invocation[count]
      let byName = Dictionary(uniqueKeysWithValues: topics.map { (cluster.name($0), $0) })
      let filter = RecordFilter(
        owner: invocation[owner], caseID: invocation[caseID], showsMarks: invocation[marks])
      let body: (ScannedRecord) -> Bool = { record in
        guard filter.shows(record) else { return !terminal.out.isBroken && !StopSignals.isRequested }
        if let topic = byName[record.partition.topic] { view.print(record, topic) }
        terminal.out.flush()
        left -= 1
        return left > 0 && !terminal.out.isBroken && !StopSignals.isRequested
      }
      let start: RecordScan<KafkaLog>.Start =
        switch invocation[from] {
        case .earliest: .earliest
        case .latest: .latest
        case .time(let time): .time(time)
        }
      let scan = RecordScan(try cluster.log)
      let names = topics.map(cluster.name)
      if invocation[ended] {
        try scan.read(names, from: start, body)
      } else {
        if terminal.err.isTerminal {
          terminal.err.line("watching \(names.joined(separator: ", ")); Ctrl-C ends")
        }
        try scan.follow(
          names, from: start, until: { StopSignals.isRequested || terminal.out.isBroken }, body)
      }
      return .success
    })
}
