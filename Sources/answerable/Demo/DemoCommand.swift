// Owns `demo`: its options, where it finds the policy, and how it ends.
import Console
import Foundation
import Policy

enum DemoCommand {
  private static let seed = Option<Int>.integer(
    "seed", nil, "N", "Which week: the same number gives the same week, on every machine.", in: 0...Int.max,
    default: 1)
  private static let all = Option<Bool>.flag(
    "all", "a", "Show every decision, one line each, instead of a choice.")
  private static let noPause = Option<Bool>.flag(
    "no-pause", nil, "Do not wait between lines. Without a terminal there are no pauses anyway.")
  private static let json = Option<Bool>.flag(
    "json", nil, "Print the summary as JSON; with --all, each committed record of intake before it.")

  static let command = Command(
    "demo", "play a week of hotels and offices through the real workers, without Kafka",
    details: [
      "Some twelve thousand events of a made-up group of hotels and offices, in English and French, go through the "
        + "workers of all roles on a log in memory. What is shown was committed by them: who answers for each event, how "
        + "much it matters and why, who is told when nobody moves, what was refused, a change of policy on Thursday, "
        + "and a worker that is killed on Wednesday. Staff act on the cases that are given to them, most in time. At the "
        + "end, everything that came in is counted against everything that was decided.",
      "The policy is Config/policy of this folder, else the one that ships beside the binary's sources. Change it, play "
        + "the same week again, and see what it changes.",
    ],
    options: [
      OptionGroup("Options", [seed.spec, PolicyFolders.option.spec, all.spec, noPause.spec, json.spec])
    ],
    examples: [
      Example("answerable demo", "Half a minute of reading."),
      Example("answerable demo --seed 7 --no-pause", "Another week, at once."),
      Example("answerable demo --all | grep \"→ billing\"", "All that billing answers for."),
      Example("answerable demo --json | jq .edges", "Where it was felt, and where it was caused."),
    ],
    body: Failures.told { invocation, terminal in
      let folder = try folder(invocation)
      let check = PolicyFolderCheck(folder: folder)
      _ = try check.sound(terminal)
      StopSignals.listen { _ in }
      var demo = Demo(seed: UInt64(invocation[seed]), folder: folder)
      demo.showsAll = invocation[all]
      demo.asJSON = invocation[json]
      demo.seconds = terminal.out.isTerminal && !invocation[noPause] ? Pace.week : 0
      let summary = try demo.run(check.check, terminal.out)
      if demo.asJSON {
        terminal.out.line(try JSONLine.text(summary))
      } else {
        SummaryText(stream: terminal.out).print(summary)
      }
      return summary.isClean ? .success : .software
    })

  /// The folder given, else `Config/policy` here, else the one of the package that the binary was built in.
  private static func folder(_ invocation: Invocation) throws(Failure) -> String {
    if let given = invocation[PolicyFolders.option] {
      guard isFolder(given) else {
        throw Failure(
          "\(given): is no folder with a policy",
          advice: "Config/policy of a checkout is one; --policy DIR names another.", code: .noInput)
      }
      return given
    }
    if isFolder(PolicyFolders.usual) { return PolicyFolders.usual }
    var place = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    while place.path.count > 1 {
      let folder = place.appendingPathComponent(PolicyFolders.usual).path
      if isFolder(folder) { return folder }
      place.deleteLastPathComponent()
    }
    throw Failure(
      "no policy found: there is no \(PolicyFolders.usual) here, nor above the binary",
      advice: "Name one with --policy DIR, or start in a checkout of answerable.", code: .noInput)
  }
}
