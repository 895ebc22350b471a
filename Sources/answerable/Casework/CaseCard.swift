// Owns how a case stands, copied out of an assignment or an escalation for people and scripts.
import Events

/// What consumers see of a case, as a value that lives on its own.
struct CaseCard: Sendable {
  struct Clock: Sendable, Hashable {
    var kind: ClockKind
    var state: ClockState
    var due: Int64
    var rule: String
  }
  struct Promise: Sendable, Hashable {
    var what: String
    var due: Int64
    var state: PromiseState
  }

  var id = ""
  var subjectKey = ""
  var status = CaseStatus.assigned
  var kind = EventKind.feedback
  var owner = ""
  var worker = ""
  var witness = ""
  var priority = Priority.p4
  var score: Int32 = 0
  var contributions: [Assessment.Contribution] = []
  var rule = ""
  var ruleAt = ""
  var site = ""
  var journey = ""
  var touchpoint = ""
  var service = ""
  var entity = ""
  var openedAt: Int64 = 0
  var signals: Int32 = 1
  var incident = ""
  var gathered: Int32 = 0
  var edges: Int32 = 0
  var promisesBroken: Int32 = 0
  var clocks: [Clock] = []
  var promises: [Promise] = []
  var rung: Int32 = 0
  var rungs: Int32 = 0
  var nextRungAt: Int64 = 0
  var evidence = ""

  /// Where it is: the site, or the service where there is none.
  var place: String { site.isEmpty ? service : site }

  /// Of a digest there is only an owner.
  init(_ view: CaseView) {
    id = view.id.string
    subjectKey = view.subjectKey.string
    status = view.status
    kind = view.kind
    owner = view.owner.string
    worker = view.worker.string
    witness = view.witness.string
    priority = view.priority
    score = view.score
    contributions = view.contributions.map(Assessment.Contribution.init)
    rule = view.rule.string
    ruleAt = view.ruleAt.string
    site = view.site.string
    journey = view.journey.string
    touchpoint = view.touchpoint.string
    service = view.service.string
    entity = view.entity.string
    openedAt = view.openedAt
    signals = view.signals
    incident = view.incident.string
    gathered = view.gathered
    edges = view.edges
    promisesBroken = view.promisesBroken
    clocks = view.clocks.map(Clock.init)
    promises = view.promises.map { Promise(what: $0.what.string, due: $0.due, state: $0.state) }
    rung = view.rung
    rungs = view.rungs
    nextRungAt = view.nextRungAt
    evidence = view.evidence.string
  }
}

extension CaseCard.Clock {
  init(_ clock: ClockView) {
    self.init(kind: clock.kind, state: clock.state, due: clock.due, rule: clock.rule.string)
  }
}

extension Assessment.Contribution {
  init(_ contribution: Signal.Contribution) {
    self.init(
      name: contribution.name.string, points: contribution.points, because: contribution.because.string)
  }
}
