// Owns the policy under which random lives are lived: one under which much happens.
import Policy

enum LivelyPolicy {
  /// Clocks by priority, a limit that is met, and teams that work by the day.
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
    "cases.yaml": """
    cases:
      limit: { escalations: 4, per: 1h }
      reopen: { within: 5 days }
      deduplicate: { window: 30 days }
      memory: { half-life: 2 days }
    """,
  ]

  /// Policies that may follow it: a team is gone, a team has become a subcontractor, and the ladders are others.
  static let successors: [CompiledPolicy] = [
    [
      "teams.yaml": CaseworkSample.teams.replacing("  billing: { accountable: billing-lead }\n", with: ""),
      "ownership.yaml": CaseworkSample.ownership.replacing("owner: billing", with: "owner: care"),
    ],
    [
      "teams.yaml": CaseworkSample.teams.replacing(
        "technique: { accountable: chief-engineer }", with: "technique: { subcontractor-of: care }"),
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
}
