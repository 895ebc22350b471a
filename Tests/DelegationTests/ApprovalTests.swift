// Owns what is promised of approvers: who may say yes, that it is nobody's own, and who stands in for whom.
import Events
import Policy
import Testing

@Suite("Approvals")
struct ApprovalTests {
  @Test func anApproverSaysYesAndTheMoneyIsHeld() throws {
    let till = try Till()
    till.ask("refund", 250)
    let yes = till.act(.approve, "case-1-r1", by: "dora")
    #expect(yes.answer == .approved)
    #expect(yes.decider == "dora")
    #expect(yes.requester == "rita")
    #expect(yes.grant == "delegation.yaml:10")
    #expect(till.account("desk-lyon-1").held == 25_000)
  }

  @Test func anApproverSaysNoAndItIsOver() throws {
    let till = try Till()
    till.ask("refund", 250)
    #expect(till.act(.decline, "case-1-r1", by: "dora").answer == .declined)
    #expect(till.act(.approve, "case-1-r1", by: "sven").code == "already-answered")
  }

  @Test func nobodyApprovesTheirOwn() throws {
    let till = try Till()
    let said = till.ask("refund", 400, by: "dora")
    #expect(said.canSayYes.map(\.role) == ["site-director", "finance-director"])
    let own = till.ask("refund", 1_000, by: "sven", on: "case-2")
    let yes = till.act(.approve, own.claim, by: "sven")
    #expect(yes.answer == .refused)
    #expect(yes.code == "own-request")
    #expect(yes.canSayYes.map(\.role) == ["finance-director"])
    #expect(till.account("desk-lyon-1").isEmpty)
  }

  @Test func ofTwoWhoHoldTheRoleTheOtherOneApproves() throws {
    var sample = try Sample()
    sample.delegation.grants[2].upTo = Sample.euros(100)
    let till = try Till(sample)
    let said = till.ask("refund", 250, by: "dora")
    #expect(said.canSayYes.first?.people == ["dirk"])
    #expect(till.act(.approve, said.claim, by: "dora").code == "own-request")
    #expect(till.act(.approve, said.claim, by: "dirk").answer == .approved)
  }

  @Test func whoIsNoApproverIsRefusedAndToldWhoIs() throws {
    let till = try Till()
    till.ask("refund", 250)
    let no = till.act(.approve, "case-1-r1", by: "mia")
    #expect(no.answer == .refused)
    #expect(no.code == "not-approver")
    #expect(no.canSayYes.map(\.role) == ["duty-manager", "site-director", "finance-director"])
    #expect(till.act(.approve, "case-1-r1", by: "dora").answer == .approved)
  }

  @Test func anApproverOfAnotherSiteIsNone() throws {
    let till = try Till()
    till.ask("refund", 700)
    #expect(till.act(.approve, "case-1-r1", by: "sara").code == "not-approver")
  }

  @Test func anApproverWhoseLimitIsTooLowIsRefused() throws {
    let till = try Till()
    till.ask("refund", 700)
    let no = till.act(.approve, "case-1-r1", by: "dora")
    #expect(no.code == "over-limit")
    #expect(no.text == "700 EUR is above the 300 EUR that duty-manager may approve")
  }

  @Test func budgetsAreLookedAtAgainWhenSomebodySaysYes() throws {
    let till = try Till()
    let asked = till.ask("refund", 250)
    for number in 1...8 { till.ask("refund", 100, on: "other-\(number)", by: number) }
    let no = till.act(.approve, asked.claim, by: "dora")
    #expect(no.answer == .refused)
    #expect(no.code == "budget")
    #expect(till.act(.approve, asked.claim, by: "sven").answer == .approved, "from a pot of their own")
  }

  @Test func aReferralThatNobodyAnswersExpires() throws {
    let till = try Till()
    till.ask("refund", 250)
    let ended = till.advance(by: 4 * Sample.hour)
    #expect(ended.map(\.answer) == [.expired])
    #expect(till.act(.approve, "case-1-r1", by: "dora").code == "already-answered")
  }

  @Test func aYesAfterTheTimeIsTooLateEvenBeforeTheTimerFires() throws {
    let till = try Till()
    till.ask("refund", 250)
    till.oversleep(by: 4 * Sample.hour)
    #expect(till.act(.approve, "case-1-r1", by: "dora").code == "too-late")
    #expect(till.advance(by: 0).map(\.answer) == [.expired])
  }

  @Test func whoAskedTakesItBackAndNobodyElseDoes() throws {
    let till = try Till()
    till.ask("refund", 250)
    #expect(till.act(.cancel, "case-1-r1", by: "remo").code == "not-yours")
    #expect(till.act(.cancel, "case-1-r1", by: "rita").answer == .cancelled)
  }

  @Test func aCaseThatIsOverTakesBackWhatWaits() throws {
    let till = try Till()
    till.ask("refund", 250)
    let said = till.act(.cancel, "case-1-r1", by: "")
    #expect(said.answer == .cancelled)
    #expect(said.code == "case-over")
  }

