// Owns `policy`: what decides, published, shown, and how it came about.
import Console
import Foundation
import Kafka
import Policy
import Roles

enum PolicyCommand {
  static let command = Command(
    "policy", "publish a policy and look at those published",
    details: [
      "A published policy is a record on the policies topic; its offset is the epoch that every signal carries. "
        + "Workers follow the topic: a new policy decides within a second, without a restart."
    ],
    subcommands: [publish, show, history])

  private static let json = Option<Bool>.flag(
    "json", nil,
    "Print one JSON object for each policy: epoch, appendedAt, revision, by, note, and files (name, text) when "
      + "it is shown.")
  private static let publishJSON = Option<Bool>.flag(
    "json", nil, "Print one JSON object: epoch, revision, and whether it is new (published).")
  static let note = Option<String>.text(
    "note", nil, "TEXT", "Why, for those who read the history.", default: "")
  static let by = Option<String?>.text(
    "by", nil, "NAME", "Who publishes; without it, the user's name on this machine.")

  private static let publish = Command(
    "publish", "check a policy and put it in force",
    details: [
      "Appends nothing when the policy in force has the same content, and refuses one in which a budget moves to another "
        + "root or currency than it was published with."
    ],
    options: [
      OptionGroup("Options", [PolicyFolders.option.spec, note.spec, by.spec, publishJSON.spec]),
      ClusterOptions.kafkaGroup,
    ],
    positionals: [
      Positional(
        "DIR", "The policy's folder; else --policy, else Config/policy, else this folder.", .optional,
        completion: .directory)
    ],
    examples: [
      Example(
        "answerable policy publish Config/policy --note \"Lyon has its own billing\"", "Decides from now on.")
    ],
    body: Failures.told { invocation, terminal in
      let put = try put(PolicyFolders.folder(invocation), invocation, terminal)
      terminal.out.line(invocation[publishJSON] ? try JSONLine.text(put.document) : put.text)
      return .success
    })

  /// What came of publishing: for a person, and for a script.
  struct Put {
    struct Document: Encodable {
      var epoch: Int64
      var revision: String
      var published: Bool
    }
    var text: String
    var document: Document
  }

  /// Publishes a folder and says what came of it.
  static func put(_ folder: String, _ invocation: Invocation, _ terminal: Terminal, cluster: Cluster? = nil)
    throws -> Put
  {
    let check = PolicyFolderCheck(folder: folder, now: Settings.now)
    let document = try check.sound(terminal)
    let record = PolicyRecord(
      document, files: check.check.files, publishedAt: Settings.now,
      by: invocation[by] ?? NSUserName(), note: invocation[note])
    let revision = document.revision.prefix(12)
    do {
      switch try (cluster ?? Cluster.reached(invocation, terminal)).policies.publish(record) {
      case .published(let epoch):
        return Put(
          text: "published epoch \(epoch) (\(revision)) from \(folder): \(check.summary)",
          document: .init(epoch: epoch, revision: document.revision, published: true))
      case .unchanged(let epoch):
        return Put(
          text: "unchanged: epoch \(epoch) (\(revision)) is in force already",
          document: .init(epoch: epoch, revision: document.revision, published: false))
      }
    } catch let refusal as PolicyRefusal {
      check.print(refusal.findings, to: terminal.err)
      throw Failure(
        "\(folder): the policy contradicts one that was published before it",
        advice: "`answerable policy history` lists them, `answerable policy show EPOCH` prints one.",
        code: .negative)
    }
  }

