// Owns the way from a record on `delegations` back to an answer, for the tools and people that read them.

/// Decodes answers to claims. One for each thread; an answer is valid until the next call. Not for hot paths.
public final class DelegationDecoder {
  private let decoder: OutputDecoder
  private var vocabulary: Vocabulary { decoder.vocabulary }
  private static let amounts: ClosedRange<Int64> = 0...JSONDocument.exact
  private static let most = 4096

  public init(_ limits: DecodingLimits = DecodingLimits()) { decoder = OutputDecoder(limits) }

  public func decode(_ value: UnsafeRawBufferPointer?) throws(EventRefusal) -> Delegation {
    let object = try decoder.object(value, vocabulary.delegation)
    var delegation = Delegation()
    delegation.id = try object.required(.id, .id)
    delegation.claim = try object.text(.claim, .id)
    delegation.answer = try object.requiredWord(.answer, of: Delegation.Answer.self)
    delegation.caseID = try object.text(.case, .id)
    delegation.subjectKey = try object.required(.subjectKey, .id)
    delegation.owner = try object.text(.owner, .name)
    delegation.root = try object.text(.root, .id)
    delegation.action = try object.text(.action, .name)
    if object.node(.amount) != nil {
      (delegation.amount, delegation.currency) = try decoder.events.money(object)
    }
    delegation.requester = try person(object, .requester, path: "requester.")
    delegation.decider = try person(object, .decider, path: "decider.")
    delegation.grant = try object.text(.grant, .note)
    delegation.grantAt = try object.text(.grantAt, .note)
    try readGrounds(object, into: &delegation)
    delegation.budgets = try budgets(object)
    delegation.movements = try movements(object)
    delegation.expiresAt = try object.time(.expiresAt) ?? 0
    if let signature = try decoder.events.signature(object) {
      (delegation.key, delegation.signature) = (signature.key, signature.value)
    }
    delegation.at = try object.requiredTime(.at)
    delegation.reason = try decoder.reason(object)
    delegation.epoch = try object.requiredInteger(.epoch, 0...JSONDocument.exact)
    delegation.cause = try decoder.events.cause(object) ?? Coordinates()
    delegation.causeID = try object.text(.causeId, .id)
    delegation.traceparent = try decoder.events.traceparent(object)
    return delegation
  }

  private func person(
    _ object: ObjectReader, _ field: Field, path: StaticString
  ) throws(EventRefusal) -> Escalation.Person {
    guard let part = try decoder.part(object, field, vocabulary.person, path: path) else {
      return Escalation.Person()
    }
    return try decoder.person(part)
  }

  private func readGrounds(_ object: ObjectReader, into delegation: inout Delegation) throws(EventRefusal) {
    try decoder.events.readList(
      object, .failed, atMost: Self.most, vocabulary.failure, path: "failed[].", level: 2,
      into: &delegation.failed
    ) { reader throws(EventRefusal) in
      var failure = Delegation.Failure()
      failure.code = try reader.required(.code, .name)
      failure.at = try reader.text(.ruleAt, .note)
      failure.text = try reader.text(.text, .note)
      return failure
    }
    try decoder.events.readList(
      object, .passes, atMost: Self.most, vocabulary.passing, path: "passes[].", level: 2,
      into: &delegation.passes
    ) { reader throws(EventRefusal) in
      var passing = Delegation.Passing()
      passing.amount = try reader.requiredInteger(.minor, Self.amounts)
      passing.from = try reader.time(.at) ?? 0
      return passing
    }
    try decoder.events.readList(
      object, .canSayYes, atMost: Self.most, vocabulary.approver, path: "canSayYes[].", level: 2,
      into: &delegation.canSayYes
    ) { reader throws(EventRefusal) in try approver(reader) }
    delegation.sum = try object.integer(.sum, 1...JSONDocument.exact) ?? 0
  }

  private func approver(_ reader: ObjectReader) throws(EventRefusal) -> Delegation.Approver {
    var approver = Delegation.Approver()
    approver.role = try reader.required(.role, .name)
    approver.team = try reader.text(.team, .name)
    approver.site = try reader.text(.site, .name)
    if let node = reader.node(.upTo) {
      let most = try decoder.events.reader(
        reader.document, at: node, vocabulary.amount, path: "canSayYes[].upTo.", level: 3)
      approver.upTo = try most.requiredInteger(.minor, Self.amounts)
      approver.currency = try decoder.events.currency(most)
    }
    approver.people = try decoder.people(reader, path: "canSayYes[].people[].", level: 3)
    approver.dutyAt = try reader.time(.dutyAt) ?? 0
    return approver
  }

  private func budgets(_ object: ObjectReader) throws(EventRefusal) -> [Delegation.Budget] {
    var budgets: [Delegation.Budget] = []
    try decoder.events.readList(
      object, .budgets, atMost: Self.most, vocabulary.budget, path: "budgets[].", level: 2, into: &budgets
    ) { reader throws(EventRefusal) in
      var budget = Delegation.Budget()
      budget.id = try reader.required(.id, .id)
      budget.currency = try decoder.events.currency(reader)
      budget.limit = try reader.requiredInteger(.limit, Self.amounts)
      budget.held = try reader.requiredInteger(.held, Self.amounts)
      budget.spent = try reader.requiredInteger(.spent, Self.amounts)
      // Below zero where the policy made the limit less than what is held and spent.
      budget.left = try reader.requiredInteger(.left, -JSONDocument.exact...JSONDocument.exact)
      budget.overdrawn = try reader.requiredInteger(.overdrawn, Self.amounts)
      budget.windowFrom = try reader.requiredTime(.windowFrom)
      budget.roomAt = try reader.time(.roomAt) ?? 0
      budget.roomThen = try reader.integer(.roomThen, Self.amounts) ?? 0
      return budget
    }
    return budgets
  }

  private func movements(_ object: ObjectReader) throws(EventRefusal) -> [Delegation.Movement] {
    var movements: [Delegation.Movement] = []
    try decoder.events.readList(
      object, .movements, atMost: Self.most, vocabulary.movement, path: "movements[].", level: 2,
      into: &movements
    ) { reader throws(EventRefusal) in
      var movement = Delegation.Movement()
      movement.budget = try reader.required(.budget, .id)
      movement.from = try reader.requiredWord(.from, of: Delegation.Movement.Account.self)
      movement.to = try reader.requiredWord(.to, of: Delegation.Movement.Account.self)
      movement.amount = try reader.requiredInteger(.minor, 1...JSONDocument.exact)
      movement.day = Int32(clamping: try reader.requiredInteger(.day, OutputDecoder.counts))
      return movement
    }
    return movements
  }
}
