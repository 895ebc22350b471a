// Owns the guarantees about closing: on evidence, never on a click alone.
import Events
import Testing

@Suite struct EvidenceTests {
  /// Resolved by a click, before anybody answered the customer.
  private func resolvedCase(_ desk: Desk) -> String {
    let opened = desk.feedback()
    desk.advance(by: 10.minutes)
    desk.act(.resolve(evidence: "replaced"), on: opened.caseID)
    return opened.caseID
  }

  @Test func aClickAloneClosesNothing() throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    #expect(desk.assignment(caseID)?.view.status == .resolved)
  }

  @Test func anAnswerToTheCustomerAfterTheirLastContactIsEvidence() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 10.minutes)
    desk.act(.respond, on: opened.caseID)
    let resolved = desk.act(.resolve(evidence: "replaced"), on: opened.caseID)
    #expect(resolved.decision == .closed)
    #expect(desk.assignment(opened.caseID)?.view.evidence == "contact-back")
  }

  @Test func anAnswerBeforeTheLastContactIsNone() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 10.minutes)
    desk.act(.respond, on: opened.caseID)
    desk.advance(by: 10.minutes)
    desk.feedback()
    desk.advance(by: 10.minutes)
    desk.act(.resolve(evidence: "replaced"), on: opened.caseID)
    #expect(desk.assignment(opened.caseID)?.view.status == .resolved)
  }

  @Test func anAnswerAfterTheClickClosesIt() throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    desk.advance(by: 10.minutes)
    let answered = desk.act(.respond, on: caseID)
    #expect(answered.decision == .closed)
    #expect(desk.assignment(caseID)?.view.status == .closed)
  }

  @Test(arguments: [(6, false), (7, true), (10, true)] as [(Int64, Bool)])
  func aNewRatingClosesItWhenItIsAsGoodAsThePolicyAsks(nps: Int64, closes: Bool) throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    desk.advance(by: 1.days)
    let told = desk.feedback {
      $0.score = 5
      $0.rate(nps: nps)
    }
    #expect(told.caseID == caseID)
    #expect((desk.assignment(caseID)?.view.status == .closed) == closes)
    if closes {
      #expect(told.decision == .closed && desk.assignment(caseID)?.view.evidence == "rating")
    }
  }

  @Test func aRatingOnAnotherScaleIsReadOnTheScaleFromZeroToTen() throws {
    for (kind, value, closes) in [
      (Rating.Kind.csat, 4, true), (.csat, 3, false), (.stars, 5, true), (.stars, 2, false),
    ] as [(Rating.Kind, Int64, Bool)] {
      let desk = try Desk()
      let caseID = resolvedCase(desk)
      desk.feedback {
        $0.score = 5
        $0.rating = Rating(kind: kind, value: value * 1_000, scale: 5_000)
      }
      #expect((desk.assignment(caseID)?.view.status == .closed) == closes, "\(kind) \(value)")
    }
  }

  @Test func aGoodRatingOfAnOpenCaseClosesNothing() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    let told = desk.feedback {
      $0.score = 5
      $0.rate(nps: 10)
    }
    #expect(told.decision == .attached)
    #expect(desk.assignment(opened.caseID)?.view.status == .assigned)
  }

  @Test func aGoodRatingWithWordsThatMatterIsNoEvidence() throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    desk.advance(by: 1.hours)
    let told = desk.feedback {
      $0.score = 70
      $0.rate(nps: 9)
    }
    #expect(told.decision == .reopened && told.caseID == caseID)
  }

  @Test func aRatingFromBeforeTheCaseWasResolvedIsNoEvidence() throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    desk.feedback {
      $0.score = 5
      $0.at = monday
      $0.rate(nps: 10)
    }
    #expect(desk.assignment(caseID)?.view.status == .resolved)
  }

  @Test func aBadContactOnAResolvedCaseOpensItAgain() throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    desk.advance(by: 1.hours)
    let again = desk.feedback { $0.score = 60 }
    #expect(again.decision == .reopened && again.caseID == caseID)
    #expect(desk.assignment(caseID)?.view.status == .reopened)
  }

  @Test func aMonitorsWordClosesAnIncident() throws {
    let desk = try Desk()
    let opened = desk.incident()
    desk.advance(by: 1.hours)
    let resolved = desk.incident { $0.status = .resolved }
    #expect(resolved.decision == .closed && resolved.caseID == opened.caseID)
    let view = try #require(desk.assignment(opened.caseID)).view
    #expect(view.status == .closed && view.evidence == "monitor")
  }

  @Test func withoutEvidenceInTimeItEscalatesAndIsOpenAgain() throws {
    let desk = try Desk()
    let caseID = resolvedCase(desk)
    let told = desk.advance(by: 8.days)
    let unverified = told.flatMap(\.escalations).filter { $0.kind == .unverified }
    #expect(unverified.count == 1)
    #expect(desk.assignment(caseID)?.view.status != .closed)
    #expect(desk.assignment(caseID)?.view.status != .resolved)
  }

  @Test func aPolicyMayCloseItAsUnverifiedInstead() throws {
    let desk = try Desk(["cases.yaml": "cases: { close: { otherwise: close } }"])
    let caseID = resolvedCase(desk)
    let told = desk.advance(by: 8.days)
    #expect(told.flatMap(\.escalations).allSatisfy { $0.kind != .unverified })
    let assignment = try #require(desk.assignment(caseID))
    #expect(assignment.view.status == .closed && assignment.view.evidence.isEmpty)
  }
}
