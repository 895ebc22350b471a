// Owns the guarantee that work counts as taking a case on: nobody is told that an answered case was not acknowledged.
import Events
import Testing

@Suite struct TakingOnTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  @Test(arguments: [Act.Word.respond, .progress, .promise])
  func whoeverWorksOnACaseOfTheirsHasTakenItOn(word: Act.Word) {
    let caseID = desk.feedback().caseID
    desk.advance(by: 10.minutes)
    switch word {
    case .progress: desk.act(.progress, on: caseID)
    case .promise: desk.act(.promise(due: monday + 50.hours, what: "a call"), on: caseID)
    default: desk.act(.respond, on: caseID)
    }
    #expect(desk.assignment(caseID)?.view.state(.acknowledge) == .met)
    let told = desk.advance(by: 3.hours).flatMap(\.escalations)
    #expect(!told.contains { $0.unless == "acknowledged" })
  }

  @Test func anAnswerBySomebodyElseTakesNothingOn() {
    let caseID = desk.feedback().caseID
    desk.act(.respond, on: caseID, by: DeskActor(id: "otto", role: "receptionist", team: "front-desk"))
    #expect(desk.assignment(caseID)?.view.state(.acknowledge) == .running)
    #expect(desk.assignment(caseID)?.view.state(.respond) == .met)
  }

  @Test func anAnswerInTimeOfWhichWordComesLateTakesBackThatNobodyAcknowledged() {
    let caseID = desk.feedback().caseID
    let fired = desk.advance(by: 2.hours).flatMap(\.escalations).filter { $0.unless == "acknowledged" }
    let told = desk.act(.respond, on: caseID) { $0.at = monday + 30.minutes }
    #expect(fired.count == 1)
    #expect(told.escalations.filter { $0.kind == .retraction }.map(\.retracts) == fired.map(\.id))
  }
}
