// Tests that each audience is shown what the schemas say is its own, and no more.
import Events
import Foundation
import Testing

@Suite struct ProjectionTests {
  /// Persons, and what they said in their own words; with what leads to them.
  private static let personal: Set<String> = [
    "people", "standsInFor", "what", "actor", "note", "subjectKey", "entity", "requester",
    "decider", "by",
  ]

  @Test(arguments: Projection.Contract.allCases)
  func theOwnerIsShownTheWholeRecord(_ contract: Projection.Contract) throws {
    let projection = try Projection(contract)
    for bytes in records(contract) {
      #expect(try bytes.withUnsafeBytes { try projection.project($0, for: .owner) } == bytes)
    }
  }

  @Test(arguments: Projection.Contract.allCases)
  func anExecutiveIsShownNoPersonAndNoWordsOfTheirs(_ contract: Projection.Contract) throws {
    let projection = try Projection(contract)
    var seen: Set<String> = []
    for bytes in records(contract) {
      let whole = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
      seen.formUnion(whole.names.intersection(Self.personal))
      let shown = try bytes.withUnsafeBytes { try projection.project($0, for: .executive) }
      let names = try JSONDecoder().decode(JSONValue.self, from: Data(shown)).names
      #expect(names.isDisjoint(with: Self.personal), "\(names.intersection(Self.personal))")
      #expect(names.isSubset(of: whole.names))
      #expect(names.contains("reason"))
    }
    #expect(seen.count >= 3, "the records hold what must not be shown")
  }

  @Test func theFrontlineIsShownThePromiseAndNotThePoints() throws {
    let projection = try Projection(.assignment)
    for bytes in records(.assignment) {
      let shown = try bytes.withUnsafeBytes { try projection.project($0, for: .frontline) }
      let names = try JSONDecoder().decode(JSONValue.self, from: Data(shown)).names
      let whole = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)).names
      #expect(names.isDisjoint(with: ["score", "contributions", "rule", "cause"]))
      #expect(names.contains("what") == whole.contains("what"))
    }
  }

  @Test func theFrontlineIsShownWhatRemainsAndWhoCanSayYesButNotTheBooks() throws {
    let projection = try Projection(.delegation)
    for bytes in records(.delegation) {
      let shown = try bytes.withUnsafeBytes { try projection.project($0, for: .frontline) }
      let names = try JSONDecoder().decode(JSONValue.self, from: Data(shown)).names
      let whole = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)).names
      #expect(names.isDisjoint(with: ["movements", "grant", "grantAt", "ruleAt", "epoch", "cause"]))
      for name in ["left", "canSayYes", "passes", "failed", "signature", "people", "expiresAt"] {
        #expect(names.contains(name) == whole.contains(name), "\(name)")
      }
    }
  }

  @Test func aFieldThatTheSchemaDoesNotKnowIsShownToNobody() throws {
    let value = Array(
      #"{"id":"c-1-1-a1","later":"x","reason":{"code":"opened","later":1},"promises":[{"secret":2}]}"#.utf8)
    let projection = try Projection(.assignment)
    for audience in Audience.allCases {
      let shown = try value.withUnsafeBytes { try projection.project($0, for: audience) }
      #expect(String(decoding: shown, as: UTF8.self) == #"{"id":"c-1-1-a1","reason":{"code":"opened"}}"#)
    }
  }

  @Test(arguments: ["[]", "7", "{", ""])
  func whatIsNoRecordIsRefused(_ text: String) throws {
    let projection = try Projection(.journal)
    #expect(throws: EventRefusal.self) {
      try Array(text.utf8).withUnsafeBytes { _ = try projection.project($0, for: .owner) }
    }
  }

  private func records(_ contract: Projection.Contract) -> [[UInt8]] {
    var random = SeededGenerator(seed: 31)
    let (assignments, escalations, journals) = (AssignmentEncoder(), EscalationEncoder(), JournalEncoder())
    let delegations = DelegationEncoder()
    return (0..<200).map { _ in
      let arena = Arena()
      defer { withExtendedLifetime(arena) {} }
      return switch contract {
      case .assignment: [UInt8](assignments.encode(RandomOutput.assignment(&random, arena)).value)
      case .escalation: [UInt8](escalations.encode(RandomOutput.escalation(&random, arena)).value)
      case .journal: [UInt8](journals.encode(RandomOutput.journal(&random, arena)).value)
      case .delegation: [UInt8](delegations.encode(RandomOutput.delegation(&random, arena)).value)
      }
    }
  }
}
