// Owns `check`: is this policy sound? Without Kafka, for an author and for CI.
import Console
import Policy

enum CheckCommand {
  private static let json = Option<Bool>.flag(
    "json", nil,
    "Print one JSON object: findings (level, file, line, column, path, message), and of a policy without errors "
      + "its revision, rules and teams.")
  private static let strict = Option<Bool>.flag(
    "strict", nil, "Warnings count as mistakes.")

  static let command = Command(
    "check", "check a policy: all mistakes at once, each with its place",
    details: [
      "Reads the folder as `policy publish` does and says everything that is wrong as file:line:column: path: what "
        + "is wrong and what is allowed. Exit code 0: it can be published. 1: it cannot."
    ],
    options: [OptionGroup("Options", [PolicyFolders.option.spec, strict.spec, json.spec])],
    positionals: [
      Positional(
        "DIR", "The policy's folder; else --policy, else Config/policy, else this folder.", .optional,
        completion: .directory)
    ],
    examples: [
      Example("answerable check", "Checks Config/policy."),
      Example("answerable check --strict --json policy | jq .findings", "For CI, warnings included."),
    ],
    body: { invocation, terminal in
      let folder = PolicyFolderCheck(folder: PolicyFolders.folder(invocation))
      if invocation[json] {
        terminal.out.line(
          try JSONLine.text(
            Document(
              findings: folder.check.findings, revision: folder.check.document?.revision,
              rules: folder.check.document?.ruleCount, teams: folder.check.document?.teams.count)))
      } else {
        folder.print(to: terminal.out)
        let isSound = folder.check.document != nil
        let mark =
          isSound ? terminal.out.styled("✓", .green, .bold) : terminal.out.styled("✗", .red, .bold)
        terminal.out.line("\(mark) \(folder.summary)")
      }
      let isRefused = folder.check.document == nil || invocation[strict] && !folder.check.findings.isEmpty
      return isRefused ? .negative : .success
    })

  private struct Document: Encodable {
    var findings: [Finding]
    var revision: String?
    var rules: Int?
    var teams: Int?
  }
}
