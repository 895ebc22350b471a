// Owns how a draft becomes a signal, as INTAKE would have made it.
import Events

extension Keeper {
  /// A feedback or an incident. `number` makes its coordinates.
  func signal(_ draft: SignalDraft, now: Int64, number: Int64) -> Signal {
    var signal = Signal(event: event(draft, now: now))
    signal.kind = draft.kind
    label(&signal, draft, now: now, number: number)
    signal.owner = keep(draft.owner)
    signal.worker = keep(draft.worker)
    signal.witness = keep(draft.witness)
    signal.score = draft.score
    signal.priority = priority(of: draft.score)
    signal.contributions = [
      Signal.Contribution(name: "base", points: min(20, draft.score), because: "scoring.base"),
      Signal.Contribution(name: "rating", points: max(0, draft.score - 20), because: "rating.nps 0"),
    ].filter { $0.points != 0 }
    signal.rule = keep(draft.rule)
    signal.ruleAt = "ownership.yaml:3"
    signal.alsoMatched = draft.alsoMatched.map { keep($0) }
    return signal
  }

  /// What somebody did; `subject` is the kind and id of whom to forget.
  func signal(_ draft: SignalDraft, _ update: CaseUpdate, now: Int64, number: Int64) -> Signal {
    var event = Event(body: .caseUpdate(update))
    event.id = keep(draft.id)
    event.source = keep(draft.source)
    event.occurredAt = draft.at ?? now
    var signal = Signal(event: event)
    signal.kind = .caseUpdate
    label(&signal, draft, now: now, number: number)
    return signal
  }

  func signal(_ draft: SignalDraft, _ remedy: Remedy, now: Int64, number: Int64) -> Signal {
    var event = Event(body: .remedy(remedy))
    event.id = keep(draft.id)
    event.source = keep(draft.source)
    event.occurredAt = draft.at ?? now
    var signal = Signal(event: event)
    signal.kind = .remedy
    label(&signal, draft, now: now, number: number)
    return signal
  }

  func signal(_ draft: SignalDraft, _ message: Signal.Message, now: Int64, number: Int64) -> Signal {
    var signal = Signal(message: message)
    label(&signal, draft, now: now, number: number)
    return signal
  }

  private func label(_ signal: inout Signal, _ draft: SignalDraft, now: Int64, number: Int64) {
    signal.id = keep("feedback-0-\(number)")
    signal.causeID = keep(draft.id)
    signal.cause = Coordinates(topic: "feedback", partition: 0, offset: number)
    signal.subjectKey = keep(draft.subjectKey)
    signal.occurredAt = draft.at ?? now
    signal.epoch = 1
  }

  private func event(_ draft: SignalDraft, now: Int64) -> Event {
    var event: Event
    if draft.kind == .incident {
      var incident = Incident()
      incident.site = keep(draft.site)
      incident.entity = keep(draft.entity)
      incident.service = keep(draft.service)
      incident.severity = draft.severity
      incident.status = draft.status
      event = Event(body: .incident(incident))
    } else {
      var feedback = Feedback()
      feedback.respondent = draft.respondent
      feedback.channel = "survey"
      feedback.journey = keep(draft.journey)
      feedback.touchpoint = keep(draft.touchpoint)
      feedback.site = keep(draft.site)
      feedback.entity = keep(draft.entity)
      feedback.rating = draft.rating
      event = Event(body: .feedback(feedback))
    }
    event.id = keep(draft.id)
    event.source = keep(draft.source)
    event.occurredAt = draft.at ?? now
    return event
  }
}
