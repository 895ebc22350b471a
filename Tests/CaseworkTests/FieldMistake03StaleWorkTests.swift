// Owns the proof that the third mistake of the field is not made here: work that is old is not filtered out.
import Events
import Testing

/// Systems next door leave conversations that were idle for a week out of what they assign: the forgotten customer is
/// forgotten by design.
@Suite struct FieldMistake03StaleWorkTests {
  @Test func aCaseThatNobodyTouchedForWeeksStillEscalates() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    let told = desk.advance(by: 60.days)
    let escalations = told.flatMap(\.escalations).filter { $0.view.caseID == opened.caseID }
    #expect(escalations.contains { $0.kind == .silence })
    #expect(escalations.contains { $0.kind == .ladderExhausted })
  }

  @Test func aCaseThatIsMonthsOldStillHasItsOwner() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 120.days)
    let view = try #require(desk.assignment(opened.caseID)).view
    #expect(view.owner == "technique" && view.status == .assigned)
  }

  @Test func anActOnACaseThatIsMonthsOldIsTaken() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.advance(by: 120.days)
    #expect(desk.act(.respond, on: opened.caseID).decision == .acted)
  }

  @Test func anEventThatHappenedLongAgoOpensACaseAllTheSame() throws {
    let desk = try Desk()
    #expect(desk.feedback { $0.at = desk.now - 20.days }.decision == .opened)
  }
}
