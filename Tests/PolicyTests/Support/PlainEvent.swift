// Owns an event in plain words: what the reference reads, and how the evaluator's borrowed form is made of it.
import Events

@testable import Policy

/// Text that lives as long as this.
final class Texts {
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  deinit { for block in blocks { block.deallocate() } }

  func slice(_ text: String) -> ByteSlice {
    if text.isEmpty { return ByteSlice() }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    block.copyBytes(from: Array(text.utf8))
    blocks.append(block)
    return ByteSlice(UnsafeRawBufferPointer(block))
  }
}

/// Empty text stands for what is absent.
struct PlainEvent {
  var isIncident = false
  var source = ""
  var hasSubject = true
  var subjectKind = ""
  var segment = ""
  var value: Int64?
  var respondent = Respondent.customer
  var channel = ""
  var journey = ""
  var touchpoint = ""
  var site = ""
  var entity = ""
  var service = ""
  var severity = Severity.medium
  var status = IncidentStatus.open
  var affected: Int64?
  var rating: Rating?
  var language = ""
  var labels: [String] = []
  var title = ""
  var text = ""

  func event(_ texts: Texts) -> Event {
    var event = Event(body: isIncident ? .incident(incident(texts)) : .feedback(feedback(texts)))
    event.source = texts.slice(source)
    return event
  }

  private func subject(_ texts: Texts) -> Subject {
    var subject = Subject()
    subject.kind = texts.slice(subjectKind)
    subject.segment = texts.slice(segment)
    subject.value = value
    return subject
  }

  private func feedback(_ texts: Texts) -> Feedback {
    var feedback = Feedback()
    feedback.subject = subject(texts)
    feedback.respondent = respondent
    feedback.channel = texts.slice(channel)
    feedback.journey = texts.slice(journey)
    feedback.touchpoint = texts.slice(touchpoint)
    feedback.site = texts.slice(site)
    feedback.entity = texts.slice(entity)
    feedback.rating = rating
    feedback.language = texts.slice(language)
    feedback.labels = labels.map(texts.slice)
    return feedback
  }

  private func incident(_ texts: Texts) -> Incident {
    var incident = Incident()
    if hasSubject { incident.subject = subject(texts) }
    incident.site = texts.slice(site)
    incident.entity = texts.slice(entity)
    incident.service = texts.slice(service)
    incident.severity = severity
    incident.status = status
    incident.affected = affected
    incident.title = texts.slice(title)
    incident.labels = labels.map(texts.slice)
    return incident
  }
}

extension PolicyEvaluator {
  func outcome(_ event: PlainEvent) -> Outcome {
    let texts = Texts()
    return withExtendedLifetime(texts) { outcome(event.event(texts), text: texts.slice(event.text)) }
  }
}
