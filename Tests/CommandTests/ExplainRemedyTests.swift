// Owns the guarantees of `explain` about remedies: the answer is that of the workers, and what leads to it is told.
import Console
import Foundation
import Testing

@testable import answerable

struct ExplainRemedyTests {
  private func explain(_ words: String...) -> CommandRun {
    CommandRun(["explain", "--policy", Shipped.policy] + words)
  }

  private struct Told: Decodable {
    struct Remedy: Decodable {
      struct Answer: Decodable {
        struct Failure: Decodable { var code: String }
        struct Passing: Decodable { var amount: Int }
        struct Approver: Decodable {
          var role: String
          var people: [String]
        }
        var answer: String
        var text: String
        var standsInFor: String
        var failed: [Failure]
        var passes: [Passing]
        var canSayYes: [Approver]
        var expiresAt: String?
      }
      struct Asker: Decodable {
        struct Grant: Decodable {
          var at: String
          var holds: Bool
        }
        var id: String
        var isStoodInFor: Bool
        var grants: [Grant]
      }
      struct Claim: Decodable {
        struct Pot: Decodable { var id: String }
        struct Approver: Decodable {
          struct Person: Decodable {
            var id: String
            var isOwn: Bool
          }
          var role: String
          var canSayYes: Bool
          var people: [Person]
        }
        var pots: [Pot]
        var approvers: [Approver]
      }
      var answer: Answer
      var askers: [Asker]
      var claim: Claim?
    }
    var remedy: Remedy?
    var assumed: [String]?
    var knowsBalances: Bool?
  }

  private func read(_ run: CommandRun) throws -> [Told] {
    try run.lines.map { try JSONDecoder().decode(Told.self, from: Data($0.utf8)) }
  }

  private func ask(
    _ person: String, _ action: String, _ minor: Int, _ currency: String = "EUR", more: String = ""
  ) -> String {
    #"{"kind":"remedy","occurredAt":"2026-03-10T10:00:00Z","actor":{"id":"\#(person)"},"action":"\#(action)","#
      + #""amount":{"minor":\#(minor),"currency":"\#(currency)"}\#(more)}"#
  }

  @Test func whatAGrantAllowsIsApprovedWithTheGrantThePotAndTheEnd() {
    let run = explain("\(Shipped.events)/remedies.ndjson:1")
    #expect(run.code == .success)
    for part in [
      "rem-0001  120 EUR for Engage a repair", "housekeeper-12 · housekeeper of housekeeping, at lyon-1",
      "needs photo · given photo", "up to 150 EUR: holds", "more are for other roles or actions: --all",
      "120 EUR is within the 150 EUR that the grant allows", "repairs-lyon-1: 600 EUR in 7 days",
      "what is left is not known here", "approved", "the approval lapses unless it is settled",
    ] {
      #expect(run.out.contains(part), "\(part)\n\(run.out)")
    }
  }

  @Test func whatTheEventDoesNotCarryIsSaidToBeAssumedUntilItIsSaid() throws {
    let event = "\(Shipped.events)/remedies.ndjson:2"
    let assumed = explain(event)
    #expect(assumed.out.contains("assumed: P4, assigned, no journey"))
    #expect(try read(explain(event, "--json")).first?.remedy?.answer.answer == "referred")
    let said = try #require(try read(explain(event, "--json", "--priority", "P1", "--site", "lyon-1")).first)
    #expect(said.assumed == ["status", "journey", "owner"])
    #expect(said.remedy?.answer.answer == "approved")
    #expect(said.knowsBalances == false)
  }

