// Owns the small policy that tests of delegation are written against.

@testable import Policy

/// A sound policy with a directory and a delegation.yaml; each test replaces the parts that it is about.
struct DelegationSample {
  var actions = "{ repair: { from: \"repairs-{site}\" } }"
  var budgets = """
    {
      repairs-lyon-1: { root: site lyon-1, amount: 600 EUR, window: 7 days },
      repairs-geneva-1: { root: site geneva-1, amount: 600 CHF, window: month }
    }
    """
  var grants = "[{ role: housekeeper, action: repair, up-to: 150 EUR }]"
  var beyond = "[{ role: duty-manager, up-to: 500 EUR }, { role: director }]"
  var rates = """
    [
      { from: CHF, to: EUR, rate: 1.0432, since: 2026-01-01 }, { from: EUR, to: CHF, rate: 0.9586, since: 2026-01-01 }
    ]
    """
  /// Lines of delegation.yaml beside those.
  var more = ""

  static let people = """
    people:
      - { id: anna, role: front-desk-lead, team: front-desk }
      - { id: ben, role: chief-engineer, team: technique }
      - { id: carla, role: billing-lead, team: billing }
      - { id: dan, role: billing-lyon-lead, team: billing-lyon }
      - { id: eva, role: care-lead, team: care }
      - { id: maid-1, role: housekeeper, team: front-desk, site: lyon-1 }
      - { id: maid-2, role: housekeeper, team: front-desk, site: geneva-1 }
      - { id: duty-1, role: duty-manager, team: front-desk, site: lyon-1 }
      - { id: duty-2, role: duty-manager, team: front-desk, site: geneva-1 }
      - { id: director-1, role: director, team: care }
      - { id: director-2, role: director, team: care }
    """

  var text: String {
    """
    actions: \(actions)
    budgets: \(budgets)
    grants: \(grants)
    beyond: \(beyond)
    rates: \(rates)
    \(more)
    """
  }

  var sample: Sample {
    Sample(
      ownership: Sample.ownership, scoring: Sample.scoring,
      ["people.yaml": Self.people, "delegation.yaml": text])
  }

  var check: PolicyCheck { sample.check }
  func compiled() throws -> CompiledPolicy { try sample.compiled() }
}
