// Owns `test`: suites of what a policy should do, played through the roles in memory, for an author and for CI.
import Console
import Events
import Foundation
import Policy

enum TestCommand {
  private static let filter = Option<String?>.text(
    "filter", nil, "TEXT", "Only cases whose suite or name holds this text, whatever its case.")
  private static let junit = Option<String?>.text(
    "junit", nil, "FILE", "Also write the results as JUnit XML.", completion: .file)

  static let command = Command(
    "test", "play suites: what a policy should decide, and when it should tell whom",
    details: [
      "A suite is a YAML file of cases: events that are given at times, and what is expected of the decisions, the "
        + "cases and their escalations. Every case is played through the roles that also run on a Kafka, on a log in "
        + "memory and a clock that is moved by hand: what passes here is what will be decided.",
      "Without SUITE, all of tests/*.yaml in the policy's folder; SUITE may be a folder of suites too, or that of a "
        + "policy, whose own suites are then played by it. A suite may name another policy, relative to its own folder. "
        + "The folder tests/ of Config/policy teaches the form.",
      "Exit code 0: all cases pass. 1: at least one fails. 2: a suite has mistakes, and nothing was played. 66: there is "
        + "no such file.",
    ],
    options: [OptionGroup("Options", [PolicyFolders.option.spec, filter.spec, junit.spec])],
    positionals: [
      Positional(
        "SUITE", "Suites to play, or folders of them; else those of the policy's folder.", .any,
        completion: .file)
    ],
    examples: [
      Example("answerable test", "All suites of Config/policy."),
      Example("answerable test --filter leak --policy policy", "Only what is about leaks."),
      Example("answerable test policies/lyon", "The suites of another policy, by that policy."),
      Example("answerable test --junit results.xml", "For CI."),
    ],
    body: Failures.told { invocation, terminal in
      let folder = PolicyFolders.named(invocation)
      let files = try files(invocation.arguments, folder)
      var shelf = PolicyShelf(folder: folder, terminal)
      let findings = Findings()
      var suites: [LoadedSuite] = []
      for file in files { suites += try load(file, &shelf, findings).map { [$0] } ?? [] }
      for finding in findings.sorted { terminal.err.line(TextWidth.printable(finding.description)) }
      guard !findings.hasErrors else {
        let count = findings.sorted.count { $0.level == .error }
        throw Failure(
          "\(count) mistake\(count == 1 ? "" : "s") in suites: nothing was played", code: .findings)
      }
      if let word = invocation[filter] {
        suites = suites.map { $0.only(word) }.filter { !$0.suite.cases.isEmpty }
        guard !suites.isEmpty else { throw Failure("no case is about \"\(word)\"", code: .negative) }
      }
      let report = SuiteReport(stream: terminal.out)
      var results: [(suite: Suite, results: [SuiteCaseResult])] = []
      for suite in suites {
        let run = SuiteRun(policy: suite.policy.record, compiled: suite.policy.compiled)
        let played = try suite.suite.cases.map(run.play)
        report.print(suite.suite, played)
        results.append((suite.suite, played))
      }
      report.sum(results.map(\.results))
      if let path = invocation[junit] { try write(JUnit.text(results), path) }
      return results.contains { $0.results.contains { !$0.failures.isEmpty } } ? .negative : .success
    })

  private struct LoadedSuite {
    var suite: Suite
    var policy: PolicyShelf.Loaded

    func only(_ word: String) -> Self {
      if suite.name.localizedCaseInsensitiveContains(word) { return self }
      var copy = self
      copy.suite.cases = suite.cases.filter { $0.name.localizedCaseInsensitiveContains(word) }
      return copy
    }
  }

  private struct SuiteFile {
    var path: String
    /// The policy's folder that it stands in; nil of a suite that was named by itself.
    var home: String?
  }

  /// The files named, else those of the policy's folder.
  private static func files(_ named: [String], _ folder: String) throws(Failure) -> [SuiteFile] {
    var files: [SuiteFile] = []
    for path in named.isEmpty ? ["\(folder)/tests"] : named {
      guard isFolder(path) else {
        guard exists(path) else {
          throw Failure(
            "\(path): there is no such file\(named.isEmpty ? " or folder" : "")",
            advice: named.isEmpty
              ? "Suites are looked for in tests/ of the policy's folder; name others, or another --policy DIR."
              : "",
            code: .noInput)
        }
        files.append(SuiteFile(path: path))
        continue
      }
      // Files of a policy are no suites: whoever names its folder means its tests.
      let isPolicy = isFolder("\(path)/tests")
      let suites = isPolicy ? "\(path)/tests" : path
      let found = names(in: suites).filter { $0.hasSuffix(".yaml") }
      guard !found.isEmpty else { throw Failure("\(suites): holds no suite (*.yaml)", code: .noInput) }
      files += found.map { SuiteFile(path: "\(suites)/\($0)", home: isPolicy ? path : nil) }
    }
    return files
  }

  private static func load(_ file: SuiteFile, _ shelf: inout PolicyShelf, _ findings: Findings) throws
    -> LoadedSuite?
  {
    let path = file.path
    guard let text = TextFile.bytes(path) else { throw Failure("\(path): cannot be read", code: .noInput) }
    guard let (head, cases) = SuiteReader.head(path, text, findings) else { return nil }
    var suite = head
    let policy = try shelf.policy(suite.policy, of: path, home: file.home)
    suite.cases = SuiteReader.cases(cases, policy.record.document, findings)
    return LoadedSuite(suite: suite, policy: policy)
  }

  private static func write(_ text: String, _ path: String) throws(Failure) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw Failure("\(path): cannot be written", code: .io)
    }
  }
}
