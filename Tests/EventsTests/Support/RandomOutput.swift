// Owns random records of casework for round trips: every field set or absent, as casework may.
import Events

enum RandomOutput {
  static func assignment(_ random: inout SeededGenerator, _ arena: Arena) -> Assignment {
    var assignment = Assignment()
    assignment.id = RandomSignal.name(&random, arena)
    assignment.revision = .random(in: 1...JSONBounds.exact, using: &random)
    assignment.view = view(&random, arena)
    assignment.to = RandomSignal.maybe(&random, arena)
    assignment.at = time(&random)
    assignment.reason = reason(&random, arena)
    assignment.epoch = .random(in: 0...JSONBounds.exact, using: &random)
    if Bool.random(using: &random) { assignment.cause = RandomSignal.coordinates(&random, arena) }
    assignment.traceparent = traceparent(&random)
    return assignment
  }

  static func escalation(_ random: inout SeededGenerator, _ arena: Arena) -> Escalation {
    var escalation = Escalation()
    escalation.id = RandomSignal.name(&random, arena)
    escalation.kind = Escalation.Kind.allCases.randomElement(using: &random)!
    if escalation.kind == .digest {
      escalation.view.owner = RandomSignal.name(&random, arena)
      escalation.digestCount = .random(in: 1...1000, using: &random)
      escalation.digestCases = names(0...20, &random, arena)
    } else {
      escalation.view = view(&random, arena)
    }
    escalation.rung = Bool.random(using: &random) ? .random(in: 1...9, using: &random) : 0
    escalation.skipped = Array(1..<Int32.random(in: 1...4, using: &random))
    if Bool.random(using: &random) { escalation.to = target(&random, arena) }
    escalation.canAct = names(0...3, &random, arena)
    escalation.unless = RandomSignal.maybe(&random, arena)
    escalation.due = maybeTime(&random)
    escalation.dueBy = RandomSignal.maybe(&random, arena)
    if escalation.kind == .retraction { escalation.retracts = RandomSignal.name(&random, arena) }
    escalation.wakeAt = maybeTime(&random)
    if Bool.random(using: &random) { escalation.next = next(&random, arena) }
    escalation.ownerGone = Bool.random(using: &random)
    if Bool.random(using: &random) { escalation.heardUntil = time(&random) }
    escalation.audience = Audience.allCases.randomElement(using: &random)!
    escalation.at = time(&random)
    escalation.reason = reason(&random, arena)
    escalation.epoch = .random(in: 0...1000, using: &random)
    if Bool.random(using: &random) { escalation.cause = RandomSignal.coordinates(&random, arena) }
    escalation.traceparent = traceparent(&random)
    return escalation
  }

