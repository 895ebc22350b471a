// Owns what is promised about grants and the budgets that pay: the first that holds decides, by every condition.
import Events
import Testing

@testable import Policy

@Suite struct GrantTests {
  private static func facts(_ change: (inout GrantFacts) -> Void = { _ in }) -> GrantFacts {
    var facts = GrantFacts()
    facts.role = "housekeeper"
    facts.action = "repair"
    facts.site = "lyon-1"
    facts.team = "front-desk"
    facts.priority = .p1
    facts.journey = "stay"
    facts.segment = "vip"
    facts.status = .assigned
    change(&facts)
    return facts
  }

  @Test func theFirstGrantThatHoldsDecides() throws {
    var sample = DelegationSample()
    sample.grants = """
      [
        { role: housekeeper, action: repair, up-to: 300 EUR, priorities: P1 },
        { role: housekeeper, action: repair, up-to: 150 EUR }
      ]
      """
    let policy = try sample.compiled()
    #expect(policy.delegation.grant(for: Self.facts())?.upTo.minor == 30_000)
    #expect(policy.delegation.grant(for: Self.facts { $0.priority = .p2 })?.upTo.minor == 15_000)
    #expect(policy.delegation.grant(for: Self.facts { $0.role = "duty-manager" })?.upTo.minor == nil)
  }

  @Test func everyConditionOfAGrantIsAsked() throws {
    var sample = DelegationSample()
    sample.grants = """
      [{
        role: housekeeper, action: [repair], up-to: 150 EUR, sites: [lyon-1], teams: [front-desk], priorities: [P1, P2],
        journeys: [stay], segments: [vip], states: [assigned, acknowledged]
      }]
      """
    let policy = try sample.compiled()
    let rules = policy.delegation
    #expect(rules.grant(for: Self.facts()) != nil)
    #expect(rules.grant(for: Self.facts { $0.status = .acknowledged }) != nil)
    let others: [(inout GrantFacts) -> Void] = [
      { $0.role = "director" }, { $0.action = "voucher" }, { $0.site = "geneva-1" }, { $0.site = "" },
      { $0.team = "care" }, { $0.priority = .p3 }, { $0.journey = "" }, { $0.segment = "standard" },
      { $0.status = .resolved },
    ]
    for change in others { #expect(rules.grant(for: Self.facts(change)) == nil) }
  }

  @Test func templatesNameTheBudgetOfTheSite() throws {
    let policy = try DelegationSample().compiled()
    let action = try #require(policy.delegation.action("repair"))
    guard
      case .budgets(let found) = policy.delegation.budgets(of: action.from, site: "geneva-1", team: "care")
    else {
      Issue.record("the site has a budget")
      return
    }
    #expect(found.map(\.id.string) == ["repairs-geneva-1"])
    #expect(found.first?.root == "site/geneva-1")
  }

  @Test func aBudgetThatThePolicyDoesNotHaveIsNamed() throws {
    let policy = try DelegationSample().compiled()
    let action = try #require(policy.delegation.action("repair"))
    guard case .missing(let id) = policy.delegation.budgets(of: action.from, site: "paris-9", team: "care")
    else {
      Issue.record("there is none")
      return
    }
    #expect(id == "repairs-paris-9")
  }

  @Test func withoutTheFileNobodyMaySayYes() throws {
    let policy = try Sample().compiled()
    #expect(!policy.delegation.isOn)
    #expect(policy.delegation.grant(for: Self.facts()) == nil)
    #expect(policy.delegation.action("repair") == nil)
  }

  @Test func whatIsLeftOutHasItsDefault() throws {
    let document = try #require(DelegationSample().check.document?.delegation)
    let action = try #require(document.actions.first)
    #expect(action.name == "repair" && !action.closesCase && !action.signed && action.ceiling == nil)
    #expect(action.validFor == 7 * 86_400_000 && action.referFor == 2 * 86_400_000)
    #expect(document.split == .init() && document.split.byPerson && document.split.byCase)
    #expect(document.budgets.map(\.zone) == ["Europe/Paris", "Europe/Zurich"])
    #expect(document.budgets.allSatisfy { $0.overdraft == 0 && $0.per == nil })
  }
}
