// Owns the proof that the eleventh mistake of the field is not made here: a new policy does not rewrite what was.
import Events
import Testing

/// Systems next door derive a ticket's deadlines from the rules of today: editing a rule changes last year's figures.
@Suite struct FieldMistake11PastRewrittenTests {
  @Test func aNewPolicyMovesNoClockOfACaseThatRuns() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    let before = try #require(opened.assignment).view.clocks
    try desk.adopt(["ladders.yaml": Self.slowLadder])
    desk.feedback { $0.score = 5 }
    let after = try #require(desk.assignment(opened.caseID)).view.clocks
    #expect(after == before)
  }

  @Test func aCaseOfTheNewPolicyHasTheNewClocks() throws {
    let desk = try Desk()
    try desk.adopt(["ladders.yaml": Self.slowLadder])
    let view = try #require(desk.feedback().assignment).view
    #expect(view.due(.acknowledge) == monday + 8.hours)
  }

  @Test func everyDecisionSaysUnderWhichPolicyItWasMade() throws {
    let desk = try Desk()
    let first = desk.feedback("alice")
    try desk.adopt([:])
    let second = desk.feedback("bob")
    #expect(second.epoch == first.epoch + 1)
  }

  private static let slowLadder = """
    ladders:
      standard:
        clocks: { acknowledge: 8h, respond: 3 days, resolve: 9 days, silence: 20 days }
        rungs:
          - { unless: acknowledged, to: accountable of owner }
          - { after: 1 day, to: role site-director }
    """
}
