// Owns how the facts that a suite may ask for are read off decisions, cases and escalations.
import Events

/// What was decided about an event: by INTAKE, and by casework behind it.
struct DecidedEvent {
  var decision: Decision
  /// Nil of what INTAKE refused.
  var entry: JournalEntry?

  private var assessment: Assessment? { decision.assessment }

  /// What the score is made of, memory included.
  var contributions: [Assessment.Contribution] {
    if let entry, !entry.contributions.isEmpty { return entry.contributions }
    return assessment?.contributions ?? []
  }
  var score: Int32? { entry?.score ?? assessment?.score }
  var rulePath: String { entry?.rule.nonEmpty ?? assessment?.rule ?? "" }
  var ruleAt: String? { entry?.ruleAt.nonEmpty ?? assessment?.ruleAt }

  func actual(_ fact: String) -> Actual {
    if let name = fact.suffix(after: "points.") {
      return .number(contributions.first { $0.name == name }.map { Int64($0.points) })
    }
    if let kind = fact.suffix(after: "clocks.") { return CaseCard.Clock.actual(kind, entry?.clocks ?? []) }
    switch fact {
    case "owner": return .word(entry?.owner.nonEmpty ?? assessment?.owner)
    case "worker": return .word(entry?.worker.nonEmpty ?? assessment?.worker.nonEmpty)
    case "witness": return .word(entry?.witness.nonEmpty ?? assessment?.witness.nonEmpty)
    case "priority": return .word((entry?.priority ?? assessment?.priority).map { $0.wire.string })
    case "score": return .number(score.map { Int64($0) })
    case "rule": return .word(ruleAt)
    case "decision": return .word(entry?.decision.suiteWord ?? (assessment == nil ? "refused" : nil))
    case "opens": return .flag(entry?.decision == .opened)
    case "joins": return .word(entry?.caseID.nonEmpty)
    case "refused":
      if case .refused(let letter) = decision.outcome { return .word(letter.reason) }
      return .word(entry?.decision == .refused ? entry?.reason.code : nil)
    case "memory": return .number(entry?.memoryAfter.map { Int64($0) })
    case "status": return .word(entry?.status.map { "\($0)" })
    case "reason":
      if case .refused(let letter) = decision.outcome { return .word(letter.text) }
      return .word(entry?.reason.text)
    default: return .word(nil)
    }
  }
}

extension CaseCard {
  func actual(_ fact: String) -> Actual {
    if let name = fact.suffix(after: "points.") {
      return .number(contributions.first { $0.name == name }.map { Int64($0.points) })
    }
    if let kind = fact.suffix(after: "clocks.") { return Clock.actual(kind, clocks) }
    switch fact {
    case "owner": return .word(owner)
    case "worker": return .word(worker.nonEmpty)
    case "witness": return .word(witness.nonEmpty)
    case "priority": return .word(priority.wire.string)
    case "score": return .number(Int64(score))
    case "rule": return .word(ruleAt)
    case "status": return .word("\(status)")
    case "signals": return .number(Int64(signals))
    case "hand-offs": return .number(Int64(edges))
    case "promises-broken": return .number(Int64(promisesBroken))
    case "rung": return .number(Int64(rung))
    case "next": return .moment(nextRungAt == 0 ? nil : nextRungAt)
    case "evidence": return .word(evidence.nonEmpty)
    case "incident": return .word(incident.nonEmpty)
    case "gathered": return .number(Int64(gathered))
    default: return .word(nil)
    }
  }
}

extension EscalationEntry {
  func actual(_ fact: String) -> Actual {
    switch fact {
    case "owner": .word(card.owner)
    case "priority": .word(card.priority.wire.string)
    case "rung": .number(Int64(rung))
    case "to": .word(role.nonEmpty)
    case "team": .word(team.nonEmpty)
    case "site": .word(site.nonEmpty)
    case "people": .words(people.map(\.id))
    case "skipped": .numbers(skipped.map { Int64($0) })
    case "unless": .word(unless.nonEmpty)
    case "next": .moment(next?.at)
    case "wakes": .moment(wakeAt == 0 ? nil : wakeAt)
    case "audience": .word(audience.nonEmpty)
    case "owner-gone": .flag(ownerGone)
    case "reason": .word(reason.text)
    default: .word(nil)
    }
  }
}

extension CaseCard.Clock {
  /// Both what it is and when it is due: an expectation asks for one of them.
  fileprivate static func actual(_ kind: String, _ clocks: [Self]) -> Actual {
    guard let clock = clocks.first(where: { "\($0.kind)" == kind }) else { return .clock(nil, nil) }
    return .clock("\(clock.state)", clock.due)
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }

  fileprivate func suffix(after prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
