// Owns `check`: is this policy sound, and has every event one owner? Without Kafka, for an author and for CI.
import Console
import Policy

enum CheckCommand {
  private static let json = Option<Bool>.flag(
    "json", nil,
    "Print one JSON object: findings and notes (level, file, line, column, path, message, examples), rules and "
      + "teams of a policy that could be read, and the revision of one without errors.")
  private static let strict = Option<Bool>.flag(
    "strict", nil, "Warnings count as mistakes.")

  private static let verbose = Option<Bool>.flag(
    "verbose", "v", "Also say where two rules match the same events, so that their order decides.")

  private static let at = Settings.time(
    "at", "As if it were then; without it, holidays that end less than 12 months from now are warned of")
  private static let against = Option<String?>.text(
    "against", nil, "DIR",
    "Also refuse what may not change between this policy and the one in that folder, as `policy publish` does between "
      + "all that were published: the root and currency of a budget.", completion: .directory)

  static let command = Command(
    "check", "check a policy: all mistakes at once, each with its place",
    details: [
      "Reads the folder as `policy publish` does and says everything that is wrong as file:line:column: path: what "
        + "is wrong and what is allowed.",
      "Then proves, over everything that the rules can tell apart, that every event has one owner: which rules can "
        + "never win and what takes everything they match, and what no rule takes. It is a proof, not a sample; the "
        + "event shown with a finding is one that `explain` confirms.",
      "Exit code 0: sound. 1: warnings, with --strict. 2: errors; such a policy cannot be published. 66: there is no "
        + "such folder.",
    ],
    options: [
      OptionGroup(
        "Options",
        [PolicyFolders.option.spec, against.spec, strict.spec, verbose.spec, at.spec, json.spec])
    ],
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
      let folder = PolicyFolderCheck(
        folder: PolicyFolders.folder(invocation), allOverlaps: invocation[verbose],
        now: invocation[at] ?? Settings.now)
      try folder.readable()
      let check = folder.check
      let contradictions = try contradictions(of: check, invocation[against], terminal)
      if invocation[json] {
        terminal.out.line(
          try JSONLine.text(
            Document(
              findings: check.findings + contradictions, notes: check.notes,
              revision: check.document?.revision,
              rules: check.proof?.rules, teams: check.proof?.teams)))
      } else {
        folder.print(to: terminal.out)
        folder.print(contradictions, to: terminal.out)
        folder.printNotes(to: terminal.out)
        let isSound = check.document != nil && contradictions.isEmpty
        let mark =
          isSound ? terminal.out.styled("✓", .green, .bold) : terminal.out.styled("✗", .red, .bold)
        let contradicted = contradictions.isEmpty ? "" : " · contradicts \(invocation[against] ?? "")"
        terminal.out.line("\(mark) \(folder.summary)\(contradicted)")
      }
      if !check.errors.isEmpty || !contradictions.isEmpty { return .findings }
      return invocation[strict] && !check.warnings.isEmpty ? .negative : .success
    })

  /// Those of an earlier policy that this one, if it is sound, contradicts.
  private static func contradictions(
    of check: PolicyCheck, _ earlier: String?, _ terminal: Terminal
  ) throws(Failure) -> [Finding] {
    guard let earlier else { return [] }
    let published = try PolicyFolderCheck(folder: earlier).sound(terminal)
    return check.document?.contradictions(of: [published], files: check.files) ?? []
  }

  private struct Document: Encodable {
    var findings: [Finding]
    var notes: [Finding]
    var revision: String?
    var rules: Int?
    var teams: Int?
  }
}