  private static func remedies(_ random: inout SeededGenerator, _ arena: Arena) -> [RemedyView] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in
      var remedy = RemedyView()
      remedy.claim = RandomSignal.claim(&random, arena)
      remedy.action = RandomSignal.name(&random, arena)
      remedy.amount = .random(in: 1...JSONBounds.exact, using: &random)
      remedy.currency = "EUR"
      remedy.state = RandomSignal.name(&random, arena)
      remedy.by = RandomSignal.maybe(&random, arena)
      remedy.expiresAt = maybeTime(&random)
      return remedy
    }
  }

  static func journal(_ random: inout SeededGenerator, _ arena: Arena) -> JournalRecord {
    var record = JournalRecord()
    record.id = RandomSignal.name(&random, arena)
    record.task = .random(in: 0...Int32.max, using: &random)
    record.number = .random(in: 1...JSONBounds.exact, using: &random)
    record.at = time(&random)
    if Bool.random(using: &random) {
      record.cause = .timer(due: time(&random), heardUntil: Bool.random(using: &random) ? time(&random) : nil)
    } else {
      // Nothing is decided about a mark.
      record.kind = SignalKind.allCases.filter { $0 != .mark }.randomElement(using: &random)!
      record.cause = .signal(
        id: RandomSignal.name(&random, arena), RandomSignal.coordinates(&random, arena),
        causeID: RandomSignal.maybe(&random, arena), occurredAt: time(&random))
    }
    record.caseID = RandomSignal.maybe(&random, arena)
    record.subjectKey = RandomSignal.maybe(&random, arena)
    record.decision = JournalRecord.Decision.allCases.randomElement(using: &random)!
    record.reason = reason(&random, arena)
    record.earlier = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      let reason = reason(&random, arena)
      return JournalRecord.Step(
        JournalRecord.Decision.allCases.randomElement(using: &random)!, code: reason.code, text: reason.text)
    }
    record.owner = RandomSignal.maybe(&random, arena)
    record.worker = RandomSignal.maybe(&random, arena)
    record.witness = RandomSignal.maybe(&random, arena)
    record.priority = Bool.random(using: &random) ? Priority.allCases.randomElement(using: &random) : nil
    record.score = maybeShare(&random)
    record.contributions = contributions(&random, arena)
    record.memoryBefore = maybeShare(&random)
    record.memoryAfter = maybeShare(&random)
    record.rule = RandomSignal.maybe(&random, arena)
    record.ruleAt = RandomSignal.maybe(&random, arena)
    record.alsoMatched = names(0...2, &random, arena)
    record.status = Bool.random(using: &random) ? CaseStatus.allCases.randomElement(using: &random) : nil
    record.act = Bool.random(using: &random) ? Act.Word.allCases.randomElement(using: &random) : nil
    record.actor.id = RandomSignal.maybe(&random, arena)
    record.actor.team = RandomSignal.maybe(&random, arena)
    if Bool.random(using: &random) {
      record.edgeFrom = RandomSignal.name(&random, arena)
      record.edgeTo = RandomSignal.name(&random, arena)
    }
    record.clocks = clocks(&random, arena)
    record.outputs = names(0...3, &random, arena)
    record.epoch = .random(in: 0...1000, using: &random)
    record.traceparent = traceparent(&random)
    return record
  }

  private static func view(_ random: inout SeededGenerator, _ arena: Arena) -> CaseView {
    var view = CaseView()
    view.id = RandomSignal.name(&random, arena)
    view.subjectKey = RandomSignal.name(&random, arena)
    view.status = CaseStatus.allCases.randomElement(using: &random)!
    view.kind = Bool.random(using: &random) ? .feedback : .incident
    view.owner = RandomSignal.name(&random, arena)
    view.worker = RandomSignal.maybe(&random, arena)
    view.witness = RandomSignal.maybe(&random, arena)
    view.priority = Priority.allCases.randomElement(using: &random)!
    view.score = .random(in: 0...100, using: &random)
    view.contributions = contributions(&random, arena)
    view.rule = RandomSignal.maybe(&random, arena)
    view.ruleAt = RandomSignal.maybe(&random, arena)
    view.site = RandomSignal.maybe(&random, arena)
    view.journey = RandomSignal.maybe(&random, arena)
    view.touchpoint = RandomSignal.maybe(&random, arena)
    view.service = RandomSignal.maybe(&random, arena)
    view.entity = RandomSignal.maybe(&random, arena)
    if view.kind == .feedback { view.respondent = Respondent.allCases.randomElement(using: &random)! }
    view.openedAt = time(&random)
    view.signals = .random(in: 0...Int32.max, using: &random)
    view.incident = RandomSignal.maybe(&random, arena)
    view.gathered = .random(in: 0...3, using: &random)
    view.edges = .random(in: 0...3, using: &random)
    view.promisesBroken = .random(in: 0...3, using: &random)
    view.clocks = clocks(&random, arena)
    view.remedies = remedies(&random, arena)
    view.promises = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      var promise = PromiseView()
      promise.what = RandomSignal.text(&random, arena)
      promise.due = time(&random)
      promise.state = PromiseState.allCases.randomElement(using: &random)!
      return promise
    }
    view.rung = .random(in: 0...9, using: &random)
    view.rungs = .random(in: 0...9, using: &random)
    view.nextRungAt = maybeTime(&random)
    view.evidence = RandomSignal.maybe(&random, arena)
    return view
  }

  private static func clocks(_ random: inout SeededGenerator, _ arena: Arena) -> [ClockView] {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      var clock = ClockView()
      clock.kind = ClockKind.allCases.randomElement(using: &random)!
      clock.state = ClockState.allCases.randomElement(using: &random)!
      clock.due = time(&random)
      clock.rule = RandomSignal.maybe(&random, arena)
      return clock
    }
  }

  private static func target(_ random: inout SeededGenerator, _ arena: Arena) -> Escalation.Target {
    var target = Escalation.Target()
    target.role = RandomSignal.maybe(&random, arena)
    target.team = RandomSignal.maybe(&random, arena)
    target.site = RandomSignal.maybe(&random, arena)
    target.people = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      var person = Escalation.Person()
      person.id = RandomSignal.name(&random, arena)
      person.role = RandomSignal.maybe(&random, arena)
      person.team = RandomSignal.maybe(&random, arena)
      person.standsInFor = RandomSignal.maybe(&random, arena)
      return person
    }
    return target
  }

  private static func next(_ random: inout SeededGenerator, _ arena: Arena) -> Escalation.Next {
    var next = Escalation.Next()
    next.rung = .random(in: 1...9, using: &random)
    next.at = time(&random)
    next.role = RandomSignal.maybe(&random, arena)
    next.team = RandomSignal.maybe(&random, arena)
    return next
  }

  static func reason(_ random: inout SeededGenerator, _ arena: Arena) -> Reason {
    var reason = Reason(
      code: RandomSignal.name(&random, arena), text: RandomSignal.maybe(&random, arena))
    if Bool.random(using: &random) { reason.note = RandomSignal.text(&random, arena) }
    return reason
  }

  private static func contributions(
    _ random: inout SeededGenerator, _ arena: Arena
  ) -> [Signal.Contribution] {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      Signal.Contribution(
        name: RandomSignal.name(&random, arena), points: .random(in: -100...100, using: &random),
        because: RandomSignal.maybe(&random, arena))
    }
  }

  static func names(
    _ count: ClosedRange<Int>, _ random: inout SeededGenerator, _ arena: Arena
  ) -> [ByteSlice] {
    (0..<Int.random(in: count, using: &random)).map { _ in RandomSignal.name(&random, arena) }
  }

  /// Never 0, which stands for never.
  static func time(_ random: inout SeededGenerator) -> Int64 {
    .random(in: 1...RFC3339.latest, using: &random)
  }

  static func maybeTime(_ random: inout SeededGenerator) -> Int64 {
    Bool.random(using: &random) ? time(&random) : 0
  }

  private static func maybeShare(_ random: inout SeededGenerator) -> Int32? {
    Bool.random(using: &random) ? .random(in: 0...100, using: &random) : nil
  }

  static func traceparent(_ random: inout SeededGenerator) -> ByteSlice {
    Bool.random(using: &random) ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" : ByteSlice()
  }
}

enum JSONBounds {
  static let exact: Int64 = 9_007_199_254_740_991
}
