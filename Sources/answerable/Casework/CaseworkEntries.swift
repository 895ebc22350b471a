// Owns what casework published, copied out of its topics for people and scripts.
import Events

/// A reason: the stable word and the sentence.
struct ToldReason: Sendable, Hashable {
  var code = ""
  var text = ""

  init(_ fields: RecordFields) {
    code = fields.inner("reason")?.text("code") ?? ""
    text = fields.inner("reason")?.text("text") ?? ""
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

  init(_ fields: RecordFields) throws(UnreadableRecord) {
    id = fields.text("id")
    revision = fields.number("revision") ?? 0
    card = try CaseCard(fields)
    to = fields.text("to")
    at = fields.time("at")
    reason = ToldReason(fields)
    epoch = fields.number("epoch") ?? 0
  }
}

/// One record of `escalations`.
struct EscalationEntry: Sendable {
  struct Person: Sendable, Hashable {
    var id: String
    var role: String
    var team: String
    var standsInFor: String
  }
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
  var people: [Person]
  var canAct: [String]
  var unless: String
  var due: Int64
  var dueBy: String
  var retracts: String
  var wakeAt: Int64
  /// Nil when nothing comes by itself.
  var next: Next?
  var ownerGone: Bool
  var digestCount: Int64
  var digestCases: [String]
  var audience: String
  var at: Int64
  var reason: ToldReason
  var epoch: Int64

  init(_ fields: RecordFields) throws(UnreadableRecord) {
    id = fields.text("id")
    kind = try fields.required("type", \.wire)
    card = try CaseCard(fields)
    rung = fields.int32("rung")
    skipped = fields.numbers("skipped")
    let to = fields.inner("to")
    role = to?.text("role") ?? ""
    team = to?.text("team") ?? ""
    site = to?.text("site") ?? ""
    people = (to?.list("people") ?? []).map {
      Person(
        id: $0.text("id"), role: $0.text("role"), team: $0.text("team"), standsInFor: $0.text("standsInFor"))
    }
    canAct = fields.texts("canAct")
    unless = fields.text("unless")
    due = fields.time("due")
    dueBy = fields.text("dueBy")
    retracts = fields.text("retracts")
    wakeAt = fields.time("wakeAt")
    next = fields.inner("next").map {
      Next(rung: $0.int32("rung"), at: $0.time("at"), role: $0.text("role"), team: $0.text("team"))
    }
    ownerGone = fields.flag("ownerGone")
    digestCount = fields.inner("digest")?.number("count") ?? 0
    digestCases = fields.inner("digest")?.texts("cases") ?? []
    audience = fields.text("audience")
    at = fields.time("at")
    reason = ToldReason(fields)
    epoch = fields.number("epoch") ?? 0
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

  init(_ fields: RecordFields) throws(UnreadableRecord) {
    id = fields.text("id")
    task = fields.int32("task")
    number = fields.number("number") ?? 0
    at = fields.time("at")
    let origin = fields.inner("cause")
    if let origin, origin.text("kind") == "signal" {
      cause = .signal(
        .init(
          topic: origin.text("topic"), partition: origin.int32("partition"),
          offset: origin.number("offset") ?? -1),
        eventID: origin.text("causeId"), occurredAt: origin.time("occurredAt"))
    } else {
      cause = .timer(due: origin?.time("due") ?? 0)
    }
    kind = try fields.word("kind", \.wire)
    caseID = fields.text("case")
    subjectKey = fields.text("subjectKey")
    decision = try fields.required("decision", \.wire)
    reason = ToldReason(fields)
    owner = fields.text("owner")
    worker = fields.text("worker")
    witness = fields.text("witness")
    priority = try fields.word("priority", \.wire)
    score = fields.number("score").map { Int32(clamping: $0) }
    contributions = fields.list("contributions").map(Assessment.Contribution.init)
    let memory = fields.inner("memory")
    memoryBefore = memory?.number("before").map { Int32(clamping: $0) }
    memoryAfter = memory?.number("after").map { Int32(clamping: $0) }
    rule = fields.text("rule")
    ruleAt = fields.text("ruleAt")
    alsoMatched = fields.texts("alsoMatched")
    status = try fields.word("status", \.wire)
    act = try fields.word("act", \.wire)
    let actor = fields.inner("actor")
    actorID = actor?.text("id") ?? ""
    actorRole = actor?.text("role") ?? ""
    actorTeam = actor?.text("team") ?? ""
    edgeFrom = fields.inner("edge")?.text("from") ?? ""
    edgeTo = fields.inner("edge")?.text("to") ?? ""
    clocks = try CaseCard.Clock.list(fields)
    outputs = fields.texts("outputs")
    epoch = fields.number("epoch") ?? 0
  }
}
