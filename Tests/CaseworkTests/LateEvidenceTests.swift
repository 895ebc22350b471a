// Owns the guarantees about word that comes late: what it disproves is taken back, and nothing is told twice for it.
import Events
import Testing

@Suite struct LateEvidenceTests {
  private static let ladder = """
    ladders:
      standard:
        clocks: { acknowledge: 1h, respond: 4h, resolve: 2 days, silence: 6 days }
        rungs:
          - { unless: acknowledged, to: shift-lead of owner }
          - { unless: responded, to: accountable of owner }
          - { unless: resolved, to: site-director }
          - { after: 1 day, to: customer-director }
    """

  private func rungs(_ told: [Told]) -> [Int32] {
    told.flatMap(\.escalations).filter { $0.kind == .rung }.map(\.rung)
  }

  @Test func anAcknowledgementInTimeOfWhichWordComesLateTakesItsEscalationBack() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let caseID = desk.feedback().caseID
    let fired = desk.advance(by: 2.hours).flatMap(\.escalations)
    #expect(fired.map(\.rung) == [1])
    let told = desk.act(.acknowledge, on: caseID) { $0.at = monday + 30.minutes }
    #expect(
      told.escalations.map(\.kind) == [.retraction] && told.escalations.map(\.retracts) == fired.map(\.id))
    #expect(told.code == "late-evidence")
  }

  @Test func aRungThatFiredDoesNotFireAgainBecauseOneBelowItWasTakenBack() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let caseID = desk.feedback().caseID
    #expect(rungs(desk.advance(by: 5.hours)) == [1, 2])
    desk.act(.acknowledge, on: caseID) { $0.at = monday + 30.minutes }
    #expect(rungs(desk.advance(by: 12.hours)) == [])
    #expect(rungs(desk.advance(by: 2.days)) == [3], "the ladder goes on where it stood")
  }

  @Test func anAnswerInTimeOfWhichWordComesLateTakesBackWhatWasSaidOfSilence() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    let fired = desk.advance(by: 7.days).flatMap(\.escalations)
    let told = desk.act(.respond, on: caseID) { $0.at = monday + 2.hours }
    let disproved = fired.filter { $0.kind == .silence || $0.unless == "responded" }.map(\.id)
    #expect(Set(told.escalations.filter { $0.kind == .retraction }.map(\.retracts)) == Set(disproved))
    #expect(disproved.count == 2)
  }

  @Test func wordOfWhatWasDoneAfterTheEscalationTakesNothingBack() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let caseID = desk.feedback().caseID
    desk.advance(by: 2.hours)
    let told = desk.act(.acknowledge, on: caseID)
    #expect(told.decision == .acted && told.escalations.isEmpty)
  }

  @Test func evidenceWithinTheGraceKeepsTheEscalationFromBeingTold() throws {
    let desk = try Desk(["ladders.yaml": Self.ladder])
    let caseID = desk.feedback().caseID
    desk.advance(by: 1.hours + 20.seconds)
    desk.act(.acknowledge, on: caseID) { $0.at = monday + 59.minutes }
    #expect(rungs(desk.advance(by: 1.hours)) == [])
  }
}
