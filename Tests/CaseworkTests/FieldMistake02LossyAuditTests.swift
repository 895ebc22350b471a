// Owns the proof that the second mistake of the field is not made here: no decision is left out of the journal, and each
// stands under what it was about.
import Events
import Testing

/// Systems next door record successes only, drop records when busy, and key them by the instance that wrote them.
@Suite struct FieldMistake02LossyAuditTests {
  @Test func whatWasRefusedIsRecordedLikeWhatWasDone() throws {
    let desk = try Desk()
    let opened = desk.feedback { $0.id = "fb-1" }
    let refused = [
      desk.feedback { $0.id = "fb-1" }, desk.act(.acknowledge, on: "\(DeskNames.key("alice"))-9"),
      desk.remedy("refund", 1_000, on: opened.caseID),
      desk.link(to: "\(DeskNames.key("bob"))-1", incident: "s-1"),
    ]
    #expect(refused.allSatisfy { $0.isRefused && !$0.code.isEmpty && !$0.sentence.isEmpty })
    #expect(desk.decisions.count == 5)
  }

  @Test func aRefusedActSaysWhoWantedWhat() throws {
    let desk = try Desk()
    let told = desk.act(.respond, on: "\(DeskNames.key("alice"))-9")
    #expect(told.act == .respond && told.actor == "anna technician technique")
  }

  @Test func aTimerThatFoundNothingToDoIsRecordedToo() throws {
    let desk = try Desk()
    desk.feedback()
    let told = desk.advance(by: 30.days)
    #expect(told.count == desk.fired && told.allSatisfy { !$0.code.isEmpty })
  }

  @Test func aRecordStandsUnderItsCaseAndElseUnderItsSubject() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    let noted = desk.feedback("bob") { $0.score = 3 }
    #expect(opened.key == opened.caseID && noted.key == DeskNames.key("bob"))
  }

  @Test func underLoadEverySignalStillHasItsRecord() throws {
    let policy = try CaseworkSample().compiled()
    let desk = Desk { DeskEngine(policy, $0) }
    for number in 0..<2_000 { desk.feedback("guest-\(number % 40)") { $0.score = Int32(number % 101) } }
    #expect(desk.decisions.map(\.number) == (1...2_000).map { Int64($0) })
  }
}
