// Owns what CASEWORK publishes for what comes in, through the processors that run on a cluster.
import Foundation
import Policy
import Roles
import Testing

@Suite struct CaseworkRoleTests {
  @Test func aLeakOpensOneCaseWithOneOwnerAndItsClocks() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1")
    let assignments = try stage.records(.assignments)
    let assignment = try #require(assignments.first)
    #expect(assignments.count == 1)
    #expect(assignment["case"] as? String == (try stage.key("customer", "guest-1")) + "-1")
    #expect(assignment["owner"] as? String == "building-technique")
    #expect(assignment["status"] as? String == "assigned")
    #expect((assignment["clocks"] as? [[String: Any]])?.count == 4)
    #expect(try stage.decisions() == ["opened/new", "refused/no-open-incident"])
  }

  @Test func everySignalAndEveryTimerHasOneJournalRecordWithAGaplessNumber() throws {
    let stage = try CaseworkStage()
    for number in 0..<6 {
      try stage.feedback("fb-\(number)", guest: "guest-\(number % 2)", minutes: Int64(number))
    }
    try stage.advance(minutes: 60 * 24 * 60)
    let journal = try stage.journal()
    #expect(journal.compactMap { $0["number"] as? Int } == Array(1...journal.count))
    let signals = Set(try stage.records(.signals).compactMap { $0["id"] as? String })
    let causes = journal.compactMap { ($0["cause"] as? [String: Any])?["id"] as? String }
    #expect(Set(causes) == signals)
    #expect(causes.count == signals.count)
  }

  @Test func aCaseThatNobodyMovesClimbsToTheEndOfItsLadderAndSaysSo() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1")
    try stage.advance(minutes: 60 * 24 * 30)
    let escalations = try stage.records(.escalations)
    let kinds = escalations.compactMap { $0["type"] as? String }
    #expect(kinds.filter { $0 == "ladder-exhausted" }.count == 1)
    let rungs = escalations.filter { $0["type"] as? String == "rung" }.compactMap { $0["rung"] as? Int }
    #expect(rungs == rungs.sorted())
    #expect(rungs.first == 1)
  }

  @Test func theDuplicateOfAnEventIsJournalledAndChangesNothing() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1")
    try stage.feedback("fb-1", minutes: 1)
    #expect(try stage.records(.assignments).count == 1)
    #expect(try stage.decisions().contains("refused/duplicate"))
  }

  @Test func anAcknowledgedCaseIsNotEscalatedForWantOfAcknowledgement() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1")
    let id = try stage.key("customer", "guest-1") + "-1"
    try stage.act("act-1", "acknowledge", case: id, by: CaseworkStage.technician, minutes: 2)
    try stage.advance(minutes: 60 * 3)
    let unless = try stage.records(.escalations).compactMap { $0["unless"] as? String }
    #expect(!unless.contains("acknowledged"))
    #expect(try stage.records(.assignments).last?["status"] as? String == "acknowledged")
  }

  @Test func anIncidentGathersWhatIsFeltAtItsSite() throws {
    let stage = try CaseworkStage()
    try stage.incident("inc-1", service: "lift")
    try stage.feedback("fb-1", minutes: 5, touchpoint: "lift")
    #expect(try stage.decisions().contains("gathered/open-incident"))
    #expect(try stage.decisions().contains("linked/gathered"))
    let last = try #require(try stage.records(.assignments).last)
    #expect(last["incident"] as? String == (try stage.key("site", "lyon-1")) + "-1")
  }

  @Test func feedbackThatCameBeforeItsIncidentIsGatheredToo() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1", touchpoint: "lift")
    try stage.incident("inc-1", service: "lift", minutes: 5)
    #expect(try stage.decisions().contains("linked/gathered"))
  }

  @Test func anErasedSubjectLeavesNothingInTheAssignments() throws {
    let stage = try CaseworkStage()
    try stage.feedback("fb-1")
    let id = try stage.key("customer", "guest-1") + "-1"
    try stage.erase("erase-1", guest: "guest-1", minutes: 3)
    stage.theatre.log.settle()
    let last = stage.theatre.log.records(Topic.assignments.rawValue).last { $0.keyText == id }
    #expect(last != nil && last?.value == nil)
    #expect(try stage.decisions().last == "erased/asked-for")
    try stage.act("act-1", "acknowledge", case: id, by: CaseworkStage.technician, minutes: 4)
    #expect(try stage.decisions().last == "refused/unknown-case")
  }
}
