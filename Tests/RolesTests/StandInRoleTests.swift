// Owns what a remedy of a stand-in goes through, all roles together: whose grant, whose budgets, whose names.
import Events
import Foundation
import Policy
import Roles
import Streams
import Testing

@Suite("Stand-ins, all roles together")
struct StandInRoleTests {
  /// Away from the start for so many hours.
  private static func away(
    _ document: inout PolicyDocument, _ id: String, _ delegate: String, hours: Int64 = 24
  ) {
    guard let index = document.people.firstIndex(where: { $0.id == id }) else { return }
    document.people[index].delegate = delegate
    document.people[index].absentFrom = CaseworkStage.start
    document.people[index].absentUntil = CaseworkStage.start + hours * 3_600_000
  }

  private static func budgets(_ record: [String: Any]) -> Set<String> {
    Set((record["movements"] as? [[String: Any]] ?? []).compactMap { $0["budget"] as? String })
  }

  @Test func itIsHeldOnTheBudgetsOfTheGrantByWhichItIsAsked() throws {
    let stage = try CaseworkStage { Self.away(&$0, "billing-clerk-2", "receptionist-1") }
    let caseID = "\(try stage.key("customer", "guest-1"))-1"
    try stage.feedback("fb-1")
    try stage.remedy(
      "rem-1", "refund", 18_000, for: ["case": caseID], by: "receptionist-1", role: "receptionist", minutes: 5
    )
    let claim = try #require(try stage.records(.claims).last)
    #expect(claim["root"] as? String == "team/billing")
    #expect(claim["budgets"] as? [String] == ["refunds-billing"])
    let answer = try #require(try stage.records(.delegations).last)
    #expect(answer["answer"] as? String == "approved")
    #expect(Self.budgets(answer) == ["refunds-billing"])
    #expect(answer["grant"] as? String == claim["grant"] as? String)
    let requester = try #require(answer["requester"] as? [String: Any])
    #expect(requester["id"] as? String == "receptionist-1")
    #expect(requester["standsInFor"] as? String == "billing-clerk-2")
    #expect(requester["role"] as? String == "billing-clerk")
  }

  @Test func whatTheirOwnGrantTakesIsHeldOnTheirOwnBudgets() throws {
    let stage = try CaseworkStage { Self.away(&$0, "billing-clerk-2", "receptionist-1") }
    let caseID = "\(try stage.key("customer", "guest-1"))-1"
    try stage.feedback("fb-1")
    try stage.remedy(
      "rem-1", "refund", 8_000, for: ["case": caseID], by: "receptionist-1", role: "receptionist", minutes: 5)
    let answer = try #require(try stage.records(.delegations).last)
    #expect(answer["answer"] as? String == "approved")
    #expect(Self.budgets(answer) == ["goodwill-lyon-1"])
    #expect((answer["requester"] as? [String: Any])?["standsInFor"] == nil)
  }

  @Test func aBudgetThatDoesNotExistIsNamed() throws {
    let stage = try CaseworkStage { document in
      for index in document.delegation?.grants.indices ?? 0..<0 {
        document.delegation?.grants[index].from = ["nowhere-{site}"]
      }
    }
    let caseID = "\(try stage.key("customer", "guest-1"))-1"
    try stage.feedback("fb-1")
    try stage.remedy(
      "rem-1", "engage-repair", 8_000, for: ["case": caseID], by: "technician-4", role: "technician",
      minutes: 5)
    let answer = try #require(try stage.records(.delegations).last)
    #expect(try stage.answers() == ["declined no-budget"])
    #expect(
      (answer["reason"] as? [String: Any])?["text"] as? String
        == "the policy has no budget nowhere-lyon-1 for this place")
  }

  // MARK: By chance

  private static let people = [
    "technician-1", "technician-2", "receptionist-1", "receptionist-2", "billing-clerk-1", "billing-clerk-2",
    "housekeeper-1", "duty-manager-2", "director-lyon-1",
  ]
  private static let pots = ["repairs-{site}", "goodwill-{site}", "vouchers-{site}", "reserve-lyon-1"]

  private static func change(_ document: inout PolicyDocument, _ random: inout SeededRandom) {
    guard var rules = document.delegation else { return }
    for index in rules.grants.indices {
      rules.grants[index].actions = Bool.random(using: &random) ? [] : rules.grants[index].actions
      rules.grants[index].needs = []
      rules.grants[index].upTo.minor = .random(in: 2_000...30_000, using: &random)
      let count = Int.random(in: 0...2, using: &random)
      rules.grants[index].from = Array(pots.shuffled(using: &random).prefix(count))
    }
    document.delegation = rules
    for id in people where Bool.random(using: &random) {
      let delegate = people.randomElement(using: &random) ?? id
      away(&document, id, delegate, hours: .random(in: 0...2, using: &random))
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func whateverAGrantAllowsIsHeldWhereThatGrantPays(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var document: PolicyDocument?
    let stage = try CaseworkStage {
      Self.change(&$0, &random)
      document = $0
    }
    let rules = try #require(document?.delegation)
    for guest in 1...4 { try stage.feedback("fb-\(guest)", guest: "guest-\(guest)") }
    for number in 1...24 {
      let guest = "guest-\(Int.random(in: 1...4, using: &random))"
      try stage.remedy(
        "rem-\(number)", rules.actions.randomElement(using: &random)?.id ?? "refund",
        .random(in: 100...32_000, using: &random), for: ["case": "\(try stage.key("customer", guest))-1"],
        by: Self.people.randomElement(using: &random) ?? "", role: "anybody", minutes: Int64(number) * 7,
        evidence: ["photo"])
    }
    var approvals = 0
    for answer in try stage.records(.delegations) where answer["answer"] as? String == "approved" {
      let requester = try #require(answer["requester"] as? [String: String])
      let whose = try #require(requester["standsInFor"] ?? requester["id"])
      let holder = try #require(document?.people.first { $0.id == whose })
      let path = answer["grant"] as? String ?? ""
      let number = try #require(Int(path.dropFirst("delegation.grants[".count).dropLast()))
      let grant = rules.grants[number]
      let action = try #require(rules.actions.first { $0.id == answer["action"] as? String })
      #expect(grant.role == holder.role)
      let expected = (grant.from.isEmpty ? action.from : grant.from).map { template in
        let id = template.replacing("{site}", with: "lyon-1")
        return rules.budgets.contains { $0.id == id && $0.per == .person } ? "\(id)/\(whose)" : id
      }
      #expect(Self.budgets(answer) == Set(expected), "\(answer)")
      approvals += 1
    }
    #expect(approvals > 0)
  }
}
