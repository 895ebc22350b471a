// Owns the guarantees about owners: one winner, first match, inner rules refine, look-ups, the place of last resort.
import Events
import Testing

@testable import Policy

@Suite struct RoutingTests {
  @Test func whatNoRuleTakesGoesToTheUnroutedOwner() throws {
    let outcome = try Sample().evaluator().outcome(.feedback())
    #expect(outcome.owner == "care")
    #expect(outcome.rule == "ownership.unrouted")
    #expect(outcome.alsoMatched == [])
  }

  @Test func theFirstOfTwoMatchingSiblingsWinsAndTheOtherIsNamed() throws {
    let evaluator = try Sample(
      ownership: """
        ownership:
          rules:
            - { when: { touchpoint: invoice }, owner: billing }
            - { when: { site: lyon-1 }, owner: front-desk }
          unrouted: { owner: care }
        """
    ).evaluator()
    let outcome = evaluator.outcome(
      .feedback {
        $0.touchpoint = "invoice"
        $0.site = "lyon-1"
      })
    #expect(outcome.owner == "billing")
    #expect(outcome.rule == "ownership.rules[0]")
    #expect(outcome.alsoMatched == ["ownership.rules[1]"])
    #expect(evaluator.outcome(.feedback { $0.site = "lyon-1" }).owner == "front-desk")
  }

  // The fifth mistake of the field: systems next door try rules in the order of their names.
  @Test(arguments: [["billing", "technique", "front-desk"], ["technique", "front-desk", "billing"]])
  func fieldMistake05RulesAreTriedAsTheyStandWhateverTheyAreCalled(_ owners: [String]) throws {
    let conditions = ["touchpoint: invoice", "site: lyon-1", "kind: feedback"]
    let rules = zip(conditions, owners).map { "    - { when: { \($0) }, owner: \($1) }" }
    let outcome = try Sample(
      ownership: "ownership:\n  rules:\n\(rules.joined(separator: "\n"))\n  unrouted: { owner: care }"
    ).evaluator().outcome(
      .feedback {
        $0.touchpoint = "invoice"
        $0.site = "lyon-1"
      })
    #expect(outcome.owner == owners[0] && outcome.rule == "ownership.rules[0]")
    #expect(outcome.alsoMatched == ["ownership.rules[1]", "ownership.rules[2]"])
  }

  @Test func anInnerRuleRefinesItsOuterRule() throws {
    let evaluator = try Sample(
      ownership: """
        ownership:
          rules:
            - when: { touchpoint: invoice }
              owner: billing
              rules:
                - { when: { site: lyon-1 }, owner: billing-lyon }
          unrouted: { owner: care }
        """
    ).evaluator()
    let refined = evaluator.outcome(
      .feedback {
        $0.touchpoint = "invoice"
        $0.site = "lyon-1"
      })
    #expect(refined.owner == "billing-lyon")
    #expect(refined.rule == "ownership.rules[0].rules[0]")
    #expect(refined.alsoMatched == ["ownership.rules[0]"])
    #expect(evaluator.outcome(.feedback { $0.touchpoint = "invoice" }).owner == "billing")
    #expect(evaluator.outcome(.feedback { $0.site = "lyon-1" }).owner == "care")
  }

  @Test func anInnerRuleInheritsOwnerAndWorker() throws {
    let evaluator = try Sample(
      ownership: """
        ownership:
          rules:
            - when: { kind: incident }
              owner: technique
              rules:
                - when: { service: lift }
                  worker: lift-service
                  rules:
                    - { when: { severity: critical }, owner: front-desk }
          unrouted: { owner: care }
        """
    ).evaluator()
    let lift = evaluator.outcome(.incident { $0.service = "lift" })
    #expect(lift.owner == "technique")
    #expect(lift.worker == "lift-service")
    let critical = evaluator.outcome(
      .incident {
        $0.service = "lift"
        $0.severity = .critical
      })
    #expect(critical.owner == "front-desk")
    #expect(critical.worker == "")
  }

  @Test func aTableRoutesByItsRowsWhereItStands() throws {
    let evaluator = try Sample(
      ownership: """
        ownership:
          rules:
            - lookup: owners.csv
            - { when: { site: lyon-1 }, owner: front-desk }
          unrouted: { owner: care }
        """,
      [
        "owners.csv": """
        # who answers for what, where
        site,touchpoint,owner,worker
        lyon-1,invoice,billing-lyon,
        ,invoice,billing,
        geneva-1,room,technique,lift-service
        """
      ]
    ).evaluator()
    let lyon = evaluator.outcome(
      .feedback {
        $0.touchpoint = "invoice"
        $0.site = "lyon-1"
      })
    #expect(lyon.owner == "billing-lyon")
    #expect(lyon.rule == "ownership.rules[0].lookup[0]")
    #expect(lyon.alsoMatched == ["ownership.rules[0].lookup[1]", "ownership.rules[1]"])
    #expect(evaluator.outcome(.feedback { $0.touchpoint = "invoice" }).owner == "billing")
    let geneva = evaluator.outcome(
      .feedback {
        $0.touchpoint = "room"
        $0.site = "geneva-1"
      })
    #expect(geneva.owner == "technique")
    #expect(geneva.worker == "lift-service")
    #expect(evaluator.outcome(.feedback { $0.site = "lyon-1" }).owner == "front-desk")
  }
}
