// Owns what one decision told, in values that outlive it.
import Events

@testable import Casework

/// One decision: its journal record and all that it published.
struct Told {
  var decision = JournalRecord.Decision.noted
  var code = ""
  var sentence = ""
  /// `decision code` of what else was decided before that.
  var earlier: [String] = []
  /// In the words of who acted.
  var note = ""
  var kind: SignalKind?
  /// Of a timer: when it was due.
  var due: Int64?
  var caseID = ""
  var subjectKey = ""
  var owner = ""
  var worker = ""
  var witness = ""
  var priority: Priority?
  var score: Int32?
  /// `name points`.
  var contributions: [String] = []
  var memoryBefore: Int32?
  var memoryAfter: Int32?
  var rule = ""
  var ruleAt = ""
  var alsoMatched: [String] = []
  var status: CaseStatus?
  var act: Act.Word?
  /// `ID ROLE TEAM`.
  var actor = ""
  var edge: [String] = []
  var clocks: [ToldClock] = []
  var outputs: [String] = []
  var epoch: Int64 = 0
  var at: Int64 = 0
  /// Under which the record is published, unless that is its own id.
  var key = ""
  /// Gapless by task; 0 where no engine counts.
  var number: Int64 = 0

  var assignments: [ToldAssignment] = []
  var escalations: [ToldEscalation] = []
  var notices: [ToldNotice] = []
  var links: [ToldLink] = []
  var tombstones: [String] = []
  var claims: [ToldClaim] = []
  var answers: [ToldAnswer] = []
  /// `assignment`, `escalation`, `notice`, `link`, `tombstone`, `claim`, `answer`, in the order in which they are published.
  var order: [String] = []

  var isRefused: Bool { decision == .refused }
  var assignment: ToldAssignment? { assignments.last }
  /// What the named contribution adds; nil when there is none of that name.
  func points(_ name: String) -> Int32? {
    contributions.first { $0.hasPrefix(name) }.flatMap { Int32($0.split(separator: " ").last ?? "") }
  }

  init(_ outcome: borrowing Outcome) {
    let journal = outcome.journal
    decision = journal.decision
    code = journal.reason.code.string
    sentence = journal.reason.text.string
    earlier = journal.earlier.map { "\($0.decision) \($0.code.string)" }
    note = journal.reason.note.string
    kind = journal.kind
    if case .timer(let due, _) = journal.cause { self.due = due }
    caseID = journal.caseID.string
    subjectKey = journal.subjectKey.string
    owner = journal.owner.string
    worker = journal.worker.string
    witness = journal.witness.string
    priority = journal.priority
    score = journal.score
    contributions = journal.contributions.map { "\($0.name.string) \($0.points)" }
    memoryBefore = journal.memoryBefore
    memoryAfter = journal.memoryAfter
    rule = journal.rule.string
    ruleAt = journal.ruleAt.string
    alsoMatched = journal.alsoMatched.map(\.string)
    status = journal.status
    act = journal.act
    if !journal.edgeFrom.isEmpty { edge = [journal.edgeFrom.string, journal.edgeTo.string] }
    clocks = journal.clocks.map(ToldClock.init)
    outputs = journal.outputs.map(\.string)
    epoch = journal.epoch
    at = journal.at
    number = journal.number
    key = journal.key == journal.id ? "" : journal.key.string
    if !journal.actor.id.isEmpty {
      actor = [journal.actor.id, journal.actor.role, journal.actor.team].map(\.string).joined(separator: " ")
    }
    for output in outcome.outputs { add(output) }
  }

  private mutating func add(_ output: Outcome.Output) {
    switch output {
    case .assignment(let assignment):
      assignments.append(ToldAssignment(assignment))
      order.append("assignment")
    case .escalation(let escalation):
      escalations.append(ToldEscalation(escalation))
      order.append("escalation")
    case .notice(let notice):
      notices.append(
        ToldNotice(
          caseID: notice.caseID.string, owner: notice.owner.string, site: notice.site.string,
          touchpoint: notice.touchpoint.string))
      order.append("notice")
    case .link(let link, let subjectKey):
      links.append(
        ToldLink(
          caseID: link.caseID.string, incident: link.incident.string, subjectKey: subjectKey.string))
      order.append("link")
    case .tombstone(let caseID):
      tombstones.append(caseID.string)
      order.append("tombstone")
    case .claim(let claim):
      claims.append(ToldClaim(claim))
      order.append("claim")
    case .delegation(let answer):
      answers.append(ToldAnswer(answer))
      order.append("answer")
    }
  }
}

struct ToldClaim: Hashable {
  var kind: Claim.Kind
  var claim: String
  var caseID: String
  var action: String
  var root: String
  var amount: Int64
  var currency: String
  var budgets: [String]
  var actor: String
  var role: String
  init(_ claim: Claim) {
    kind = claim.kind
    self.claim = claim.claim.string
    root = claim.root.string
    caseID = claim.caseID.string
    action = claim.action.string
    amount = claim.amount
    currency = claim.currency.string
    actor = claim.actor.id.string
    budgets = claim.budgets.map(\.string)
    role = claim.actor.role.string
  }
}

