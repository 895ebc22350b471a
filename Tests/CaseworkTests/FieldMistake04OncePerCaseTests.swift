// Owns the proof that the fourth mistake of the field is not made here: a rule does not act once per case only.
import Events
import Testing

/// Systems next door run a workflow once per ticket: what happens a second time is not seen.
@Suite struct FieldMistake04OncePerCaseTests {
  @Test func everyFurtherContactIsDecidedAboutAndCounted() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    let again = (0..<10).map { _ in desk.feedback() }
    #expect(again.allSatisfy { $0.decision == .attached && $0.caseID == opened.caseID })
    #expect(desk.assignment(opened.caseID)?.view.signals == 11)
  }

  @Test func everyRiseOfThePriorityIsPublished() throws {
    let desk = try Desk()
    desk.feedback { $0.score = 32 }
    let second = desk.feedback { $0.score = 55 }
    let third = desk.feedback { $0.score = 95 }
    #expect(second.assignment?.view.priority == .p2 && third.assignment?.view.priority == .p1)
  }

  @Test func aSecondSilenceIsAnEventLikeTheFirst() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 8.days)
    desk.act(.respond, on: opened.caseID)
    desk.advance(by: 1.hours)
    desk.feedback()
    desk.advance(by: 8.days)
    let silences = desk.decisions.flatMap(\.escalations).filter { $0.kind == .silence }
    #expect(silences.count >= 2)
  }

  @Test func aCaseThatIsOpenAgainClimbsItsLadderAgain() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 1.minutes)
    desk.act(.respond, on: opened.caseID)
    desk.act(.resolve(evidence: "replaced"), on: opened.caseID)
    desk.advance(by: 1.days)
    let again = desk.feedback()
    #expect(again.decision == .reopened)
    let told = desk.advance(by: 20.days)
    #expect(told.flatMap(\.escalations).contains { $0.kind == .rung && $0.view.caseID == opened.caseID })
  }

  @Test func anIncidentGathersEveryFeedbackAndNotTheFirstOnly() throws {
    let desk = try Desk()
    let incident = desk.incident()
    for number in 1...5 { desk.deliver(desk.feedback("guest-\(number)")) }
    #expect(desk.assignment(incident.caseID)?.view.gathered == 5)
  }
}
