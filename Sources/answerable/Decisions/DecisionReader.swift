// Owns the reading of decisions from the log: committed records only, in the order in which they were appended.
import Events
import Kafka
import Roles
import Streams

/// Why a record on an output topic is no decision. Never happens unless intake is wrong.
struct UnreadableDecision: Error, CustomStringConvertible {
  let description: String
}

/// Reads what INTAKE decided in a deployment without a prefix on an in-memory log, every decision once.
struct DecisionReader {
  private var tail: TopicTail<MemoryLog>
  private let decoder = SignalDecoder()
  private static let topics: [Topic] = [.deadLetters, .signals]

  init(_ log: MemoryLog) { tail = TopicTail(log, topics: Self.topics.map(\.rawValue)) }

  /// The decisions that were not read yet, oldest first. The order of those of one millisecond is that of their
  /// places.
  mutating func read() throws -> [Decision] { try tail.read().compactMap(decision) }

  /// Nil of a signal that roles send each other: it is no decision about an event.
  private func decision(_ record: ScannedRecord) throws -> Decision? {
    let topic = record.partition.topic == Topic.deadLetters.rawValue ? Topic.deadLetters : .signals
    do throws(EventRefusal) {
      return topic == .deadLetters ? try refusal(record) : try signal(record)
    } catch {
      throw UnreadableDecision(
        description: "\(record.partition.topic) \(record.partition.partition):\(record.offset): \(error)")
    }
  }

  private func refusal(_ record: ScannedRecord) throws(EventRefusal) -> Decision {
    let letter = try DeadLetter(record)
    return Decision(
      topic: .deadLetters, partition: record.partition.partition, offset: record.offset,
      decidedAt: record.timestamp,
      cause: .init(topic: letter.topic, partition: letter.partition, offset: letter.offset),
      epoch: letter.epoch, outcome: .refused(letter), record: record)
  }

  private func signal(_ record: ScannedRecord) throws(EventRefusal) -> Decision? {
    let decided = (record.value ?? []).withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) -> Decision? in
        let signal = try decoder.decode(bytes)
        guard signal.kind.eventKind != nil else { return nil }
        return Decision(
          topic: .signals, partition: record.partition.partition, offset: record.offset,
          decidedAt: record.timestamp,
          cause: .init(
            topic: signal.cause.topic.string, partition: signal.cause.partition,
            offset: signal.cause.offset),
          epoch: signal.epoch, outcome: .init(signal), record: record, eventID: signal.causeID.string,
          occurredAt: signal.occurredAt)
      }
    }
    return try decided.get()
  }
}

extension Decision.Outcome {
  init(_ signal: Signal) {
    switch signal.event.body {
    case .feedback(let feedback): self = .assessed(Matter(feedback, signal), Assessment(signal))
    case .incident(let incident): self = .assessed(Matter(incident, signal), Assessment(signal))
    case .caseUpdate(let update):
      self = .joined(Act(update.actor, .update(update.act.word), update.text, signal))
    case .remedy(let remedy):
      self = .joined(
        Act(
          remedy.actor,
          .remedy(
            action: remedy.action.string, amount: remedy.amount, currency: remedy.currency.string),
          remedy.reason, signal))
    }
  }
}

extension Matter {
  init(_ feedback: Feedback, _ signal: Signal) {
    kind = .feedback(feedback.respondent, rating: feedback.rating)
    site = feedback.site.string
    touchpoint = feedback.touchpoint.string
    segment = feedback.subject.segment.string
    words = feedback.text.string
    redactions = Int(signal.redactions)
  }

  init(_ incident: Incident, _ signal: Signal) {
    kind = .incident(
      service: incident.service.string, entity: incident.entity.string, incident.severity, incident.status,
      affected: incident.affected, title: incident.title.string)
    site = incident.site.string
    touchpoint = ""
    segment = incident.subject?.segment.string ?? ""
    words = incident.text.string
    redactions = Int(signal.redactions)
  }
}

extension Assessment {
  init(_ signal: Signal) {
    owner = signal.owner.string
    worker = signal.worker.string
    witness = signal.witness.string
    priority = signal.priority
    score = signal.score
    contributions = signal.contributions.map(Contribution.init)
    rule = signal.rule.string
    ruleAt = signal.ruleAt.string
    alsoMatched = signal.alsoMatched.map(\.string)
  }
}

extension Act {
  init(_ actor: Actor, _ what: What, _ words: ByteSlice, _ signal: Signal) {
    role = actor.role.string
    site = actor.site.string
    self.what = what
    self.words = words.string
    redactions = Int(signal.redactions)
  }
}