struct ToldAnswer: Hashable {
  var id: String
  var answer: Delegation.Answer
  var claim: String
  var code: String
  var text: String
  var passes: [Int64]
  init(_ answer: Delegation) {
    id = answer.id.string
    self.answer = answer.answer
    claim = answer.claim.string
    code = answer.reason.code.string
    text = answer.reason.text.string
    passes = answer.passes.map(\.amount)
  }
}

struct ToldClock: Hashable {
  var kind: ClockKind
  var state: ClockState
  var due: Int64
  var rule: String
  init(_ clock: ClockView) {
    kind = clock.kind
    state = clock.state
    due = clock.due
    rule = clock.rule.string
  }
}

struct ToldNotice: Hashable {
  var caseID: String
  var owner: String
  var site: String
  var touchpoint: String
}

struct ToldLink: Hashable {
  var caseID: String
  var incident: String
  var subjectKey: String
}

struct ToldRemedy: Hashable {
  var claim: String
  var action: String
  var amount: Int64
  var state: String
  init(_ view: RemedyView) {
    claim = view.claim.string
    action = view.action.string
    amount = view.amount
    state = view.state.string
  }
}

struct ToldView {
  var caseID: String
  var subjectKey: String
  var status: CaseStatus
  var owner: String
  var worker: String
  var witness: String
  var priority: Priority
  var score: Int32
  var contributions: [String]
  var openedAt: Int64
  var signals: Int32
  var incident: String
  var gathered: Int32
  var edges: Int32
  var promisesBroken: Int32
  var clocks: [ToldClock]
  var promises: [PromiseState]
  var remedies: [ToldRemedy]
  var rung: Int32
  var rungs: Int32
  var nextRungAt: Int64
  var evidence: String
  init(_ view: CaseView) {
    caseID = view.id.string
    subjectKey = view.subjectKey.string
    status = view.status
    owner = view.owner.string
    worker = view.worker.string
    witness = view.witness.string
    priority = view.priority
    score = view.score
    contributions = view.contributions.map { "\($0.name.string) \($0.points)" }
    openedAt = view.openedAt
    signals = view.signals
    incident = view.incident.string
    gathered = view.gathered
    edges = view.edges
    promisesBroken = view.promisesBroken
    clocks = view.clocks.map(ToldClock.init)
    promises = view.promises.map(\.state)
    remedies = view.remedies.map(ToldRemedy.init)
    rung = view.rung
    rungs = view.rungs
    nextRungAt = view.nextRungAt
    evidence = view.evidence.string
  }
  func due(_ kind: ClockKind) -> Int64? { clocks.first { $0.kind == kind }?.due }
  func state(_ kind: ClockKind) -> ClockState? { clocks.first { $0.kind == kind }?.state }
}

struct ToldAssignment {
  var id: String
  var revision: Int64
  var view: ToldView
  var to: String
  var code: String
  var sentence: String
  var note: String
  init(_ assignment: Assignment) {
    id = assignment.id.string
    revision = assignment.revision
    view = ToldView(assignment.view)
    to = assignment.to.string
    code = assignment.reason.code.string
    sentence = assignment.reason.text.string
    note = assignment.reason.note.string
  }
}

struct ToldEscalation {
  var id: String
  var kind: Escalation.Kind
  var view: ToldView
  var rung: Int32
  var skipped: [Int32]
  var role: String
  var team: String
  var people: [String]
  var standIns: [String]
  var canAct: [String]
  var unless: String
  var due: Int64
  var dueBy: String
  var retracts: String
  var wakeAt: Int64
  var nextRung: Int32
  var nextAt: Int64
  var ownerGone: Bool
  var heardUntil: Int64?
  var audience: Audience
  var digestCount: Int64
  var digestCases: [String]
  var code: String
  var sentence: String
  var note: String
  init(_ escalation: Escalation) {
    id = escalation.id.string
    kind = escalation.kind
    view = ToldView(escalation.view)
    rung = escalation.rung
    skipped = escalation.skipped
    role = escalation.to.role.string
    team = escalation.to.team.string
    people = escalation.to.people.map(\.id.string)
    standIns = escalation.to.people.filter { !$0.standsInFor.isEmpty }.map {
      "\($0.id.string) for \($0.standsInFor.string)"
    }
    canAct = escalation.canAct.map(\.string)
    unless = escalation.unless.string
    due = escalation.due
    dueBy = escalation.dueBy.string
    retracts = escalation.retracts.string
    wakeAt = escalation.wakeAt
    nextRung = escalation.next.rung
    nextAt = escalation.next.at
    ownerGone = escalation.ownerGone
    heardUntil = escalation.heardUntil
    audience = escalation.audience
    digestCount = escalation.digestCount
    digestCases = escalation.digestCases.map(\.string)
    code = escalation.reason.code.string
    sentence = escalation.reason.text.string
    note = escalation.reason.note.string
  }
}
