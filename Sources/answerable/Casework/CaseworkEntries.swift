// Owns what casework published, copied out of its topics for people and scripts.
import Events

/// A reason: the stable word and the sentence.
struct ToldReason: Sendable, Hashable {
  var code = ""
  var text = ""

  init(_ reason: Reason) {
    code = reason.code.string
    text = reason.text.string
  }
}

/// One record of `assignments`.
struct AssignmentEntry: Sendable {
  var id: String
  var revision: Int64
  var card: CaseCard
  /// Of a withdrawal: who has it now.
  var to: String
  var at: Int64
  var reason: ToldReason
  var epoch: Int64

  init(_ assignment: Assignment) {
    id = assignment.id.string
    revision = assignment.revision
    card = CaseCard(assignment.view)
    to = assignment.to.string
    at = assignment.at
    reason = ToldReason(assignment.reason)
    epoch = assignment.epoch
  }
}

/// Somebody as a record names them, copied out of it.
struct ToldPerson: Sendable, Hashable {
  var id: String
  var role: String
  var team: String
  /// For whom this one stands in; empty for nobody.
  var standsInFor: String

  /// Both names where somebody stands in: `receptionist-9 for duty-manager-3`.
  var names: String { standsInFor.isEmpty ? id : "\(id) for \(standsInFor)" }

  init(_ person: Escalation.Person) {
    id = person.id.string
    role = person.role.string
    team = person.team.string
    standsInFor = person.standsInFor.string
  }
}

/// One record of `escalations`.
struct EscalationEntry: Sendable {
  struct Next: Sendable, Hashable {
    var rung: Int32
    var at: Int64
    var role: String
    var team: String
  }

  var id: String
  var kind: Escalation.Kind
  /// Of a digest: only the owner is set.
  var card: CaseCard
  var rung: Int32
  var skipped: [Int32]
  var role: String
  var team: String
  var site: String
  var people: [ToldPerson]
  var canAct: [String]
  var unless: String
  var due: Int64
  var dueBy: String
  var retracts: String
  var wakeAt: Int64
  /// Nil when nothing comes by itself.
  var next: Next?
  var ownerGone: Bool
  /// Until when what people had done had been heard, where that was not all; 0 where it was.
  var heardUntil: Int64
  var digestCount: Int64
  var digestCases: [String]
  var audience: String
  var at: Int64
  var reason: ToldReason
  var epoch: Int64

  init(_ escalation: Escalation) {
    id = escalation.id.string
    kind = escalation.kind
    card = CaseCard(escalation.view)
    rung = escalation.rung
    skipped = escalation.skipped
    role = escalation.to.role.string
    team = escalation.to.team.string
    site = escalation.to.site.string
    people = escalation.to.people.map(ToldPerson.init)
    canAct = escalation.canAct.map(\.string)
    unless = escalation.unless.string
    due = escalation.due
    dueBy = escalation.dueBy.string
    retracts = escalation.retracts.string
    wakeAt = escalation.wakeAt
    let next = escalation.next
    self.next =
      next.rung == 0
      ? nil : Next(rung: next.rung, at: next.at, role: next.role.string, team: next.team.string)
    ownerGone = escalation.ownerGone
    heardUntil = escalation.heardUntil ?? 0
    digestCount = escalation.digestCount
    digestCases = escalation.digestCases.map(\.string)
    audience = escalation.audience.rawValue
    at = escalation.at
    reason = ToldReason(escalation.reason)
    epoch = escalation.epoch
  }

  /// `shift-lead of housekeeping at lyon-1`, as far as each is told.
  var target: String {
    var text = role.isEmpty ? team : team.isEmpty ? role : "\(role) of \(team)"
    if !site.isEmpty { text += " at \(site)" }
    return text
  }
}

/// One record of `case-journal`.
struct JournalEntry: Sendable {
  enum Cause: Sendable, Hashable {
    /// The record on `signals`, and the id that the event behind it carried.
    case signal(Decision.Cause, eventID: String, occurredAt: Int64)
    case timer(due: Int64)
  }

  var id: String
  var task: Int32
  var number: Int64
  var at: Int64
  var cause: Cause
  var kind: SignalKind?
  var caseID: String
  var subjectKey: String
  var decision: JournalRecord.Decision
  var reason: ToldReason
  /// What else was decided before that, in its order.
  var earlier: [ToldReason]
  var owner: String
  var worker: String
  var witness: String
  var priority: Priority?
  var score: Int32?
  var contributions: [Assessment.Contribution]
  var memoryBefore: Int32?
  var memoryAfter: Int32?
  var rule: String
  var ruleAt: String
  var alsoMatched: [String]
  var status: CaseStatus?
  var act: Events.Act.Word?
  var actorID: String
  var actorRole: String
  var actorTeam: String
  var edgeFrom: String
  var edgeTo: String
  var clocks: [CaseCard.Clock]
  var outputs: [String]
  var epoch: Int64

  init(_ record: JournalRecord) {
    id = record.id.string
    task = record.task
    number = record.number
    at = record.at
    switch record.cause {
    case .signal(_, let place, let eventID, let occurredAt):
      cause = .signal(
        .init(topic: place.topic.string, partition: place.partition, offset: place.offset),
        eventID: eventID.string, occurredAt: occurredAt)
    case .timer(let due, _): cause = .timer(due: due)
    }
    kind = record.kind
    caseID = record.caseID.string
    subjectKey = record.subjectKey.string
    decision = record.decision
    reason = ToldReason(record.reason)
    earlier = record.earlier.map { ToldReason(Reason(code: $0.code, text: $0.text)) }
    owner = record.owner.string
    worker = record.worker.string
    witness = record.witness.string
    priority = record.priority
    score = record.score
    contributions = record.contributions.map(Assessment.Contribution.init)
    memoryBefore = record.memoryBefore
    memoryAfter = record.memoryAfter
    rule = record.rule.string
    ruleAt = record.ruleAt.string
    alsoMatched = record.alsoMatched.map(\.string)
    status = record.status
    act = record.act
    actorID = record.actor.id.string
    actorRole = record.actor.role.string
    actorTeam = record.actor.team.string
    edgeFrom = record.edgeFrom.string
    edgeTo = record.edgeTo.string
    clocks = record.clocks.map(CaseCard.Clock.init)
    outputs = record.outputs.map(\.string)
    epoch = record.epoch
  }
}
