// Owns what is promised of explained grants: they tell what decides, and why each of the others does not.
import Events
import Testing

@testable import Policy

@Suite struct GrantExplanationTests {
  private static func facts(role: ByteSlice = "housekeeper", priority: Priority = .p3) -> GrantFacts {
    var facts = GrantFacts()
    facts.role = role
    facts.action = "repair"
    facts.site = "lyon-1"
    facts.team = "front-desk"
    facts.priority = priority
    return facts
  }

  @Test func eachGrantSaysWhatItAsksAndWhatThereIs() throws {
    var sample = DelegationSample()
    sample.grants = """
      [
        { role: housekeeper, action: repair, up-to: 300 EUR, priorities: [P1, P2], sites: [lyon-1, geneva-1] },
        { role: housekeeper, action: repair, up-to: 150 EUR }
      ]
      """
    let policy = try sample.compiled()
    let grants = policy.delegation.explain(Self.facts())
    #expect(grants.map(\.holds) == [false, true])
    #expect(grants.map(\.path) == ["delegation.grants[0]", "delegation.grants[1]"])
    #expect(grants[0].at.hasPrefix("delegation.yaml:"))
    #expect(grants[0].upTo.text == "300 EUR")
    #expect(grants[0].asks == "housekeeper, repair, lyon-1 or geneva-1, P1 or P2")
    #expect(
      grants[0].failed == [.init(name: "priority", asks: "P1 or P2", has: "P3", holds: false)])
    #expect(grants[1].conditions.map(\.name) == ["role", "action"])
    #expect(grants.allSatisfy { $0.isNear })
    #expect(policy.delegation.explain(Self.facts(role: "director")).allSatisfy { !$0.isNear })
  }

  /// Grants that ask for anything that can be asked for.
  private static func grants(_ random: inout SeededGenerator) -> String {
    func list(_ name: String, _ values: [String], _ random: inout SeededGenerator) -> String {
      random.once(in: 2)
        ? "" : ", \(name): [\(random.some(values, most: values.count).joined(separator: ", "))]"
    }
    let grants = (0..<Int.random(in: 2...8, using: &random)).map { _ in
      let role = random.once(in: 3) ? "duty-manager" : "housekeeper"
      let actions = random.some(["repair", "voucher"], most: 2).joined(separator: ", ")
      return "{ role: \(role), action: [\(actions)], up-to: 100 EUR"
        + list("sites", ["lyon-1", "geneva-1"], &random) + list("teams", ["front-desk", "care"], &random)
        + list("priorities", LadderDraft.priorities, &random) + list("journeys", ["stay"], &random)
        + list("segments", ["vip", "standard"], &random)
        + list("states", CaseStatus.allCases.map(\.wire.string), &random) + " }"
    }
    return "[\(grants.joined(separator: ", "))]"
  }

  private static func facts(_ random: inout SeededGenerator) -> GrantFacts {
    func one(_ words: [ByteSlice], _ random: inout SeededGenerator) -> ByteSlice {
      words[Int.random(in: words.indices, using: &random)]
    }
    var facts = GrantFacts()
    facts.role = one(["housekeeper", "duty-manager", "nobody"], &random)
    facts.action = one(["repair", "voucher", "else"], &random)
    facts.site = one(["lyon-1", "geneva-1", ""], &random)
    facts.team = one(["front-desk", "care", ""], &random)
    facts.priority = Priority.allCases[Int.random(in: 0..<4, using: &random)]
    facts.journey = one(["stay", ""], &random)
    facts.segment = one(["vip", "standard", ""], &random)
    facts.status = CaseStatus.allCases[Int.random(in: CaseStatus.allCases.indices, using: &random)]
    return facts
  }

  @Test(arguments: UInt64(1)...40) func theFirstThatIsSaidToHoldDecidesAndItHoldsWhereNothingFails(
    _ seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    var sample = DelegationSample()
    var document = try #require(sample.check.document)
    sample.actions = "{ repair: { from: \"repairs-{site}\" }, voucher: { from: \"repairs-{site}\" } }"
    sample.grants = Self.grants(&random)
    let files = sample.sample.files.map { SourceFile(name: $0.key, text: $0.value) }
    document.delegation = PolicyLoader.parse(files, Findings()).delegation.map(PolicyDocument.Delegation.init)
    let policy = CompiledPolicy(document)
    for _ in 0..<100 {
      let facts = Self.facts(&random)
      let told = policy.delegation.explain(facts)
      #expect(told.count == policy.delegation.grants.count)
      #expect(told.first { $0.holds }?.path == policy.delegation.grant(for: facts)?.path.string)
      for grant in told { #expect(grant.holds == grant.failed.isEmpty, "\(grant)") }
    }
    withExtendedLifetime(policy) {}
  }

  @Test(arguments: UInt64(1)...40) func whoseGrantsAreToldAreThoseByWhichItCanBeAsked(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var sample = DelegationSample()
    sample.grants = """
      [
        { role: housekeeper, action: repair, up-to: 150 EUR, sites: lyon-1 },
        { role: duty-manager, action: repair, up-to: 300 EUR }
      ]
      """
    var document = try #require(sample.check.document)
    let ids = document.people.map(\.id)
    for index in document.people.indices where random.once(in: 2) {
      document.people[index].absentFrom = 100
      document.people[index].absentUntil = 200
      document.people[index].delegate = ids[Int.random(in: ids.indices, using: &random)]
    }
    let policy = CompiledPolicy(document)
    let (rules, people) = (policy.delegation, policy.casework)
    var facts = Self.facts()
    facts.site = random.once(in: 2) ? "" : "lyon-1"
    for id in ids {
      let person = try #require(Array(id.utf8).withUnsafeBytes { people.person(ByteSlice($0)) })
      for time: Int64 in [99, 100, 199, 200] {
        let told = rules.explain(asking: person, facts, people, at: time)
        let all = rules.authorities(of: person, facts, people, at: time)
        #expect(told.compactMap { $0.grant?.path } == all.map(\.grant.path.string))
        #expect(told.filter { $0.grant != nil }.map(\.id) == all.map(\.holder.id.string))
      }
    }
    withExtendedLifetime(policy) {}
  }
}
