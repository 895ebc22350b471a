// Owns the proof that the sixth mistake of the field is not made here: a case that goes on does not escalate at once.
import Events
import Testing

/// Systems next door measure a paused case against the moment it would have been due: it escalates the moment it goes on.
@Suite struct FieldMistake06UnfrozenTests {
  @Test func aCaseThatWaitedBeyondItsDeadlinesGoesOnWithWhatWasLeft() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 3.hours)
    desk.act(.wait(for: "customer", until: desk.now + 10.days), on: caseID)
    #expect(desk.advance(by: 10.days).rungs.isEmpty)
    #expect(desk.advance(by: 59.minutes).rungs.isEmpty)
    #expect(desk.advance(by: 2.minutes).rungs == [2])
  }

  @Test func aContactThatEndsAWaitEscalatesNothingByItself() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 3.hours)
    desk.act(.wait(for: "customer", until: desk.now + 10.days), on: caseID)
    desk.advance(by: 9.days)
    desk.feedback()
    #expect(desk.advance(by: 59.minutes).rungs.isEmpty)
  }

  @Test func aWaitAtTheLastMinuteLeavesThatMinute() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    desk.advance(by: 239.minutes)
    desk.act(.wait(for: "customer", until: desk.now + 1.days), on: caseID)
    desk.advance(by: 1.days)
    #expect(desk.view(caseID)?.due(.respond) == desk.now + 1.minutes)
  }
}
