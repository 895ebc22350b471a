// Owns the guarantees of `test`: shipped suites pass, a failure names its place and the reason, slips are told, CI reads it.
import Console
import Events
import Foundation
import Streams
import Testing

@testable import answerable

@Suite struct SuiteCommandTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Plays one suite against the policy that ships.
  private func play(_ text: String, _ words: String...) throws -> CommandRun {
    CommandRun(["test", "--policy", Shipped.policy, try scratch.file("suite.yaml", text)] + words)
  }

  private static func suite(given: String, expect: String) -> String {
    "suite: S\ncases:\n  - name: one\n    given:\n      - \(given)\n    expect:\n      - \(expect)\n"
  }

  @Test func theShippedSuitesPass() {
    let run = CommandRun("test", "--policy", Shipped.policy)
    #expect(run.code == .success, "\(run.out)\(run.err)")
    #expect(run.lines.last?.contains("failed") == false)
  }

  // What users of the systems next door ask for and do not get; numbers are those of the list that the design keeps.

  @Test func fieldAsk01WhatHappensAtAGivenTimeIsTriedWithoutWaitingForIt() throws {
    // Saturday: the shift lead of billing hears of it when the team works, on Monday, and a suite may say so.
    let run = try play(
      Self.suite(
        given: "{ at: 2026-03-07T10:00:00Z, feedback: { id: fb-1, touchpoint: invoice, rating: nps 1 } }",
        expect: "{ event: fb-1, clocks: { acknowledge: 2026-03-09T09:00:00Z } }")
        + "      - { case: \"@fb-1\", no-escalation-before: 2026-03-09T09:00:00Z }\n"
        + "      - { case: \"@fb-1\", escalation: rung, at: 2026-03-09T09:00:00Z, rung: 1 }\n")
    #expect(run.code == .success, "\(run.out)\(run.err)")
  }

  @Test func fieldAsk02ASuiteThatFailsEndsACIRun() throws {
    let given = "feedback: { id: fb-1, touchpoint: invoice, rating: nps 1 }"
    #expect(try play(Self.suite(given: given, expect: "{ event: fb-1, owner: billing }")).code == .success)
    #expect(
      try play(Self.suite(given: given, expect: "{ event: fb-1, owner: front-desk }")).code == .negative)
    #expect(
      try play(Self.suite(given: given, expect: "{ event: fb-1, opens: false }")).code == .negative,
      "what must not happen is asserted too")
  }

  @Test func theShippedSuitesAreNoPartOfThePolicy() {
    let run = CommandRun("check", "--strict", Shipped.policy)
    #expect(run.code == .success, "\(run.out)")
  }

  @Test func aFailureNamesItsPlaceTheWinnerAndTheLosers() throws {
    let run = try play(
      Self.suite(
        given: "feedback: { id: fb-1, touchpoint: housekeeping, site: lyon-1, text: It is leaking }",
        expect: "{ event: fb-1, owner: housekeeping }"))
    #expect(run.code == .negative)
    for part in [
      "suite.yaml:7:31: fb-1: owner", "expected  housekeeping", "happened  building-technique",
      "rule      ownership.yaml:44", "because   words: leak*",
      "instead   housekeeping · ownership.yaml:54 matches too, but ownership.yaml:44 stands before it",
      "0 passed, 1 failed · 1 suite",
    ] {
      #expect(run.out.contains(part), "\(part)\n\(run.out)")
    }
  }

  /// A case of a guest in Lyon, and a remedy of it.
  private static func remedy(_ amount: String, expect: String) -> String {
    suite(
      given: "feedback: { id: fb-1, touchpoint: housekeeping, site: lyon-1, rating: nps 0 }", expect: expect
    )
    .replacing(
      "    expect:",
      with:
        "      - { at: +10m, remedy: { case: \"@fb-1\", by: technician-4, action: engage-repair, amount: \(amount) } }\n"
        + "    expect:")
  }

  @Test func anAnswerThatIsNotAsExpectedSaysWhatFailedWhatPassesAndWhoCan() throws {
    let run = try play(Self.remedy("400 EUR", expect: "{ remedy: remedy-1, answer: approved }"))
    #expect(run.code == .negative)
    for part in [
      "suite.yaml:8:37: remedy remedy-1: answer", "expected  approved", "happened  referred",
      "failed    400 EUR is above the 250 EUR that technician may give", "passes    250 EUR",
      "approvers duty-manager",
    ] { #expect(run.out.contains(part), "\(part)\n\(run.out)") }
  }

  @Test func aBalanceThatIsNotAsExpectedShowsWhatWasBooked() throws {
    let run = try play(
      Self.remedy("100 EUR", expect: "{ budget: repairs-lyon-1, left: 600.00 EUR, held: 0 EUR }"))
    #expect(run.code == .negative)
    for part in [
      "budget repairs-lyon-1: left", "expected  600 EUR", "happened  500 EUR", "100 EUR room → held",
    ] { #expect(run.out.contains(part), "\(part)\n\(run.out)") }
  }

  @Test(arguments: [
    ("400 EUR", "{ remedy: remedy-7, answer: approved }", "nothing that is given is called \"remedy-7\""),
    ("400 EUR", "{ remedy: remedy-1, answer: aproved }", "did you mean \"approved\"?"),
    ("400 EUR", "{ remedy: remedy-1, at: +1h }", "expects nothing: say one of answer"),
    ("400 EUR", "{ budget: repairs-lyon, left: 1 EUR }", "is no budget (did you mean \"repairs-lyon-1\"?)"),
    ("400 EUR", "{ budget: repairs-lyon-1, left: 600 }", "\"600\" has no currency; allowed: such as 600 EUR"),
    ("400 Euro", "{ remedy: remedy-1, answer: referred }", "unknown currency \"Euro\""),
  ])
  func aSlipAboutMoneyIsToldWithItsPlace(amount: String, expect: String, says: String) throws {
    let run = try play(Self.remedy(amount, expect: expect))
    #expect(run.code != .success && (run.out + run.err).contains(says), "\(run.out)\(run.err)")
  }

  @Test func aClaimOfARemedyThatIsNoneIsTold() throws {
    let run = try play(
      Self.suite(
        given: "feedback: { id: fb-1, touchpoint: housekeeping, site: lyon-1, rating: nps 0 }",
        expect: "{ event: fb-1, opens: true }"
      ).replacing(
        "    expect:",
        with: "      - { at: +1h, act: { claim: \"@fb-1\", by: technician-4, do: settle } }\n    expect:"))
    #expect(run.code == .negative && run.out.contains("no remedy of that name became a claim"), "\(run.out)")
  }

  @Test func aScoreThatIsNotAsExpectedShowsItsPoints() throws {
    let run = try play(
      Self.suite(
        given: "feedback: { id: fb-1, touchpoint: breakfast, rating: nps 0 }",
        expect: "{ event: fb-1, score: 90.., points: { NPS: 36 } }"))
    #expect(run.code == .negative)
    #expect(run.out.contains("+20 base  +36 NPS") || run.out.contains("+20 base +36 NPS"), "\(run.out)")
    #expect(!run.out.contains("points.NPS"))
  }

  @Test func whatIsRefusedFailsUnlessItIsExpected() throws {
    let given = "feedback: { id: fb-1, touchpoint: invoice, rating: nps 11 }"
    let surprised = try play(Self.suite(given: given, expect: "{ event: fb-1, owner: billing }"))
    #expect(surprised.code == .negative)
    #expect(surprised.out.contains("refused: out-of-range"))
    #expect(
      try play(Self.suite(given: given, expect: "{ event: fb-1, refused: out-of-range }")).code == .success)
    let other = try play(Self.suite(given: given, expect: "{ event: fb-1, refused: missing-field }"))
    #expect(other.out.contains("expected  missing-field"))
    #expect(other.out.contains("happened  out-of-range"))
  }

  @Test func everySlipIsToldAtItsPlaceAndNothingIsPlayed() throws {
    let run = try play(
      """
      suite: S
      cases:
        - name: one
          given:
            - feedbck: { touchpont: invoice }
            - at: +3x
              act: { case: "@fb-9", by: x, do: acknowlege }
          expect:
            - { event: feedback-1, ownr: biling }
            - { case: feedback-1, owner: billing }
            - { case: "@feedback-1", escalation: rng }
            - { owner: billing }
      """)
    #expect(run.code == .findings)
    #expect(run.out.isEmpty)
    for part in [
      #":5:9: cases[0].given[0].feedbck: unknown field "feedbck" (did you mean "feedback"?)"#,
      #"unknown field "touchpont" (did you mean "touchpoint"?)"#, #""+3x" is not a time like"#,
      #"names the case of "fb-9", and nothing of that name is given before it"#,
      #""acknowlege" is no act (did you mean "acknowledge"?)"#,
      #"unknown field "ownr" (did you mean "owner"?)"#,
      #""biling" is no team (did you mean "billing"?)"#, #""feedback-1" names no case: write "@NAME""#,
      #""rng" is no kind of escalation (did you mean "rung"?)"#, "says neither whose decision nor whose case",
      "mistakes in suites: nothing was played",
    ] {
      #expect(run.err.contains(part), "\(part)\n\(run.err)")
    }
  }

  @Test func twoThingsOfOneNameHaveToBeToldApart() throws {
    let text = """
      suite: S
      cases:
        - name: one
          given:
            - feedback: { id: fb-1, touchpoint: invoice }
            - feedback: { id: fb-1, touchpoint: invoice }
          expect:
            - { event: fb-1, owner: billing }
      """
    #expect(try play(text).err.contains(#""fb-1" is given already (line 5)"#))
    let told = text.replacing(
      "- feedback: { id: fb-1, touchpoint: invoice }\n    expect",
      with: "- { as: again, feedback: { id: fb-1, touchpoint: invoice } }\n    expect")
    #expect(
      try play(told).out.contains("again\n      expected  a decision\n      happened  refused: duplicate"))
    #expect(try play(told + "\n      - { event: again, refused: duplicate }").code == .success)
  }

  @Test func aFilterChoosesCasesAndSaysWhenItChoosesNone() throws {
    let chosen = CommandRun("test", "--policy", Shipped.policy, "--filter", "CONTRACTOR REPAIRS")
    #expect(chosen.code == .success)
    #expect(chosen.lines.last == "1 passed · 1 suite")
    let none = CommandRun("test", "--policy", Shipped.policy, "--filter", "no such thing")
    #expect(none.code == .negative)
    #expect(none.err.contains(#"no case is about "no such thing""#))
  }

  @Test func aSuiteMayAskForAnotherPolicy() throws {
    let text =
      "policy: /no/such/folder\n"
      + Self.suite(
        given: "feedback: { touchpoint: invoice }", expect: "{ event: feedback-1, owner: billing }")
    let run = try play(text)
    #expect(run.code == .noInput)
    #expect(run.err.contains("/no/such/folder: there is no such folder"))
  }

  @Test func aPolicysFolderIsTestedByItsOwnSuitesAndItself() throws {
    let policy = scratch.path + "/policy"
    try FileManager.default.copyItem(atPath: Shipped.policy, toPath: policy)
    try FileManager.default.removeItem(atPath: policy + "/tests")
    try FileManager.default.createDirectory(atPath: policy + "/tests", withIntermediateDirectories: true)
    let given = "feedback: { id: fb-1, touchpoint: invoice, rating: nps 1 }"
    try Self.suite(given: given, expect: "{ event: fb-1, owner: billing }").write(
      toFile: policy + "/tests/one.yaml", atomically: true, encoding: .utf8)
    let run = CommandRun("test", policy, "--policy", "/no/such/policy")
    #expect(run.code == .success && run.lines.last == "1 passed · 1 suite", "\(run.out)\(run.err)")
    try FileManager.default.removeItem(atPath: policy + "/tests/one.yaml")
    #expect(CommandRun("test", policy).err.contains("/tests: holds no suite (*.yaml)"))
  }

  @Test func resultsAreWrittenForCIWithEveryFailure() throws {
    let path = scratch.path + "/results.xml"
    let run = try play(
      Self.suite(
        given: "feedback: { touchpoint: invoice, text: '<&\"' }",
        expect: "{ event: feedback-1, owner: front-desk }"),
      "--junit", path)
    #expect(run.code == .negative)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      text.hasPrefix(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"answerable\" tests=\"1\" failures=\"1\""
      ))
    #expect(text.contains("<failure message=\"feedback-1: owner: expected front-desk, happened billing\">"))
    #expect(text.hasSuffix("</testsuites>\n"))
    #expect(text.components(separatedBy: "<testcase").count == 2)
  }

  @Test func whatIsNoSuiteEndsWithItsExitCode() throws {
    #expect(CommandRun("test", "--policy", Shipped.policy, "no-such.yaml").code == .noInput)
    #expect(CommandRun("test", "--policy", scratch.path).code == .noInput)
    #expect(try play("suite: [").code == .findings)
    #expect(try play("suite: S\n").err.contains(#"missing field "cases""#))
  }

  @Test func aTimeReadsBackAsItWasWritten() {
    var random = SeededRandom(seed: 7)
    let origin: Int64 = 1_772_442_000_000
    for _ in 0..<500 {
      let time = origin + Int64(random.next() % 10_000_000_000)
      #expect(Moment.parse(Moment.text(time, origin: origin), origin: origin) == time)
    }
    #expect(Moment.parse("+6 days", origin: 0) == 518_400_000)
    #expect(Moment.parse("+1 day 2h", origin: 0) == 93_600_000)
    for word in ["", "+", "4h", "+4", "+4x", "+99999999999999d", "+1h-", "tomorrow", "2026-13-01"] {
      #expect(Moment.parse(word, origin: origin) == nil, "\(word)")
    }
  }
}
