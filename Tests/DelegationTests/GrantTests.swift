// Owns what is promised of requests within a grant and beyond it.
import Events
import Testing

@Suite("Grants")
struct GrantTests {
  @Test func aRequestWithinTheGrantIsApprovedAtOnce() throws {
    let till = try Till()
    let said = till.ask("refund", 80)
    #expect(said.answer == .approved)
    #expect(said.grant == "delegation.yaml:6")
    #expect(said.expiresAt == till.now + 2 * Sample.day)
    #expect(said.budget("desk-lyon-1")?.left == 92_000)
    #expect(said.movements.map(\.amount) == [8_000])
  }

  @Test func aRequestBeyondTheGrantIsReferredToWhoCanSayYesAndHoldsNothing() throws {
    let till = try Till()
    let said = till.ask("refund", 250)
    #expect(said.answer == .referred)
    #expect(said.failed == ["grant-limit"])
    #expect(
      said.text
        == "250 EUR is above the 100 EUR that receptionist may give; can say yes: duty-manager, site-director, finance-director"
    )
    #expect(said.canSayYes.map(\.role) == ["duty-manager", "site-director", "finance-director"])
    #expect(said.canSayYes.first?.people == ["dora", "dirk"])
    #expect(said.passes == [.init(amount: 10_000, from: 0)])
    #expect(said.expiresAt == till.now + 4 * Sample.hour)
    #expect(till.account("desk-lyon-1").isEmpty)
  }

  @Test func whoHasNoGrantIsReferred() throws {
    let till = try Till()
    let said = till.ask("refund", 20, by: "mia")
    #expect(said.answer == .referred)
    #expect(said.failed == ["no-grant"])
    #expect(said.passes.isEmpty)
  }

  @Test func onlyApproversWhoseLimitReachesTheAmountAreNamed() throws {
    let till = try Till()
    #expect(till.ask("refund", 700).canSayYes.map(\.role) == ["site-director", "finance-director"])
  }

  @Test func missingEvidenceIsSaidAndNobodyLiftsIt() throws {
    let till = try Till()
    let said = till.ask("repair", 120, by: "mia")
    #expect(said.answer == .declined)
    #expect(said.failed == ["evidence"])
    #expect(said.text == "evidence is missing: photo")
    #expect(said.passes.isEmpty)
    #expect(till.ask("repair", 120, by: "mia", evidence: ["photo"]).answer == .approved)
  }

  @Test func nobodyApprovesMoreThanTheCeiling() throws {
    let till = try Till()
    let said = till.ask("refund", 5_001, by: "dora")
    #expect(said.answer == .declined)
    #expect(said.failed.contains("ceiling"))
  }

  @Test func anUnknownActionSaysWhichOneIsNear() throws {
    let till = try Till()
    let said = till.ask("refunds", 20)
    #expect(said.answer == .declined)
    #expect(said.code == "unknown-action")
    #expect(said.text.contains("did you mean \"refund\"?"))
  }

  @Test func somebodyTheDirectoryDoesNotHaveIsDeclinedWhateverTheyCallThemselves() throws {
    let till = try Till()
    let said = till.ask("refund", 20, by: "stranger") { $0.actor.role = "finance-director" }
    #expect(said.answer == .declined)
    #expect(said.code == "unknown-person")
  }

  @Test func withoutADelegationPolicyNobodyMaySayYes() throws {
    var sample = try Sample()
    sample.hasDelegation = false
    let till = try Till(sample)
    let said = till.ask("refund", 20)
    #expect(said.answer == .declined)
    #expect(said.code == "no-policy")
  }

  @Test func anActionThatHasToBeSignedIsDeclinedUnsigned() throws {
    var sample = try Sample()
    sample.delegation.actions[0].signed = true
    let till = try Till(sample)
    #expect(till.ask("refund", 20).code == "unsigned")
    #expect(till.ask("refund", 20) { $0.signedBy = "rita-key" }.answer == .approved)
  }

  @Test func aGrantHoldsOnlyWhereItsConditionsDo() throws {
    var sample = try Sample()
    sample.delegation.grants[0].priorities = [1, 2]
    sample.delegation.grants[0].sites = ["lyon-1"]
    let till = try Till(sample)
    #expect(till.ask("refund", 20) { $0.priority = .p4 }.failed == ["no-grant"])
    #expect(till.ask("refund", 20) { $0.priority = .p1 }.answer == .approved)
    #expect(
      till.ask("refund", 20) {
        $0.priority = .p1
        $0.site = "geneva-1"
      }.failed == ["no-grant"])
  }

  @Test func aClaimIsAskedForOnce() throws {
    let till = try Till()
    let first = till.ask("refund", 20)
    let again = till.ask("refund", 20) { $0.claim = "case-1-r1" }
    #expect(first.answer == .approved)
    #expect(again.answer == .refused)
    #expect(again.code == "known-claim")
    #expect(till.account("desk-lyon-1").held == 2_000)
  }

  @Test func everyRecordOfAClaimHasTheNextNumber() throws {
    let till = try Till()
    till.ask("refund", 20)
    till.act(.settle, "case-1-r1")
    till.act(.settle, "case-1-r1")
    #expect(till.said.map(\.id) == ["case-1-r1-d1", "case-1-r1-d2", "case-1-r1-d3"])
  }

  @Test func anActAboutAClaimNobodyKnowsIsRefused() throws {
    let till = try Till()
    let said = till.act(.settle, "case-9-r1")
    #expect(said.answer == .refused)
    #expect(said.code == "unknown-claim")
    #expect(said.id == "record-1-d")
    #expect(till.state.count == 1)
  }
}
