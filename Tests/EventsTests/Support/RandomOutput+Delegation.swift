// Owns random claims and answers to them for round trips: every field set or absent, as the roles may.
import Events

extension RandomOutput {
  static func claim(_ random: inout SeededGenerator, _ arena: Arena) -> Claim {
    var claim = Claim()
    claim.id = RandomSignal.name(&random, arena)
    claim.kind = Claim.Kind.allCases.randomElement(using: &random)!
    claim.claim = RandomSignal.claim(&random, arena)
    claim.root = RandomSignal.name(&random, arena)
    claim.caseID = RandomSignal.name(&random, arena)
    claim.subjectKey = RandomSignal.name(&random, arena)
    claim.owner = RandomSignal.maybe(&random, arena)
    claim.site = RandomSignal.maybe(&random, arena)
    claim.journey = RandomSignal.maybe(&random, arena)
    claim.segment = RandomSignal.maybe(&random, arena)
    claim.priority = Priority.allCases.randomElement(using: &random)!
    claim.status = CaseStatus.allCases.randomElement(using: &random)!
    claim.action = RandomSignal.maybe(&random, arena)
    if claim.kind == .request { claim.action = RandomSignal.name(&random, arena) }
    if claim.kind == .request || Bool.random(using: &random) {
      claim.amount = .random(in: 1...JSONBounds.exact, using: &random)
      claim.currency = "KWD"
    }
    claim.budgets = names(0...4, &random, arena)
    claim.grant = RandomSignal.maybe(&random, arena)
    claim.actor.id = RandomSignal.maybe(&random, arena)
    claim.actor.role = RandomSignal.maybe(&random, arena)
    claim.actor.site = RandomSignal.maybe(&random, arena)
    claim.evidence = names(0...3, &random, arena)
    claim.signedBy = RandomSignal.maybe(&random, arena)
    claim.note = RandomSignal.text(&random, arena)
    claim.occurredAt = time(&random)
    claim.at = time(&random)
    claim.epoch = .random(in: 0...1000, using: &random)
    if Bool.random(using: &random) { claim.cause = RandomSignal.coordinates(&random, arena) }
    claim.causeID = RandomSignal.maybe(&random, arena)
    claim.traceparent = traceparent(&random)
    return claim
  }

  static func delegation(_ random: inout SeededGenerator, _ arena: Arena) -> Delegation {
    var delegation = Delegation()
    delegation.id = RandomSignal.name(&random, arena)
    delegation.answer = Delegation.Answer.allCases.randomElement(using: &random)!
    delegation.subjectKey = RandomSignal.name(&random, arena)
    if Bool.random(using: &random) {
      delegation.claim = RandomSignal.claim(&random, arena)
      delegation.caseID = RandomSignal.name(&random, arena)
      delegation.amount = .random(in: 1...JSONBounds.exact, using: &random)
      delegation.currency = "JPY"
      delegation.sum = .random(in: 0...JSONBounds.exact, using: &random)
    }
    delegation.owner = RandomSignal.maybe(&random, arena)
    delegation.root = RandomSignal.maybe(&random, arena)
    delegation.action = RandomSignal.maybe(&random, arena)
    if Bool.random(using: &random) { delegation.requester = member(&random, arena) }
    if Bool.random(using: &random) { delegation.decider = member(&random, arena) }
    delegation.grant = RandomSignal.maybe(&random, arena)
    delegation.grantAt = RandomSignal.maybe(&random, arena)
    delegation.failed = some(&random) { failure(&$0, arena) }
    delegation.passes = some(&random) { passing(&$0) }
    delegation.canSayYes = some(&random) { approver(&$0, arena) }
    delegation.budgets = some(&random) { budget(&$0, arena) }
    delegation.movements = some(&random) { movement(&$0, arena) }
    delegation.expiresAt = maybeTime(&random)
    if Bool.random(using: &random) {
      delegation.key = RandomSignal.name(&random, arena)
      delegation.signature = arena.slice(Samples.signature)
    }
    delegation.at = time(&random)
    delegation.reason = reason(&random, arena)
    delegation.epoch = .random(in: 0...1000, using: &random)
    if Bool.random(using: &random) { delegation.cause = RandomSignal.coordinates(&random, arena) }
    delegation.causeID = RandomSignal.maybe(&random, arena)
    delegation.traceparent = traceparent(&random)
    return delegation
  }

  private static func some<Item>(
    _ random: inout SeededGenerator, _ make: (inout SeededGenerator) -> Item
  ) -> [Item] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in make(&random) }
  }

  private static func member(_ random: inout SeededGenerator, _ arena: Arena) -> Escalation.Person {
    var person = Escalation.Person()
    person.id = RandomSignal.name(&random, arena)
    person.role = RandomSignal.maybe(&random, arena)
    person.team = RandomSignal.maybe(&random, arena)
    person.standsInFor = RandomSignal.maybe(&random, arena)
    return person
  }

  private static func failure(_ random: inout SeededGenerator, _ arena: Arena) -> Delegation.Failure {
    var failure = Delegation.Failure()
    failure.code = RandomSignal.name(&random, arena)
    failure.at = RandomSignal.maybe(&random, arena)
    failure.text = RandomSignal.text(&random, arena)
    return failure
  }

  private static func passing(_ random: inout SeededGenerator) -> Delegation.Passing {
    var passing = Delegation.Passing()
    passing.amount = .random(in: 0...JSONBounds.exact, using: &random)
    passing.from = maybeTime(&random)
    return passing
  }

  private static func approver(_ random: inout SeededGenerator, _ arena: Arena) -> Delegation.Approver {
    var approver = Delegation.Approver()
    approver.role = RandomSignal.name(&random, arena)
    approver.team = RandomSignal.maybe(&random, arena)
    approver.site = RandomSignal.maybe(&random, arena)
    if Bool.random(using: &random) {
      approver.upTo = .random(in: 0...JSONBounds.exact, using: &random)
      approver.currency = "EUR"
    }
    approver.people = some(&random) { member(&$0, arena) }
    approver.dutyAt = maybeTime(&random)
    return approver
  }

  private static func budget(_ random: inout SeededGenerator, _ arena: Arena) -> Delegation.Budget {
    var budget = Delegation.Budget()
    budget.id = RandomSignal.name(&random, arena)
    budget.currency = "EUR"
    budget.limit = .random(in: 0...JSONBounds.exact, using: &random)
    budget.held = .random(in: 0...JSONBounds.exact, using: &random)
    budget.spent = .random(in: 0...JSONBounds.exact, using: &random)
    budget.left = .random(in: -JSONBounds.exact...JSONBounds.exact, using: &random)
    budget.overdrawn = .random(in: 0...JSONBounds.exact, using: &random)
    budget.windowFrom = time(&random)
    if Bool.random(using: &random) {
      budget.roomAt = .random(in: 1...RFC3339.latest, using: &random)
      budget.roomThen = .random(in: 0...JSONBounds.exact, using: &random)
    }
    return budget
  }

  private static func movement(_ random: inout SeededGenerator, _ arena: Arena) -> Delegation.Movement {
    var movement = Delegation.Movement()
    movement.budget = RandomSignal.name(&random, arena)
    movement.from = Delegation.Movement.Account.allCases.randomElement(using: &random)!
    movement.to = Delegation.Movement.Account.allCases.randomElement(using: &random)!
    movement.amount = .random(in: 1...JSONBounds.exact, using: &random)
    movement.day = .random(in: 0...Int32.max, using: &random)
    return movement
  }
}
