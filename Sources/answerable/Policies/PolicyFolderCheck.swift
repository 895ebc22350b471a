// Owns how the check of a policy's folder reads: each mistake with its place, and what was checked.
import Console
import Policy

/// A checked folder.
struct PolicyFolderCheck {
  let folder: String
  let check: PolicyCheck

  /// With `now`, also what runs out soon after it.
  init(folder: String, allOverlaps: Bool = false, now: Int64? = nil) {
    self.folder = folder
    check = PolicyLoader.load(folder: folder, allOverlaps: allOverlaps, now: now)
  }

  /// Every finding on a line of its own, as editors and CI jump to it, and below it events that show it.
  func print(to stream: TextStream) { print(check.findings, to: stream) }

  func print(_ findings: [Finding], to stream: TextStream) {
    for finding in findings { print(finding, to: stream) }
  }

  /// How things are without being mistakes: what is left to defaults, what no rule takes, where the order of rules decides.
  func printNotes(to stream: TextStream) {
    for note in check.notes { print(note, to: stream) }
  }

  private func print(_ finding: Finding, to stream: TextStream) {
    stream.line(line(finding, stream))
    for example in finding.examples {
      // Which of several rules takes it.
      let taker = finding.examples.count > 1 ? " goes to \(example.rule)" : ""
      stream.line(TextWidth.printable("    for example \(example.event)\(taker)"))
    }
  }

  private func line(_ finding: Finding, _ stream: TextStream) -> String {
    let text = TextWidth.printable(finding.description)
    // The place as an editor opens it from here.
    let place = finding.file == folder || folder == "." ? "" : "\(folder)/"
    let level = finding.level == .error ? stream.styled("error", .red, .bold) : ""
    let mark = level.isEmpty ? "" : "\(level) "
    return stream.hasColor ? "\(mark)\(place)\(text)" : "\(place)\(text)"
  }

  /// `2 errors, 1 warning · 214 rules, 38 teams: every event has one owner, except where said above`
  var summary: String {
    let errors = check.errors.count
    let warnings = check.warnings.count
    var text = "\(count(errors, "error")), \(count(warnings, "warning"))"
    guard let proof = check.proof else {
      return text + " · nothing is proven of a policy that cannot be read"
    }
    text += " · \(count(proof.rules, "rule")), \(count(proof.teams, "team")): every event has one owner"
    if !check.findings.isEmpty { text += ", except where said above" }
    return text
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number == 0 ? "no" : "\(number)") \(noun)\(number == 1 ? "" : "s")"
  }

  /// Throws when the folder cannot be read: that is no answer about a policy.
  func readable() throws(Failure) {
    guard exists(folder) else { throw Failure("\(folder): there is no such folder", code: .noInput) }
    guard isFolder(folder) else {
      throw Failure("\(folder): is a file, and a policy is a folder of files", code: .noInput)
    }
  }

  /// The policy. Prints what was found and throws when a finding forbids it.
  func sound(_ terminal: Terminal) throws(Failure) -> PolicyDocument {
    try one(check.document, terminal)
  }

  /// The policy, also when rules of it can never win: who asks why has that question.
  func explainable(_ terminal: Terminal) throws(Failure) -> PolicyDocument {
    try one(check.explainable, terminal)
  }

  private func one(_ document: PolicyDocument?, _ terminal: Terminal) throws(Failure) -> PolicyDocument {
    try readable()
    print(to: terminal.err)
    guard let document else {
      throw Failure("\(folder): the policy has mistakes: \(summary)", code: .negative)
    }
    return document
  }
}

extension PolicyDocument {
  /// Rules of ownership, each row of a table as one.
  var ruleCount: Int {
    func count(_ rules: [Rule]) -> Int {
      rules.reduce(0) { $0 + ($1.lookup?.rows.count ?? 1) + count($1.rules) }
    }
    return count(rules)
  }
}

/// Where policies are looked for.
enum PolicyFolders {
  static let option = Option<String?>.text(
    "policy", nil, "DIR", "The policy's folder.", completion: .directory)

  static let usual = "Config/policy"

  /// The folder named as an argument, else by the option, else `Config/policy` if there is one, else this folder.
  static func folder(_ invocation: Invocation) -> String {
    plain(invocation.arguments.first ?? named(invocation))
  }

  /// The folder named by the option, else `Config/policy` if there is one, else this folder.
  static func named(_ invocation: Invocation) -> String {
    plain(invocation[option] ?? (exists(usual) ? usual : "."))
  }

  private static func plain(_ path: String) -> String {
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }
}
