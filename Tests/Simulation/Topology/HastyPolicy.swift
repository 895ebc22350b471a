// Owns policies in which a week passes in minutes: the shipped one, its clocks a thousand times as fast.
import Policy

/// A scenario lasts half a minute and some leaps: clocks of hours would never run out in it.
struct HastyPolicy {
  static let haste: Int64 = 1_000

  /// The shipped policy; one that owns unrouted events elsewhere and closes a case by a voucher; one whose ladder is
  /// shorter and whose directory has lost somebody.
  static func all(_ shipped: PolicyDocument) -> [PolicyDocument] {
    let hasty = hasty(shipped)
    var elsewhere = hasty
    elsewhere.unrouted.owner =
      hasty.teams.last { $0.subcontractorOf == nil }?.id ?? hasty.unrouted.owner
    elsewhere.scoring.base += 7
    // What is given is the end of the case.
    for index in elsewhere.delegation?.actions.indices ?? 0..<0
    where elsewhere.delegation?.actions[index].id == "voucher" {
      elsewhere.delegation?.actions[index].closesCase = true
    }
    HastyDelegation.change(&elsewhere)
    var shorter = hasty
    for index in shorter.ladders.indices where shorter.ladders[index].rungs.count > 2 {
      shorter.ladders[index].rungs.remove(at: 1)
      shorter.ladders[index].start = [0, 0, 0, 0]
    }
    shorter.people.removeAll { $0.id == "technician-4" }
    HastyDelegation.cut(&shorter)
    return [hasty, elsewhere, shorter]
  }

  private static func hasty(_ document: PolicyDocument) -> PolicyDocument {
    var document = document
    for index in document.ladders.indices {
      document.ladders[index].clocks = document.ladders[index].clocks.map { clocks in
        var clocks = clocks
        clocks.acknowledge = clocks.acknowledge.map(faster)
        clocks.respond = clocks.respond.map(faster)
        clocks.resolve = clocks.resolve.map(faster)
        clocks.silence = clocks.silence.map(faster)
        return clocks
      }
      for rung in document.ladders[index].rungs.indices {
        document.ladders[index].rungs[rung].after = document.ladders[index].rungs[rung].after.map(faster)
      }
      document.ladders[index].repeatEvery = document.ladders[index].repeatEvery.map(faster)
    }
    var cases = document.cases ?? PolicyDocument.Cases()
    cases.rules.deduplicateWindow /= haste
    cases.rules.groupWithin /= haste
    cases.rules.gatherWithin /= haste
    cases.rules.reopenWithin /= haste
    cases.rules.verifyWithin /= haste
    cases.rules.acknowledgementLease = faster(cases.rules.acknowledgementLease)
    cases.rules.ownershipLease = faster(cases.rules.ownershipLease)
    cases.rules.escalationWindow /= haste
    cases.rules.escalationLimit = 5
    cases.rules.evidenceGrace = 30
    // Longer than it takes to tell, and shorter than some absences.
    cases.rules.evidenceWait = 4_000
    cases.memory.halfLife /= haste
    document.cases = cases
    HastyDelegation.add(to: &document)
    return document
  }

  private static func faster(_ duration: WorkingDuration) -> WorkingDuration {
    switch duration {
    case .time(let length): .time(max(1, length / haste))
    case .days(let days): .time(Int64(days) * 86_400_000 / haste)
    }
  }
}