  private static let show = Command(
    "show", "print a published policy: the one in force, or that of an epoch",
    options: [
      OptionGroup("Options", [at.spec, into.spec, json.spec]), ClusterOptions.kafkaGroup,
    ],
    positionals: [Positional("EPOCH", "Which; without it, the one in force.", .optional)],
    examples: [
      Example("answerable policy show --at 2026-03-02T09:00:00Z", "Which policy was in force then?"),
      Example("answerable policy show 17 --into old-policy", "Gets the files of epoch 17 back."),
    ],
    body: Failures.told { invocation, terminal in
      let policies = try Cluster.reached(invocation, terminal).policies
      let found: PublishedPolicy?
      if let word = invocation.arguments.first {
        guard let epoch = Int64(word) else {
          throw UsageError("EPOCH: \"\(word)\" is no epoch: a whole number, see `answerable policy history`")
        }
        found = try policies.history().first { $0.epoch == epoch }
      } else {
        found = try policies.inForce(at: invocation[at])
      }
      guard let found else {
        throw Failure(
          "there is no such policy", advice: "`answerable policy history` lists all that were published.",
          code: .negative)
      }
      if let folder = invocation[into] {
        try write(found.record.files, to: folder)
        terminal.out.line("wrote \(found.record.files.count) files of epoch \(found.epoch) to \(folder)")
      } else if invocation[json] {
        terminal.out.line(try JSONLine.text(Published(found, withFiles: true)))
      } else {
        printHead(found, terminal.out)
        for file in found.record.files {
          terminal.out.line()
          terminal.out.line(terminal.out.styled("# \(file.name)", .bold))
          for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
            terminal.out.line(TextWidth.printable(line))
          }
        }
      }
      return .success
    })

  static let at = Settings.time("at", "The policy that was in force then")
  private static let into = Option<String?>.text(
    "into", nil, "DIR", "Write the policy's files there instead of printing them.", completion: .directory)

  private static let history = Command(
    "history", "list every policy published, the newest first",
    options: [OptionGroup("Options", [json.spec]), ClusterOptions.kafkaGroup],
    body: Failures.told { invocation, terminal in
      let all = try Cluster.reached(invocation, terminal).policies.history().reversed()
      if invocation[json] {
        for policy in all { terminal.out.line(try JSONLine.text(Published(policy, withFiles: false))) }
        return .success
      }
      guard !all.isEmpty else {
        terminal.out.line("no policy was published yet: `answerable policy publish DIR` does")
        return .success
      }
      var table = Table([
        .init("epoch", alignRight: true, style: .bold), .init("published (UTC)"), .init("revision"),
        .init("by"), .init("note", isFlexible: true),
      ])
      for policy in all {
        table.add([
          "\(policy.epoch)", Clock.minute(policy.appendedAt), String(policy.record.revision.prefix(12)),
          policy.record.by, policy.record.note,
        ])
      }
      table.print(to: terminal.out)
      return .success
    })

  private static func printHead(_ policy: PublishedPolicy, _ stream: TextStream) {
    stream.line(
      "epoch \(stream.styled("\(policy.epoch)", .bold))   \(Clock.minute(policy.appendedAt)) UTC   "
        + "by \(TextWidth.printable(policy.record.by))   \(policy.record.revision.prefix(12))")
    if !policy.record.note.isEmpty { stream.line(TextWidth.printable(policy.record.note)) }
    stream.line(
      "\(policy.record.document.ruleCount) rules, \(policy.record.document.teams.count) teams, "
        + "\(policy.record.document.sites.count) sites")
  }

  private static func write(_ files: [SourceFile], to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files where !file.name.contains("/") {
        try file.text.write(toFile: "\(folder)/\(file.name)", atomically: true, encoding: .utf8)
      }
    } catch {
      throw Failure("\(folder): cannot be written: \(error.localizedDescription)", code: .io)
    }
  }

  private struct Published: Encodable {
    var epoch: Int64
    var appendedAt: String
    var revision: String
    var by: String
    var note: String
    var files: [SourceFile]?

    init(_ policy: PublishedPolicy, withFiles: Bool) {
      epoch = policy.epoch
      appendedAt = Clock.full(policy.appendedAt)
      revision = policy.record.revision
      by = policy.record.by
      note = policy.record.note
      files = withFiles ? policy.record.files : nil
    }
  }
}
