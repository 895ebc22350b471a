// Owns the guarantees of `simulate`: everything that came in was decided, in the order in which it happened, each time alike.
import Console
import Events
import Foundation
import Testing

@testable import answerable

@Suite struct SimulateCommandTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  static func simulate(_ words: String...) -> CommandRun {
    CommandRun(["simulate", "--policy", Shipped.policy] + words)
  }

  private func feedback(_ id: String, _ time: String) -> String {
    #"{"id":"\#(id)","occurredAt":"\#(time)","source":"s","subject":{"kind":"customer","id":"\#(id)"},"text":"t"}"#
  }

  @Test func eventsOfAllFilesComeInTheOrderInWhichTheyHappened() throws {
    let one = try scratch.file(
      "feedback-1.ndjson",
      [feedback("c", "2026-03-02T09:00:00Z"), "nonsense", feedback("a", "2026-03-02T07:00:00Z")].joined(
        separator: "\n"))
    let two = try scratch.file("feedback-2.ndjson", "nonsense\n" + feedback("b", "2026-03-02T08:00:00Z"))
    let events = try EventsToPlay.read([
      EventFile(path: one, kind: .feedback), EventFile(path: two, kind: .feedback),
    ])
    #expect(events.map(\.name) == ["a", "", "b", "c", ""])
    #expect(events.map(\.place.last) == ["3", "1", "2", "1", "2"])
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.at <= $1.at })
  }

  @Test func aCaseThatNoEventOpenedIsSaidAndTheRestIsPlayed() throws {
    let act =
      #"{"id":"act-1","occurredAt":"2026-03-02T09:00:00Z","source":"s","case":"@fb-9","actor":{"team":"billing"},"act":"acknowledge"}"#
    let path = try scratch.file("case-updates.ndjson", act)
    let run = Self.simulate("\(Shipped.events)/feedback.ndjson", path)
    #expect(run.code == .negative)
    #expect(
      run.err.contains("case-updates.ndjson:1: not played: names the case of \"fb-9\", and there is none"))
    #expect(run.out.contains("33 in"))
  }

  @Test func whatWasGivenIsToldByBudget() throws {
    let run = Self.simulate(Shipped.events)
    #expect(
      run.out.contains("repairs-lyon-1: 481.50 EUR left of 600 EUR, 118.50 EUR spent"),
      "\(run.out.suffix(900))")
    let sum = try #require(Self.simulate(Shipped.events, "--json").out.split(separator: "\n").last)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(sum.utf8)) as? [String: Any])
    let budgets = object["budgets"] as? [[String: Any]] ?? []
    let repairs = try #require(budgets.first { $0["budget"] as? String == "repairs-lyon-1" })
    #expect(repairs["left"] as? Int == 48_150 && repairs["spent"] as? Int == 11_850)
  }

  @Test func whoStandsInIsNamedWithWhoIsAwayAndARemedyThatIsTheEndOfItClosesItsCase() throws {
    let run = Self.simulate(Shipped.events, "--color", "never")
    let story = try #require(run.out.split(separator: "fb-0033").last)
    #expect(story.contains("closed  c-0fb72d955dc6090abc5604194c5a24c2-1-r1-d1"), "\(story.prefix(900))")
    #expect(story.contains("in name  receptionist-9 acts for duty-manager-3"))
    #expect(story.contains("a remedy was approved, and by the policy that is the end of it"))
    #expect(run.out.contains("goodwill-lyon-2: 1455 EUR left of 2000 EUR, 38 EUR held, 507 EUR spent"))
  }

  @Test func theClockStopsWhereItIsTold() throws {
    let path = try scratch.file(
      "feedback.ndjson",
      [feedback("a", "2026-03-02T07:00:00Z"), feedback("b", "2026-03-04T07:00:00Z")].joined(separator: "\n"))
    #expect(Self.simulate(path, "--until", "2026-03-03").out.contains("1 in"))
    #expect(Self.simulate(path).out.contains("2 in"))
    #expect(Self.simulate(path, "--until", "2026-03-01").code == .noInput)
  }

  @Test func theSameEventsLeaveTheSameBytes() {
    let runs = (0..<2).map { _ in Self.simulate(Shipped.events, "--json").out }
    #expect(runs[0] == runs[1])
    #expect(runs[0].split(separator: "\n").count > 91)
  }
}
