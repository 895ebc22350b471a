// Owns the guarantees about a subject that is to be forgotten.
import Events
import Testing

@Suite struct ErasureTests {
  @Test func everythingThatIsKeptOfASubjectIsGoneButTheNumberOfANextCase() throws {
    let desk = try Desk()
    desk.feedback("alice")
    desk.feedback("alice") { $0.owner = "billing" }
    let told = desk.erase("alice")
    #expect(told.decision == .erased && told.subjectKey == DeskNames.key("alice"))
    #expect(desk.keysOfSubject("alice") == [DeskNames.key("alice")])
    let kept = try #require(desk.kept?.everySubject[DeskNames.key("alice")])
    #expect(kept.isNumberOnly && kept.nextCase == 3)
  }

  @Test func ofASubjectWithoutCasesNothingStays() throws {
    let desk = try Desk()
    desk.feedback("alice") { $0.score = 3 }
    desk.erase("alice")
    #expect(desk.keysOfSubject("alice").isEmpty && desk.timers.isEmpty)
  }

  @Test func aCaseIdNeverNamesTwoCases() throws {
    let desk = try Desk()
    let first = desk.feedback("alice").caseID
    desk.erase("alice")
    desk.advance(by: 390.days)
    let second = desk.feedback("alice").caseID
    #expect(first.hasSuffix("-1") && second.hasSuffix("-2"))
    desk.erase("alice")
    #expect(desk.feedback("alice").caseID.hasSuffix("-3"))
  }

  @Test func theNumberLeavesWhenNoRecordCanNameACaseAnyMore() throws {
    let desk = try Desk()
    desk.feedback("alice")
    desk.erase("alice")
    desk.advance(by: 300.days)
    desk.erase("alice")
    #expect(desk.advance(by: 101.days).map(\.code) == ["forgotten"])
    #expect(desk.keysOfSubject("alice").isEmpty && desk.timers.isEmpty)
  }

  @Test func everyAssignmentOfASubjectIsTombstoned() throws {
    let desk = try Desk()
    let cases = ["technique", "billing", "care"].map { owner in desk.feedback { $0.owner = owner }.caseID }
    let told = desk.erase("alice")
    #expect(Set(told.tombstones) == Set(cases) && told.tombstones.count == 3)
    #expect(cases.allSatisfy { desk.assignment($0) == nil })
  }

  @Test func noTimerOfAnErasedSubjectFires() throws {
    let desk = try Desk()
    desk.feedback()
    desk.erase("alice")
    #expect(desk.advance(by: 60.days).isEmpty)
  }

  @Test func whatWasPutOffOfAnErasedSubjectIsNoDebtAnyMore() throws {
    let desk = try Desk()
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: desk.now + 1.days, reason: "later"), on: caseID)
    #expect(desk.kept?.everyOwner["technique"]?.deferredNow == 1)
    desk.erase("alice")
    #expect(desk.kept?.everyOwner["technique"]?.deferredNow == 0)
  }

  @Test func aSubjectOfMoreCasesThanAreKnownIsErasedWhole() throws {
    let desk = try Desk()
    for number in 1...140 {
      desk.incident("lyon-1") { $0.entity = "lift-\(number)" }
      desk.incident("lyon-1") {
        $0.entity = "lift-\(number)"
        $0.status = .resolved
      }
    }
    #expect(desk.assignments.count == 128, "the oldest that closed left the state")
    let told = desk.erase(keyed: DeskNames.key("lyon-1", "s"))
    #expect(told.tombstones.count == 128 && desk.assignments.isEmpty)
    #expect(desk.advance(by: 60.days).isEmpty)
  }

  @Test func othersAreNotTouched() throws {
    let desk = try Desk()
    desk.feedback("alice")
    let other = desk.feedback("bob")
    desk.erase("alice")
    #expect(desk.assignment(other.caseID) != nil)
    #expect(desk.feedback("bob").decision == .attached)
  }

  @Test func erasingWhatIsNotThereIsJournalledAllTheSame() throws {
    let desk = try Desk()
    let told = desk.erase("nobody")
    #expect(told.decision == .erased && told.tombstones.isEmpty && !told.sentence.isEmpty)
  }

  @Test func aSubjectThatComesBackBeginsAnew() throws {
    let desk = try Desk()
    for _ in 1...5 { desk.feedback { $0.score = 95 } }
    desk.erase("alice")
    let anew = desk.feedback { $0.score = 60 }
    #expect(anew.decision == .opened && anew.memoryBefore == 0 && anew.score == 60)
  }
}