  @Test func rolesAreThoseOfTodaysDirectory() throws {
    var sample = try Sample()
    let till = try Till(sample)
    till.ask("refund", 250)
    sample.people.removeAll { $0.id == "dora" }
    sample.people.append(.init(id: "dora", role: "receptionist", team: "front-desk", site: "lyon-1"))
    till.adopt(sample)
    #expect(till.act(.approve, "case-1-r1", by: "dora").code == "not-approver")
  }

  @Test func aYesNeedsTheBudgetsOfTheClaim() throws {
    var sample = try Sample()
    let till = try Till(sample)
    till.ask("refund", 250)
    sample.delegation.budgets.removeFirst()
    till.adopt(sample)
    let no = till.act(.approve, "case-1-r1", by: "dora")
    #expect(no.answer == .refused)
    #expect(no.code == "budget-gone")
  }

  @Test func whoeverReachesTheCeilingReachesEverySum() throws {
    var sample = try Sample()
    sample.delegation.actions[0].ceiling = Sample.euros(300)
    sample.delegation.split.byCase = false
    let till = try Till(sample)
    till.ask("refund", 250)
    let said = till.ask("refund", 250, on: "case-2")
    #expect(said.canSayYes.map(\.role) == ["duty-manager", "site-director", "finance-director"])
    #expect(till.act(.approve, said.claim, by: "dora").answer == .approved)
  }

  // MARK: Absence

  private func away(_ id: String, delegate: String, until: Int64) throws -> Sample {
    var sample = try Sample()
    for index in sample.people.indices where sample.people[index].id == id {
      sample.people[index].delegate = delegate
      sample.people[index].absentFrom = Sample.monday
      sample.people[index].absentUntil = until
    }
    return sample
  }

  @Test func whoStandsInApprovesAndBothNamesAreInTheRecord() throws {
    let till = try Till(try away("sven", delegate: "dora", until: Sample.monday + Sample.day))
    let said = till.ask("refund", 700)
    #expect(said.canSayYes.first?.people == ["dora"])
    let yes = till.act(.approve, "case-1-r1", by: "dora")
    #expect(yes.answer == .approved)
    #expect(yes.decider == "dora")
    #expect(yes.deciderFor == "sven")
  }

  @Test func anAbsenceIsHalfOpen() throws {
    let till = try Till(try away("sven", delegate: "dora", until: Sample.monday + Sample.hour))
    till.ask("refund", 700)
    till.advance(by: Sample.hour - 1)
    #expect(till.act(.approve, "case-1-r1", by: "sven").code == "absent-person")
    till.advance(by: 1)
    #expect(till.act(.approve, "case-1-r1", by: "dora").code == "over-limit")
    #expect(till.act(.approve, "case-1-r1", by: "sven").answer == .approved)
  }

  @Test func whoStandsInAsksByTheGrantOfWhoIsAbsent() throws {
    let till = try Till(try away("dora", delegate: "rita", until: Sample.monday + Sample.day))
    let said = till.ask("refund", 250)
    #expect(said.answer == .approved)
    #expect(said.requester == "rita")
    #expect(said.requesterFor == "dora")
    #expect(said.grant == "delegation.yaml:8")
  }

  @Test func whoIsStoodInForDoesNotApproveWhatWasAskedInTheirName() throws {
    let till = try Till(try away("sven", delegate: "dora", until: Sample.monday + Sample.hour))
    var sample = try away("sven", delegate: "dora", until: Sample.monday + Sample.hour)
    sample.delegation.grants.append(Sample.grant("site-director", line: 9, actions: [], Sample.euros(500)))
    till.adopt(sample)
    let said = till.ask("refund", 900, by: "dora")
    #expect(said.answer == .referred)
    till.advance(by: Sample.hour)
    let own = till.ask("refund", 450, by: "dora", on: "case-2")
    #expect(own.canSayYes.map(\.role) == ["site-director", "finance-director"])
    #expect(till.act(.approve, own.claim, by: "sven").answer == .approved)
  }

  @Test func whoStandsInForWhoAskedDoesNotApprove() throws {
    let till = try Till(try away("dora", delegate: "dirk", until: Sample.monday + 2 * Sample.day))
    let said = till.ask("refund", 250, by: "dora")
    // Dora is away: her grant is Dirk's now, and neither she nor Dirk says yes.
    #expect(said.answer == .referred)
    #expect(said.canSayYes.map(\.role) == ["site-director", "finance-director"])
    #expect(till.act(.approve, said.claim, by: "dirk").code == "own-request")
  }

  @Test func whenNobodyIsOnDutyTheRecordSaysWhenSomebodyIs() throws {
    var sample = try Sample()
    sample.people.removeAll { $0.id == "dirk" }
    for index in sample.people.indices where sample.people[index].id == "dora" {
      sample.people[index].absentFrom = Sample.monday
      sample.people[index].absentUntil = Sample.monday + Sample.hour
    }
    let till = try Till(sample)
    let said = till.ask("refund", 250)
    #expect(said.canSayYes.first?.people == [])
    #expect(said.canSayYes.first?.dutyAt == Sample.monday + Sample.hour)
  }
}
