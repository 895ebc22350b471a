// Owns the policy under which random lives are lived: one under which much happens.
import Policy

enum LivelyPolicy {
  /// Clocks by priority, a limit that is met, and people who work by the day.
  static let compiled = Result { try CaseworkSample(files).compiled() }
  private static let files = [
    "ladders.yaml": """
    ladders:
      standard:
        clocks: { acknowledge: 1h, respond: 4h, resolve: 2 days, silence: 6 days }
        by-priority:
          P1: { acknowledge: 15m, respond: 1h, resolve: 8h, silence: 2 days }
          P4: { acknowledge: 4h, respond: 2 days, resolve: 5 days }
        rungs:
          - { unless: acknowledged, to: shift-lead of owner }
          - { unless: responded, to: accountable of owner }
          - { unless: resolved, to: site-director }
          - { after: 1 day, to: customer-director, tell: executive }
        start: { P1: 2 }
        repeat: { every: 1 day, at-most: 2 }
    """,
    "calendars.yaml": """
    calendars:
      days: { zone: Europe/Paris, hours: { every day: "07:00-22:00" } }
      office: { zone: Europe/Paris, hours: { mon-fri: ["09:00-12:30", "13:30-18:00"] } }
    """,
    "teams.yaml": """
    teams:
      front-desk: { accountable: front-desk-lead }
      technique: { accountable: chief-engineer, calendar: days }
      billing: { accountable: billing-lead, calendar: office }
      care: { accountable: care-lead }
      lift-service: { subcontractor-of: technique }
    """,
    "people.yaml": """
    people:
      - { id: anna, role: technician, team: technique, site: lyon-1, calendar: days }
      - { id: ben, role: shift-lead, team: technique, site: lyon-1, calendar: days }
      - { id: cleo, role: chief-engineer, team: technique, calendar: office }
      - { id: dora, role: billing-lead, team: billing, calendar: office }
      - { id: emil, role: front-desk-lead, team: front-desk }
      - { id: fred, role: care-lead, team: care }
      - { id: gina, role: site-director, team: care, site: lyon-1, calendar: office }
      - { id: hugo, role: customer-director, team: care, calendar: office }
    """,
    "cases.yaml": """
    cases:
      limit: { escalations: 4, per: 1h }
      reopen: { within: 5 days }
      deduplicate: { window: 30 days }
      memory: { half-life: 2 days }
    """,
    "delegation.yaml": """
    actions:
      refund: { name: Refund, from: "goodwill-{site}" }
      gift: { name: Gift, from: gifts }
      replace: { name: Replace, from: "goodwill-{site}", closes-case: true }
    budgets:
      goodwill-lyon-1: { root: site lyon-1, amount: 5000 EUR, window: 7 days }
      goodwill-geneva-1: { root: site geneva-1, amount: 5000 EUR, window: 7 days }
      gifts: { root: team care, amount: 2000 EUR, window: month, zone: Europe/Paris }
    grants:
      - { role: technician, action: [refund, gift, replace], up-to: 100 EUR }
      - { role: billing-lead, action: [refund, gift, replace], up-to: 100 EUR }
    beyond:
      - { role: customer-director }
    limits:
      - { per: case, up-to: 300 EUR, actions: [refund, gift] }
      - { per: subject, up-to: 400 EUR, within: 20 days }
    rates:
      - { from: CHF, to: EUR, rate: 2, since: 2020-01-01 }
    """,
  ]

  /// Policies that may follow it: a team is gone, a team has become a subcontractor, and the ladders are others.
  static let successors: [CompiledPolicy] = [
    [
      "teams.yaml": text("teams.yaml").replacing(
        "  billing: { accountable: billing-lead, calendar: office }\n", with: ""),
      "people.yaml": text("people.yaml").replacing("team: billing", with: "team: care"),
      "ownership.yaml": CaseworkSample.ownership.replacing("owner: billing", with: "owner: care"),
    ],
    [
      "teams.yaml": text("teams.yaml").replacing(
        "technique: { accountable: chief-engineer, ", with: "technique: { subcontractor-of: care, "),
      "ownership.yaml": CaseworkSample.ownership.replacing("owner: technique", with: "owner: care"),
    ],
    [
      "ladders.yaml": """
      ladders:
        standard:
          clocks: { acknowledge: none, respond: 2h, resolve: 1 day, silence: 3 days }
          rungs:
            - { unless: responded, to: accountable of owner }
            - { after: 4h, to: customer-director }
      """
    ],
  ].compactMap { try? CaseworkSample(files.merging($0) { $1 }).compiled() }

  private static func text(_ file: String) -> String { files[file] ?? "" }

  /// Somebody of each team, as the directory has them.
  static let people = ["technique": "anna", "billing": "dora", "front-desk": "emil", "care": "fred"]
}
