// Owns how a case is shown: to the consumers of assignments and escalations, and what will happen if nobody moves.
import Events
import Policy
import StateBytes

public enum CaseShow {
  static func status(of current: Case) -> CaseStatus {
    switch current.phase {
    case .closed: return .closed
    case .resolved: return .resolved
    case .open: break
    }
    if current.waitingUntil > 0 { return .waiting }
    if current.acknowledgedAt > 0 { return .acknowledged }
    return current.reopened > 0 ? .reopened : .assigned
  }

  static func view(of current: Case, _ ladder: LadderShape, _ moment: Moment) -> CaseView {
    var view = CaseView()
    view.id = moment.texts.caseID(current.id)
    view.subjectKey = current.id.subjectKey
    view.status = status(of: current)
    view.kind = current.kind
    view.owner = current.owner
    view.worker = current.worker
    view.witness = current.witness
    view.priority = current.priority
    view.score = current.score
    view.contributions = current.contributions
    view.rule = current.rule
    view.ruleAt = current.ruleAt
    view.site = current.site
    view.journey = current.journey
    view.touchpoint = current.touchpoint
    view.service = current.service
    view.entity = current.entity
    view.respondent = current.respondent
    view.openedAt = current.openedAt
    view.signals = current.signals
    view.incident = current.incident
    view.gathered = current.gathered
    view.edges = current.edges
    view.promisesBroken = current.promisesBroken
    view.clocks = clocks(of: current, ladder, moment)
    view.promises = current.promises.map { promise in
      var view = PromiseView()
      view.what = promise.what
      view.due = promise.due
      view.state = promise.state
      return view
    }
    if !current.remedies.isEmpty { view.remedies = remedies(of: current, view.id, moment) }
    view.rungs = Int32(clamping: ladder.rungs.count)
    view.rung = min(current.ladder.next, view.rungs)
    view.nextRungAt = current.phase == .open ? max(current.ladder.due, current.ladder.nobodyUntil) : 0
    view.evidence = word(of: current.evidence)
    return view
  }

  private static func clocks(of current: Case, _ ladder: LadderShape, _ moment: Moment) -> [ClockView] {
    var views: [ClockView] = []
    views.reserveCapacity(4)
    func add(_ kind: ClockKind, _ clock: Clock, _ calendar: WorkingCalendar) {
      var view = ClockView()
      view.kind = kind
      view.rule = rule(kind, ladder, moment)
      switch clock.state {
      case .off: return
      case .running:
        view.state = .running
        view.due = clock.due
      case .paused:
        view.state = .paused
        view.due = calendar.moment(.time(max(1, clock.remaining)), after: moment.now)
      case .met:
        view.state = .met
        view.due = clock.due
      case .missed:
        view.state = .missed
        view.due = clock.due
      }
      views.append(view)
    }
    let calendar = moment.clockCalendar(of: current)
    add(.acknowledge, current.clocks.acknowledge, calendar)
    add(.respond, current.clocks.respond, calendar)
    add(.resolve, current.clocks.resolve, calendar)
    add(.silence, current.clocks.silence, .always)
    return views
  }

  /// `ladders.standard.clocks.acknowledge`.
  static func rule(_ kind: ClockKind, _ ladder: LadderShape, _ moment: Moment) -> ByteSlice {
    moment.texts.make {
      $0.add("ladders.")
      $0.add(ladder.name)
      $0.add(".clocks.")
      switch kind {
      case .acknowledge: $0.add("acknowledge")
      case .respond: $0.add("respond")
      case .resolve: $0.add("resolve")
      case .silence: $0.add("silence")
      }
    }
  }

  static func word(of evidence: Evidence) -> ByteSlice {
    switch evidence {
    case .none: ByteSlice()
    case .contactBack: "contact-back"
    case .rating: "rating"
    case .monitor: "monitor"
    case .remedy: "remedy"
    }
  }

  static func word(of state: RemedyState) -> ByteSlice {
    switch state {
    case .pending: "pending"
    case .referred: "referred"
    case .approved: "approved"
    case .declined: "declined"
    case .cancelled: "cancelled"
    case .expired: "expired"
    case .settled: "settled"
    case .returned: "returned"
    case .lapsed: "lapsed"
    }
  }

  private static func remedies(of current: Case, _ id: ByteSlice, _ moment: Moment) -> [RemedyView] {
    current.remedies.map { remedy in
      var view = RemedyView()
      view.claim = moment.texts.numbered(id, "-r", Int64(remedy.number))
      view.action = remedy.action
      view.amount = remedy.amount
      view.currency = remedy.currency
      view.state = word(of: remedy.state)
      view.by = remedy.requester
      view.expiresAt = remedy.expiresAt
      return view
    }
  }

  static func word(of condition: RungRules.Condition) -> ByteSlice {
    switch condition {
    case .acknowledged: "acknowledged"
    case .responded: "responded"
    case .resolved: "resolved"
    case .always: ByteSlice()
    }
  }
}
