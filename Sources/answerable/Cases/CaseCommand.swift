// Owns `case`: how a case stands and how it came to that, read from the topics.
import Console
import Events
import Privacy
import Roles
import Secrets
import Streams

enum CaseCommand {
  private static let subject = Option<String?>.text(
    "subject", nil, "KIND:ID", "The cases of this subject, as events name it; needs the deployment's secret.")
  private static let at = Settings.time("at", "As it stood then")
  private static let audience = Option<Audience>.choice(
    "as", nil, "AUDIENCE",
    "For whom: the frontline sees no points and no rules, an executive no persons and no words of theirs.",
    default: .owner)
  private static let json = Option<Bool>.flag(
    "json", nil,
    "Print the records as they stand: assignment, escalations, journal, answers, one JSON object a line.")

  static let command = Command(
    "case", "show how a case stands, and how it came to that",
    details: [
      "Reads assignments, escalations, the case-journal and delegations: whose the case is, its clocks and what comes "
        + "next, what its remedies were answered, then every decision about it with its reason. The journal, escalations and answers are kept for thirty days; an assignment "
        + "until its case has left the state. Exit code 1 when nothing about it is there.",
      "With --subject, the subject's key is made with the secret on this machine; its id is sent nowhere.",
    ],
    options: [
      OptionGroup("Options", [subject.spec, at.spec, audience.spec, json.spec]), ClusterOptions.secretGroup,
      ClusterOptions.kafkaGroup,
    ],
    positionals: [Positional("CASE", "The case's id, as assignments and signals carry it.", .optional)],
    examples: [
      Example("answerable case c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1", "How it stands."),
      Example("answerable case --subject customer:guest-77120", "All cases of a guest."),
      Example("answerable case c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1 --as executive --at 2d", "Two days ago."),
    ],
    body: Failures.told { invocation, terminal in
      let id = invocation.arguments.first
      guard (id != nil) != (invocation[subject] != nil) else {
        throw UsageError("say which: a case's id, or --subject KIND:ID", command: "answerable case")
      }
      let key = try invocation[subject].map { try subjectKey($0, invocation) }
      let cluster = try Cluster.reached(invocation, terminal)
      let folder = CaseFolder(try cluster.log, prefix: cluster.prefix)
      let ids = try id.map { [$0] } ?? folder.cases(of: key ?? "")
      let files = try ids.map { try folder.file($0, at: invocation[at]) }.filter { !$0.isEmpty }
      guard !files.isEmpty else { throw missing(id, invocation[at], cluster) }
      for file in files {
        if invocation[json] {
          for line in try file.lines(for: invocation[audience]) { terminal.out.line(line) }
        } else {
          CaseFileText(terminal.out, audience: invocation[audience], now: invocation[at] ?? Settings.now)
            .print(file)
        }
      }
      return .success
    })

  private static func subjectKey(_ word: String, _ invocation: Invocation) throws -> String {
    guard let name = SubjectName(word) else {
      throw UsageError("--subject: \(SubjectName.form)", command: "answerable case")
    }
    let keys = try SubjectKeyMaker(secret: Cluster.secret(invocation))
    var key: [UInt8] = []
    try Array(name.kind.utf8).withUnsafeBytes { kind in
      try Array(name.id.utf8).withUnsafeBytes { id in try keys.key(kind: kind, id: id, into: &key) }
    }
    return String(decoding: key, as: UTF8.self)
  }

  private static func missing(_ id: String?, _ moment: Int64?, _ cluster: Cluster) -> Failure {
    let prefix = cluster.prefix.isEmpty ? "no prefix" : "prefix \(cluster.prefix)"
    let what = id == nil ? "case of this subject" : "such case"
    return Failure(
      moment.map { "there was no \(what) at \(RFC3339.string($0))" } ?? "there is no \(what)",
      advice:
        "Closed cases leave when they cannot be opened again, journals after thirty days, erased ones at once. "
        + "Is it this deployment (--prefix; here \(prefix)), and this secret?", code: .negative)
  }
}
