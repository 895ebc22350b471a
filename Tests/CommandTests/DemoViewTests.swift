// Owns the guarantees of what the demo shows: the same for the same seed, plain without colour, within the terminal.
import Console
import Foundation
import Policy
import Testing

@testable import answerable

struct DemoViewTests {
  /// What the view prints of a week that was played.
  private static func output(width: Int = 100, hasColor: Bool = false, showsAll: Bool = false) throws
    -> String
  {
    let played = try DemoReplayTests.week.get()
    let stream = TextStream.memory(hasColor: hasColor, width: width)
    var view = WeekView(stream, showsAll: showsAll)
    view.open(events: played.world.records.count, seed: played.world.seed, folder: "Config/policy")
    for day in played.days { view.show(day) }
    SummaryText(stream: stream).print(summary(played))
    return stream.text
  }

  private static func summary(_ played: DemoReplayTests.Played) -> Summary {
    Summary(
      seed: played.world.seed, end: WeekTime.end, referee: played.referee,
      cases: CaseReferee(played.log, played.cases), aborted: played.uncommitted,
      milliseconds: 0)
  }

  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test func theSameSeedGivesTheSameOutput() throws {
    let policy = PolicyLoader.load(folder: DemoReplayTests.policyFolder)
    let outputs = try (0..<2).map { _ in
      let stream = TextStream.memory()
      // A clock that stands still: what a week took is no part of it.
      let demo = Demo(seed: 5, folder: "Config/policy", now: { 0 })
      SummaryText(stream: stream).print(try demo.run(policy, stream))
      return stream.text
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0] == (try Self.output()))
  }

  @Test func withoutColourThereIsNoEscapeByte() throws {
    #expect(!(try Self.output()).utf8.contains(0x1B))
  }

  @Test func withColourTheTextIsTheSame() throws {
    let coloured = try Self.output(hasColor: true)
    #expect(coloured.utf8.contains(0x1B))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == (try Self.output()))
  }

  @Test(arguments: [40, 71, 80, 160])
  func noLineIsWiderThanTheTerminal(width: Int) throws {
    for line in Self.lines(try Self.output(width: width)) {
      #expect(TextWidth.columns(line) <= width, "\(line)")
    }
  }

  @Test func allShowsEveryDecisionOnALineOfItsOwn() throws {
    let text = try Self.output(width: 120, showsAll: true)
    let played = try DemoReplayTests.week.get()
    let lines = Self.lines(text).filter { line in
      WeekTime.weekdays.contains { line.hasPrefix("\($0) ") }
    }
    // A policy on Monday and on Thursday; a worker that is killed, replaced, and back.
    #expect(lines.count == played.decisions.count + played.cases.escalations.count + 5)
  }

  @Test func aChoiceShowsEveryDayAndWhyOncePerDay() throws {
    let text = try Self.output()
    for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] {
      #expect(text.contains("── \(day) "))
    }
    #expect(Self.lines(text).count { $0.contains("  why ") } >= 7)
    #expect(text.contains("✗ "))
    #expect(Self.lines(text).count { $0.contains("↑ ") } >= 7)
    #expect(Self.lines(text).count { $0.contains("✓ ") } >= 7)
    #expect(text.contains("Geneva settles invoices"))
    #expect(text.contains("\(MidweekChange.table):"))
  }

  @Test func everyReasonAddsUpToItsScore() throws {
    let played = try DemoReplayTests.week.get()
    for case let assessment? in played.decisions.map(\.assessment) {
      let sum = assessment.contributions.reduce(0) { $0 + $1.points }
      #expect(assessment.score == min(100, max(0, sum)))
    }
  }

  @Test func theSummaryAsJSONSaysWhatTheSummaryInWordsSays() throws {
    let summary = Self.summary(try DemoReplayTests.week.get())
    let json = Data(try JSONLine.text(summary).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(object["signals"] as? Int == summary.referee.signals)
    #expect(object["lost"] as? Int == 0)
    #expect(object["doubled"] as? Int == 0)
    #expect((object["cases"] as? [String: Int])?["opened"] == summary.cases.opened)
    #expect((object["escalations"] as? [String: Int]) == summary.cases.escalations)
    #expect((object["journalled"] as? [String: Int])?["lost"] == 0)
    #expect((object["teams"] as? [[String: Any]])?.count == summary.referee.load.teams.count)
  }
}

struct DemoCommandTests {
  private static func run(_ words: String...) -> (code: ExitCode, out: String, err: String) {
    let terminal = Terminal(out: .memory(), err: .memory())
    let code = Application(root: Program.root, environment: [:]).run(["demo"] + words, terminal)
    return (code, terminal.out.text, terminal.err.text)
  }

  @Test func aFolderThatIsNoneIsNamedAndEndsWith66() {
    let (code, out, err) = Self.run("--policy", "/nowhere/policy")
    #expect(code == .noInput)
    #expect(out.isEmpty)
    #expect(
      err == """
        answerable: /nowhere/policy: is no folder with a policy
        Config/policy of a checkout is one; --policy DIR names another.

        """)
  }

  @Test func aPolicyWithMistakesIsNotPlayed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("teams: {}\n".utf8).write(to: folder.appending(path: "teams.yaml"))
    let (code, out, err) = Self.run("--policy", folder.path)
    #expect(code == .negative)
    #expect(out.isEmpty)
    #expect(err.contains("\(folder.path)/ownership.yaml: is missing"))
  }

  @Test func aSeedThatIsNoNumberIsRefused() {
    let (code, _, err) = Self.run("--seed", "monday")
    #expect(code == .usage)
    #expect(err.contains("monday"))
  }
}
