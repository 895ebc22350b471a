// Owns what a preview has led to so far: every decision, record and timer, in order, and the case of each event.
import Events
import Roles

/// Everything that the roles told, copied out of the topics.
struct Told {
  /// Of INTAKE, about each event.
  private(set) var decisions: [Decision] = []
  /// Of casework, about each signal and timer.
  private(set) var journal: [JournalEntry] = []
  private(set) var assignments: [AssignmentEntry] = []
  private(set) var escalations: [EscalationEntry] = []

  private var decisionOf: [Decision.Cause: Int] = [:]
  private var signalAt: [Decision.Cause: Int] = [:]
  private var entryOf: [Decision.Cause: Int] = [:]
  /// Cases that are not closed and whose ladder is not done.
  private(set) var unfinished: Set<String> = []
  private var exhausted: Set<String> = []

  mutating func add(_ new: [Decision]) {
    for decision in new {
      decisionOf[decision.cause] = decisions.count
      signalAt[decision.place] = decisions.count
      decisions.append(decision)
    }
  }

  mutating func add(_ entry: JournalEntry) {
    if case .signal(let place, _, _) = entry.cause { entryOf[place] = journal.count }
    if entry.decision == .reopened, exhausted.remove(entry.caseID) != nil { unfinished.insert(entry.caseID) }
    journal.append(entry)
  }

  mutating func add(_ assignment: AssignmentEntry) {
    assignments.append(assignment)
    let id = assignment.card.id
    if assignment.card.status == .closed {
      unfinished.remove(id)
    } else if !exhausted.contains(id) {
      unfinished.insert(id)
    }
  }

  mutating func add(_ escalation: EscalationEntry) {
    escalations.append(escalation)
    if escalation.kind == .ladderExhausted {
      exhausted.insert(escalation.card.id)
      unfinished.remove(escalation.card.id)
    }
  }

  /// A case whose assignment is no more.
  mutating func forget(_ caseID: String) { unfinished.remove(caseID) }

  /// What INTAKE decided about the event at a place.
  func decision(about place: Theatre.Place) -> Decision? {
    decisionOf[Decision.Cause(place)].map { decisions[$0] }
  }

  /// What casework decided about the event at a place; nil of one that INTAKE refused.
  func entry(about place: Theatre.Place) -> JournalEntry? {
    guard let decision = decision(about: place), decision.topic == .signals else { return nil }
    return entryOf[decision.place].map { journal[$0] }
  }

  /// What INTAKE decided in the signal that a journal record is about; nil of a timer, and of what roles send each
  /// other.
  func decision(behind entry: JournalEntry) -> Decision? {
    guard case .signal(let place, _, _) = entry.cause else { return nil }
    return signalAt[place].map { decisions[$0] }
  }

  /// Whether every event came to one decision and, where there is a signal, one journal record.
  func isDecided(_ place: Theatre.Place) -> Bool {
    guard let decision = decision(about: place) else { return false }
    return decision.topic == .deadLetters || entry(about: place) != nil
  }

  /// How a case stands at a time, by its assignments.
  func card(of caseID: String, at time: Int64) -> CaseCard? {
    assignments.last { $0.card.id == caseID && $0.at <= time && $0.card.status != .withdrawn }?.card
  }
}

extension Decision {
  /// Where the decision itself stands.
  fileprivate var place: Cause { Cause(topic: topic.rawValue, partition: partition, offset: offset) }
}

extension Decision.Cause {
  init(_ place: Theatre.Place) {
    self.init(topic: place.topic, partition: place.partition, offset: place.offset)
  }
}
