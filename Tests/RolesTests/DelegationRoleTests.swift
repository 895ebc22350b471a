// Owns what a remedy goes through: intake, casework, its budgets, and back to its case.
import Events
import Foundation
import Roles
import Testing

@Suite("Delegation, all roles together")
struct DelegationRoleTests {
  private let stage: CaseworkStage
  private let caseID: String

  /// A leak in Lyon 1, at nine in the morning.
  init() throws {
    stage = try CaseworkStage()
    caseID = "\(try stage.key("customer", "guest-1"))-1"
    try stage.feedback("fb-1")
  }

  private var claim: String { "\(caseID)-r1" }
  private static let dutyManager = ["id": "duty-manager-2", "role": "duty-manager", "team": "front-desk"]
  private static let technician = CaseworkStage.technician

  private func repair(
    _ id: String, _ minor: Int, by person: String = "technician-4", role: String = "technician",
    minutes: Int64 = 5
  ) throws {
    try stage.remedy(
      id, "engage-repair", minor, for: ["case": caseID], by: person, role: role, minutes: minutes)
  }

  private func act(
    _ id: String, _ word: String, by actor: [String: String], minutes: Int64, _ more: [String: Any] = [:]
  )
    throws
  {
    var more = more
    more["claim"] = claim
    try stage.act(id, word, case: caseID, by: actor, minutes: minutes, more)
  }

  @Test func aRemedyWithinAGrantIsApprovedAtOnceAndItsCaseShowsIt() throws {
    try repair("rem-1", 12_000)
    let answer = try #require(try stage.records(.delegations).last)
    #expect(answer["answer"] as? String == "approved" && answer["claim"] as? String == claim)
    #expect(answer["at"] as? String == "2026-03-02T08:05:00.000Z")
    #expect(try stage.remedies(of: caseID) == ["\(claim) approved"])
    #expect(try stage.decisions().suffix(2) == ["acted/asked", "answered/approved"])
  }

  @Test func whoeverMayTakeTheCaseOnHasDoneSoByWhatTheyWereAllowedToGive() throws {
    try repair("rem-1", 12_000)
    #expect(try stage.records(.assignments).last?["status"] as? String == "acknowledged")
  }

  @Test func beyondAGrantTheAnswerNamesWhoCanSayYesAndHoldsNothing() throws {
    try repair("rem-1", 40_000)
    let answer = try #require(try stage.records(.delegations).last)
    #expect(answer["answer"] as? String == "referred")
    let approvers = (answer["canSayYes"] as? [[String: Any]] ?? []).compactMap { $0["role"] as? String }
    #expect(approvers.first == "duty-manager")
    #expect(answer["movements"] == nil)
    #expect(try stage.remedies(of: caseID) == ["\(claim) referred"])
  }

  @Test func anApproverSaysYesByAnActOnTheCase() throws {
    try repair("rem-1", 40_000)
    try act("act-1", "approve", by: Self.dutyManager, minutes: 6)
    #expect(try stage.answers().map { $0.split(separator: " ").first } == ["referred", "approved"])
    #expect(try stage.remedies(of: caseID) == ["\(claim) approved"])
  }

  @Test func nobodyApprovesTheirOwn() throws {
    try repair("rem-1", 40_000, by: "duty-manager-2", role: "duty-manager")
    try act("act-1", "approve", by: Self.dutyManager, minutes: 6)
    #expect(try stage.answers().map { $0.split(separator: " ").first } == ["referred", "refused"])
    #expect(try stage.remedies(of: caseID) == ["\(claim) referred"], "the claim stands as it stood")
  }

  @Test func aRefusalIsAnsweredToWhoActedAndTheCaseWritesItDown() throws {
    try repair("rem-1", 40_000)
    try act("act-1", "approve", by: Self.technician, minutes: 6)
    #expect(try stage.decisions().suffix(2) == ["acted/passed-on", "answered/refused"])
  }

  @Test func anApprovalIsRedeemedOnce() throws {
    try repair("rem-1", 12_000)
    try act("act-1", "settle", by: Self.technician, minutes: 6)
    try act("act-2", "settle", by: Self.technician, minutes: 7)
    #expect(try stage.answers().map { $0.split(separator: " ").first } == ["approved", "settled", "refused"])
    #expect(try stage.remedies(of: caseID) == ["\(claim) settled"])
  }

  @Test func whatComesBackIsRoomAgain() throws {
    try repair("rem-1", 12_000)
    try act("act-1", "settle", by: Self.technician, minutes: 6)
    try act("act-2", "return", by: Self.technician, minutes: 7)
    let budgets = try stage.records(.delegations).map { record in
      (record["budgets"] as? [[String: Any]])?.first?["left"] as? Int
    }
    #expect(budgets == [48_000, 48_000, 60_000])
    #expect(try stage.remedies(of: caseID) == ["\(claim) returned"])
  }

