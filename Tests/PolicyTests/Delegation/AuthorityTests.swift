// Owns what is promised about whose grant somebody asks by: their own, else that of somebody they stand in for.
import Events
import Testing

@testable import Policy

@Suite struct AuthorityTests {
  private static let monday: Int64 = 1_772_438_400_000
  private static let hour: Int64 = 3_600_000

  /// `away` are people with who stands in for each, from Monday for an hour.
  private static func policy(
    away: [(id: String, delegate: String)], _ change: (inout PolicyDocument) -> Void = { _ in }
  ) throws -> CompiledPolicy {
    var sample = DelegationSample()
    sample.grants = """
      [
        { role: housekeeper, action: repair, up-to: 150 EUR },
        { role: duty-manager, action: repair, up-to: 300 EUR, from: "repairs-geneva-1" },
        { role: director, action: repair, up-to: 900 EUR, from: "repairs-{site}" }
      ]
      """
    var document = try #require(sample.check.document)
    for index in document.people.indices {
      guard let away = away.first(where: { $0.id == document.people[index].id }) else { continue }
      document.people[index].delegate = away.delegate
      document.people[index].absentFrom = monday
      document.people[index].absentUntil = monday + hour
    }
    change(&document)
    return CompiledPolicy(document)
  }

  private static func all(
    of id: ByteSlice, _ policy: CompiledPolicy, site: ByteSlice = "lyon-1", at time: Int64 = monday
  ) throws -> [Authority] {
    let person = try #require(policy.casework.person(id))
    var facts = GrantFacts()
    facts.action = "repair"
    facts.site = site
    return policy.delegation.authorities(of: person, facts, policy.casework, at: time)
  }

  /// `delegation.grants[0] of maid-1`.
  private static func names(_ all: [Authority]) -> [String] {
    all.map { "\($0.grant.path.string) of \($0.holder.id.string)" }
  }

  @Test func theirOwnGrantStandsBeforeThoseOfThePeopleTheyStandInFor() throws {
    let policy = try Self.policy(away: [("director-1", "maid-1"), ("duty-1", "maid-1")])
    let all = try Self.all(of: "maid-1", policy)
    #expect(
      Self.names(all) == [
        "delegation.grants[0] of maid-1", "delegation.grants[1] of duty-1",
        "delegation.grants[2] of director-1",
      ])
    #expect(all.map { $0.absent?.id.string } == [nil, "duty-1", "director-1"])
    #expect(all.allSatisfy { $0.person.id == "maid-1" })
  }

  @Test func whoIsAbsentHasNoGrant() throws {
    let policy = try Self.policy(away: [("maid-1", "duty-1")])
    #expect(try Self.all(of: "maid-1", policy).isEmpty)
  }

  @Test func anAbsenceIsHalfOpen() throws {
    let policy = try Self.policy(away: [("director-1", "maid-1")])
    func count(at time: Int64) throws -> Int { try Self.all(of: "maid-1", policy, at: time).count }
    #expect(try count(at: Self.monday - 1) == 1)
    #expect(try count(at: Self.monday) == 2)
    #expect(try count(at: Self.monday + Self.hour - 1) == 2)
    #expect(try count(at: Self.monday + Self.hour) == 1)
  }

  @Test func standInsOfStandInsAreFollowed() throws {
    let policy = try Self.policy(away: [("director-1", "duty-1"), ("duty-1", "maid-1")])
    #expect(
      try Self.names(Self.all(of: "maid-1", policy)).dropFirst() == [
        "delegation.grants[1] of duty-1", "delegation.grants[2] of director-1",
      ])
  }

  @Test func nobodyAsksInTheNameOfMoreThanSixteen() throws {
    let policy = try Self.policy(away: []) { document in
      for number in 0..<20 {
        document.people.append(
          PolicyDocument.Person(
            id: "director-\(10 + number)", role: "director", team: "care", delegate: "maid-1",
            absentFrom: Self.monday, absentUntil: Self.monday + Self.hour))
      }
    }
    #expect(try Self.all(of: "maid-1", policy).count == 1 + DelegationRules.mostStoodInFor)
  }

  @Test func theSiteIsTheCasesElseThatOfWhoseGrantItIs() throws {
    let policy = try Self.policy(away: [("duty-2", "maid-1")])
    #expect(try Self.all(of: "maid-1", policy).map(\.site.string) == ["lyon-1", "lyon-1"])
    #expect(try Self.all(of: "maid-1", policy, site: "").map(\.site.string) == ["lyon-1", "geneva-1"])
  }

  private static func chosen(
    _ euros: Int64, of id: ByteSlice, _ policy: CompiledPolicy, site: ByteSlice = "lyon-1"
  ) throws -> (grant: String?, budgets: [String]) {
    let rules = policy.delegation
    let action = try #require(rules.action("repair"))
    let money = Money(minor: euros * 100, currency: "EUR")
    let authority = rules.authority(
      of: try all(of: id, policy, site: site), for: action, money, at: monday)
    let person = try #require(policy.casework.person(id))
    guard
      case .budgets(let budgets) = rules.budgets(for: action, by: authority, of: person, site: site)
    else { return (authority?.grant.path.string, []) }
    return (authority?.grant.path.string, budgets.map(\.id.string))
  }

  @Test func theFirstThatTakesTheAmountDecidesWhichBudgetsPay() throws {
    let policy = try Self.policy(away: [("duty-1", "maid-1"), ("director-1", "maid-1")])
    #expect(try Self.chosen(150, of: "maid-1", policy) == ("delegation.grants[0]", ["repairs-lyon-1"]))
    #expect(try Self.chosen(151, of: "maid-1", policy) == ("delegation.grants[1]", ["repairs-geneva-1"]))
    #expect(try Self.chosen(900, of: "maid-1", policy) == ("delegation.grants[2]", ["repairs-lyon-1"]))
    #expect(try Self.chosen(901, of: "maid-1", policy) == ("delegation.grants[0]", ["repairs-lyon-1"]))
  }

  @Test func aGrantWhoseBudgetsDoNotExistIsPassedOver() throws {
    let policy = try Self.policy(away: [("duty-1", "maid-1")])
    #expect(
      try Self.chosen(20, of: "maid-1", policy, site: "paris-9") == (
        "delegation.grants[1]", ["repairs-geneva-1"]
      ))
    let alone = try Self.policy(away: [])
    #expect(try Self.chosen(20, of: "maid-1", alone, site: "paris-9") == ("delegation.grants[0]", []))
  }

  @Test func withoutAGrantTheBudgetsAreThoseOfTheAction() throws {
    let policy = try Self.policy(away: [])
    #expect(try Self.chosen(20, of: "eva", policy) == (nil, ["repairs-lyon-1"]))
  }

  @Test func aCurrencyWithoutARateIsTakenByNoGrant() throws {
    let policy = try Self.policy(away: [])
    let authority = try #require(try Self.all(of: "maid-1", policy).first)
    let rules = policy.delegation
    #expect(!authority.takes(Money(minor: 1, currency: "JPY"), rules, at: Self.monday))
    #expect(authority.takes(Money(minor: 1, currency: "CHF"), rules, at: Self.monday))
  }
}
