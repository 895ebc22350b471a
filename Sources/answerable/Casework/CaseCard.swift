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
  init(_ fields: RecordFields) throws(UnreadableRecord) {
    id = fields.text("case")
    subjectKey = fields.text("subjectKey")
    status = try fields.word("status", \.wire) ?? .assigned
    kind = try fields.word("kind", \.wire) ?? .feedback
    owner = fields.text("owner")
    worker = fields.text("worker")
    witness = fields.text("witness")
    priority = try fields.word("priority", \.wire) ?? .p4
    score = fields.int32("score")
    contributions = fields.list("contributions").map(Assessment.Contribution.init)
    rule = fields.text("rule")
    ruleAt = fields.text("ruleAt")
    site = fields.text("site")
    journey = fields.text("journey")
    touchpoint = fields.text("touchpoint")
    service = fields.text("service")
    entity = fields.text("entity")
    openedAt = fields.time("openedAt")
    signals = fields.int32("signals")
    incident = fields.text("incident")
    gathered = fields.int32("gathered")
    edges = fields.int32("edges")
    promisesBroken = fields.int32("promisesBroken")
    clocks = try Clock.list(fields)
    for promise in fields.list("promises") {
      promises.append(
        Promise(
          what: promise.text("what"), due: promise.time("due"), state: try promise.required("state", \.wire)))
    }
    rung = fields.int32("climbed")
    rungs = fields.int32("rungs")
    nextRungAt = fields.time("nextRungAt")
    evidence = fields.text("evidence")
  }
}

extension CaseCard.Clock {
  static func list(_ fields: RecordFields) throws(UnreadableRecord) -> [Self] {
    var clocks: [Self] = []
    for clock in fields.list("clocks") {
      clocks.append(
        Self(
          kind: try clock.required("kind", \.wire), state: try clock.required("state", \.wire),
          due: clock.time("due"), rule: clock.text("rule")))
    }
    return clocks
  }
}

extension Assessment.Contribution {
  init(_ fields: RecordFields) {
    self.init(
      name: fields.text("name"), points: fields.int32("points"), because: fields.text("because"))
  }
}