  @Test func whatCameBackWholeStandsInItsCaseWithWhatItWas() throws {
    try repair("rem-1", 12_000)
    try act("act-1", "cancel", by: Self.technician, minutes: 6)
    try repair("rem-2", 12_000, minutes: 7)
    let answers = try stage.answers().map { $0.split(separator: " ").first }
    #expect(answers == ["approved", "returned", "approved"])
    // No amount is ever nothing: readers of assignments would refuse it.
    let remedies = try #require(try stage.records(.assignments).last?["remedies"] as? [[String: Any]])
    #expect(remedies.map { ($0["amount"] as? [String: Any])?["minor"] as? Int } == [12_000, 12_000])
  }

  @Test func anApprovalThatIsNotSettledLapsesAndItsCaseLearnsOfIt() throws {
    try repair("rem-1", 12_000)
    try stage.advance(minutes: 15 * 1_440)
    #expect(try stage.answers().last?.hasPrefix("lapsed") == true)
    #expect(try stage.remedies(of: caseID) == ["\(claim) lapsed"])
  }

  @Test func theSameRequestIsAnsweredByTheFirstAnswer() throws {
    try repair("rem-1", 12_000)
    try repair("rem-2", 12_000, minutes: 6)
    #expect(try stage.answers().map { $0.split(separator: " ").first } == ["approved", "refused"])
    #expect(try stage.answers().last == "refused same-request")
    #expect(try stage.remedies(of: caseID) == ["\(claim) approved"])
  }

  @Test func theLastEuroOfABudgetIsGivenOnce() throws {
    for number in 1...6 {
      try stage.feedback("fb-\(number + 1)", guest: "guest-\(number + 1)", minutes: 1)
      let other = "\(try stage.key("customer", "guest-\(number + 1)"))-1"
      try stage.remedy(
        "rem-\(number)", "engage-repair", 20_000, for: ["case": other], by: "technician-\(number)",
        role: "technician", minutes: 10)
    }
    let words = try stage.answers().map { String($0.split(separator: " ")[0]) }
    #expect(words.filter { $0 == "approved" }.count == 3, "600 EUR are three times 200")
    #expect(words.count == 6)
  }

  @Test func aRemedyForAGuestFindsTheirOpenCase() throws {
    try stage.remedy(
      "rem-1", "voucher", 2_000, for: ["subject": ["kind": "customer", "id": "guest-1"]],
      by: "receptionist-1",
      role: "receptionist", minutes: 5)
    #expect(try stage.remedies(of: caseID) == ["\(claim) approved"])
  }

  @Test func aRemedyWithoutACaseIsDeclinedAndSaysWhatToDo() throws {
    try stage.remedy(
      "rem-1", "voucher", 2_000, for: ["subject": ["kind": "customer", "id": "guest-9"]],
      by: "receptionist-1",
      role: "receptionist", minutes: 5)
    let answer = try #require(try stage.records(.delegations).last)
    #expect(try stage.answers() == ["declined no-open-case"])
    #expect((answer["reason"] as? [String: Any])?["text"] as? String != nil)
    #expect(try stage.records(.claims).isEmpty)
  }

  @Test func whatACaseCanBeGivenEndsAtItsLimit() throws {
    try stage.remedy(
      "rem-1", "voucher", 100_100, for: ["case": caseID], by: "receptionist-1", role: "receptionist",
      minutes: 5)
    #expect(try stage.answers() == ["declined limit-case"])
    let passes = try stage.records(.delegations).last?["passes"] as? [[String: Any]]
    #expect(passes?.first?["minor"] as? Int == 100_000)
  }

  @Test func aSubjectThatIsForgottenTakesItsOpenClaimsBack() throws {
    try repair("rem-1", 40_000)
    try stage.erase("er-1", guest: "guest-1", minutes: 6)
    #expect(try stage.answers().map { $0.split(separator: " ").first } == ["referred", "cancelled"])
    #expect(try stage.decisions().last == "refused/unknown-case", "nothing of the subject comes back")
    let cancel = try #require(try stage.records(.claims).last)
    #expect(cancel["kind"] as? String == "cancel")
    #expect(cancel["owner"] as? String == "building-technique", "whose it was is still said")
  }

  @Test func anActionThatIsTheEndOfACaseClosesIt() throws {
    let stage = try CaseworkStage { document in
      document.delegation?.actions.indices.forEach { document.delegation?.actions[$0].closesCase = true }
    }
    try stage.feedback("fb-1")
    try stage.remedy(
      "rem-1", "engage-repair", 12_000, for: ["case": caseID], by: "technician-4", role: "technician",
      minutes: 5)
    let assignment = try #require(try stage.records(.assignments).last)
    #expect(assignment["status"] as? String == "closed" && assignment["evidence"] as? String == "remedy")
  }
}