  @Test func beyondAGrantItSaysWhatFailsWhatPassesAndWhoCanSayYes() throws {
    let run = explain("\(Shipped.events)/remedies.ndjson:7")
    for part in [
      "1 CHF = 1.0432 EUR since 2026-01-01, rounded up", "310 CHF, which is 323.40 EUR, is above the 250 EUR",
      "duty-manager-1 not for their own", "head-of-billing-1 on duty", "referred",
      "the referral expires unless somebody says yes or no",
    ] {
      #expect(run.out.contains(part), "\(part)\n\(run.out)")
    }
    let told = try #require(
      try read(explain("\(Shipped.events)/remedies.ndjson:7", "--json")).first?.remedy)
    #expect(told.answer.failed.map(\.code) == ["grant-limit"])
    #expect(told.answer.passes.map(\.amount) == [23_964])
    #expect(told.answer.canSayYes.map(\.role) == ["head-of-billing", "regional-director"])
    let own = told.claim?.approvers.first { $0.role == "duty-manager" }
    #expect(own?.canSayYes == false && own?.people.first?.isOwn == true)
  }

  @Test func missingEvidenceIsDeclinedAndSaid() {
    let run = explain(ask("housekeeper-12", "engage-repair", 5_000), "--site", "lyon-1")
    for part in ["needs photo · none given · missing photo", "declined", "evidence is missing: photo"] {
      #expect(run.out.contains(part), "\(part)\n\(run.out)")
    }
  }

  @Test func whoStandsInIsToldWithBothNames() throws {
    // From 9 to 16 March the head of billing is away, and the lead of Lyon stands in.
    let event = ask("head-of-billing-1", "refund", 5_000)
    let absent = explain(event, "--site", "lyon-1")
    #expect(absent.out.contains("absent until"), "\(absent.out)")
    #expect(absent.out.contains("billing-lead-lyon-1 stands in"), "\(absent.out)")
    let standIn = explain(ask("billing-lead-lyon-1", "refund", 5_000), "--site", "lyon-1")
    #expect(standIn.out.contains("stands in for head-of-billing-1 (head-of-billing)"), "\(standIn.out)")
    let later = explain(event, "--site", "lyon-1", "--at", "2026-03-17T10:00:00Z")
    #expect(!later.out.contains("absent"), "\(later.out)")
  }

  @Test func whoStandsInOnlyAtAnotherTimeIsToldWhen() {
    // receptionist-9 stands in for the duty manager of Lyon 2 on 4 and 5 March, from midnight to midnight there.
    func explained(at time: String) -> String {
      explain("\(Shipped.events)/remedies.ndjson:15", "--at", time).out
    }
    let before = explained(at: "2026-03-03T22:59:59.999Z")
    #expect(
      before.contains("stands in for duty-manager-3 from 23:00") && before.contains("referred"), "\(before)")
    for moment in ["2026-03-03T23:00:00Z", "2026-03-05T22:59:59.999Z"] {
      let during = explained(at: moment)
      #expect(during.contains("stands in for duty-manager-3 (duty-manager)"), "\(during)")
      #expect(during.contains("within the 150 EUR that duty-manager may give"), "\(during)")
    }
    let after = explained(at: "2026-03-05T23:00:00Z")
    #expect(
      after.contains("stood in for duty-manager-3 until 23:00") && after.contains("referred"), "\(after)")
  }

  @Test func whatCaseworkRefusesIsDeclinedWithItsReason() throws {
    let event = "\(Shipped.events)/remedies.ndjson:1"
    #expect(
      explain(event, "--status", "closed").out.contains("the case is closed: reopen it, then ask again"))
    let beyond = try #require(
      try read(explain(ask("duty-manager-4", "upgrade", 100_001), "--json", "--site", "paris-3")).first)
    #expect(beyond.remedy?.answer.failed.map(\.code) == ["limit-case"])
    let nobody = explain(ask("nobody-1", "refund", 100))
    #expect(nobody.out.contains("whom the directory does not have"))
    #expect(nobody.out.contains("the policy does not know who asks"))
    #expect(explain(ask("duty-manager-4", "refnd", 100)).out.contains("something that nobody can ask for"))
  }

  @Test func everySampleRemedyIsExplainedAndTheFirstGrantThatHoldsIsTheOneThatDecides() throws {
    let all = try read(explain("\(Shipped.events)/remedies.ndjson", "--json"))
    #expect(all.count == 15)
    for told in all {
      let remedy = try #require(told.remedy)
      let holding = remedy.askers.compactMap { $0.grants.first(where: \.holds)?.at }
      if remedy.answer.answer == "approved" { #expect(!holding.isEmpty && remedy.answer.expiresAt != nil) }
    }
  }

  @Test func aCaseThatIsNoneIsRefusedAsAtTheDoorAndTheNextRemedyIsExplained() throws {
    let key = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc"
    for caseID in ["\(key)-01", "\(key)-0", key, "seven"] {
      let event = ask("housekeeper-12", "engage-repair", 5_000, more: #","case":"\#(caseID)""#)
      let run = explain(event)
      #expect(run.code == .negative)
      #expect(
        run.err.contains("EVENT: would be refused: unknown-value: case: is not a case id, which is its"),
        "\(run.err)")
      #expect(run.out.isEmpty)
    }
    let scratch = try Scratch()
    let lines = ["\(key)-01", "\(key)-1"].map {
      ask("housekeeper-12", "engage-repair", 5_000, more: #","id":"r","source":"app","case":"\#($0)""#)
        .replacing(#"{"id":"housekeeper-12"}"#, with: #"{"id":"housekeeper-12","role":"housekeeper"}"#)
    }
    let file = try scratch.file("remedies.ndjson", lines.joined(separator: "\n") + "\n")
    let run = explain(file, "--site", "lyon-1")
    #expect(run.code == .negative)
    #expect(run.err.contains("remedies.ndjson:1: would be refused: unknown-value"), "\(run.err)")
    #expect(run.out.contains("evidence is missing: photo"), "\(run.out)")
  }

  @Test func aCaseThatIsNamedByHandIsAssumed() throws {
    let event = ask("duty-manager-4", "upgrade", 100_001, more: ##","case":"@fb-1""##)
    let told = try #require(try read(explain(event, "--json", "--site", "paris-3")).first)
    #expect(told.remedy?.answer.failed.map(\.code) == ["limit-case"])
  }

  @Test func aFactThatThePolicyDoesNotHaveIsAnsweredWithTheOneMeant() {
    let event = "\(Shipped.events)/remedies.ndjson:1"
    let site = explain(event, "--site", "lyon1")
    #expect(site.code == .usage)
    #expect(site.err.contains(#"did you mean "lyon-1"?"#), "\(site.err)")
    #expect(explain(event, "--priority", "P9").code == .usage)
    #expect(explain(event, "--status", "withdrawn").code == .usage)
  }

  @Test(arguments: [60, 80, 100, 140]) func noLineIsWiderThanTheTerminal(width: Int) {
    let run = CommandRun(
      ["explain", "--policy", Shipped.policy, "\(Shipped.events)/remedies.ndjson", "--all"], width: width)
    #expect(
      run.lines.filter { TextWidth.columns($0) > width && $0.contains(" ") && !$0.contains("rem-") } == [])
  }
}
