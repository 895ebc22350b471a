// Owns the first step of a decision: what a signal is to its subject, and which case has to be loaded.
import Events
import Policy
import StateBytes

/// What was found by the subject's account alone.
public struct Triage {
  enum Finding {
    case duplicate
    /// Too weak to open a case.
    case note
    case open
    case attach
    case reopen
    /// An incident that its monitor calls resolved.
    case resolve
    case resolvedAlready
    case park
    case notice
    case link
    case act
    case erase
    case hold
    case remedy
    case claimAct(ClaimAct)
    case answer(ClaimAnswer)
    case noCase
  }

  var finding = Finding.note
  /// The number of the case to load; nil for none.
  public var load: UInt32?
  /// Whose account has to be loaded beside that of all: that of the loaded case, or the hold's.
  public var needsOwner = false
  /// The owner that a hold names; empty for all.
  public var owner = ByteSlice()

  var group: UInt64 = 0
  var score: Int32 = 0
  var priority = Priority.p4
  var contributions: [Signal.Contribution] = []
  var memoryBefore: Int32 = 0
  /// Strong enough to want an answer.
  var isContact = false
  /// Attached for want of room for another case.
  var isCapped = false
}

enum GroupKey {
  /// What signals of one subject belong together, as the policy groups them; incidents by what failed.
  static func of(_ signal: Signal, _ rules: CaseRules) -> UInt64 {
    var hash: UInt64 = 0x51ed_270b_9f2c_35a1
    switch signal.event.body {
    case .incident(let incident):
      hash = ByteHash.hash(incident.service.bytes, seed: hash &+ 1)
      return ByteHash.hash(incident.entity.bytes, seed: hash)
    case .feedback(let feedback):
      for by in rules.groupBy {
        switch by {
        case .journey: hash = ByteHash.hash(feedback.journey.bytes, seed: hash &+ 2)
        case .cause: hash = ByteHash.hash(signal.owner.bytes, seed: hash &+ 3)
        }
      }
      return hash
    case .caseUpdate, .remedy: return hash
    }
  }
}

/// What an incident is the cause of, as its entry in the subject's account keeps it.
enum CauseKey {
  static func of(owner: ByteSlice, service: ByteSlice) -> UInt64 {
    half(owner) << 32 | (service.isEmpty ? 0 : half(service))
  }

  /// Whether feedback of that owner or at that touchpoint may have this cause.
  static func mayCause(_ cause: UInt64, owner: ByteSlice, touchpoint: ByteSlice) -> Bool {
    cause >> 32 == half(owner) || (!touchpoint.isEmpty && cause & 0xFFFF_FFFF == half(touchpoint))
  }

  /// Never 0.
  private static func half(_ text: ByteSlice) -> UInt64 {
    ByteHash.hash(text.bytes, seed: 0x6361_7573) >> 32 | 1
  }
}

extension CaseworkDecider {
  /// Open cases of one subject; one more attaches to the latest.
  static let openCases = 64
  /// Cases of one subject that are remembered, closed ones included.
  static let knownCases = 128

  /// Looks at the subject only; says which case the engine has to load, and whether the owner's account is needed.
  public mutating func triage(_ signal: Signal, _ subject: inout SubjectAccount, now: Int64) -> Triage {
    texts.reset()
    var triage = Triage()
    switch signal.message {
    case .hold(let hold):
      triage.finding = .hold
      triage.needsOwner = true
      triage.owner = hold.owner
      return triage
    case .notice(let notice):
      triage.finding = .notice
      triage.load = incident(for: notice, subject)
      return triage
    case .link(let link):
      triage.finding = .link
      triage.load = number(of: link.caseID, signal.subjectKey, subject)
      return triage
    case .answer(let answer):
      triage.load = number(of: answer.caseID, signal.subjectKey, subject)
      triage.finding = triage.load == nil ? .noCase : .answer(answer)
      triage.needsOwner = triage.load != nil
      return triage
    // Nothing is decided about a mark: the engine hears it.
    case .none, .mark: break
    }
    switch signal.event.body {
    case .feedback, .incident: assess(signal, &subject, now, &triage)
    case .caseUpdate(let update):
      if update.act.word == .erase {
        triage.finding = .erase
      } else if hear(signal, &subject, now, policy.casework.cases) {
        triage.finding = .duplicate
      } else {
        triage.finding = .act
        var caseID = update.caseID
        if let act = ClaimAct(update.act) {
          triage.finding = .claimAct(act)
          caseID = Claim.caseID(of: act.claim)
        }
        triage.load = number(of: caseID, signal.subjectKey, subject)
        triage.needsOwner = triage.load != nil
        if triage.load == nil { triage.finding = .noCase }
      }
    case .remedy(let remedy):
      if hear(signal, &subject, now, policy.casework.cases) {
        triage.finding = .duplicate
      } else {
        triage.finding = .remedy
        triage.load =
          remedy.caseID.isEmpty
          ? latestOpen(subject) : number(of: remedy.caseID, signal.subjectKey, subject)
      }
    }
    return triage
  }

  /// The open case whose subject was in touch last.
  private func latestOpen(_ subject: SubjectAccount) -> UInt32? {
    subject.cases.reduce(nil as CaseEntry?) { latest, entry in
      guard entry.phase != .closed else { return latest }
      return entry.touchedAt >= latest?.touchedAt ?? .min ? entry : latest
    }?.number
  }

  /// The number of a case that the subject has, by its id.
  private func number(of caseID: ByteSlice, _ key: ByteSlice, _ subject: SubjectAccount) -> UInt32? {
    guard let id = CaseID(caseID), id.subjectKey == key else { return nil }
    return subject.cases.contains { $0.number == id.number } ? id.number : nil
  }

  /// The latest open incident of that cause.
  private func incident(for notice: Notice, _ subject: SubjectAccount) -> UInt32? {
    subject.cases.last {
      $0.kind == .incident && $0.phase == .open
        && CauseKey.mayCause($0.cause, owner: notice.owner, touchpoint: notice.touchpoint)
    }?.number
  }

  private mutating func assess(
    _ signal: Signal, _ subject: inout SubjectAccount, _ now: Int64, _ triage: inout Triage
  ) {
    let rules = policy.casework
    triage.score = signal.score
    triage.priority = signal.priority
    triage.contributions = signal.contributions
    if hear(signal, &subject, now, rules.cases) {
      triage.finding = .duplicate
      return
    }
    triage.group = GroupKey.of(signal, rules.cases)
    Memory.fade(&subject.memory, to: now, rules.memory)
    triage.memoryBefore = Memory.points(subject.memory, rules.memory)
    let open = subject.cases.lastIndex {
      $0.group == triage.group && $0.phase != .closed
        && (isIncident(signal) || minus(now, $0.touchedAt) <= rules.cases.groupWithin)
    }
    if case .incident(let incident) = signal.event.body {
      if incident.status == .resolved { return resolve(triage: &triage, open, subject, signal) }
    } else {
      let repeated = open.map { subject.cases[$0].contacts } ?? 0
      let points = Memory.contributions(
        subject.memory, repeated: repeated, rules.memory, texts, into: &triage.contributions)
      triage.score = max(0, min(100, signal.score &+ points))
      if points != 0 { triage.priority = policy.priority(ofScore: triage.score) }
    }
    triage.isContact = isIncident(signal) || triage.priority <= rules.cases.openFrom
    remember(signal, &subject)
    choose(open, signal, subject, now, &triage)
  }

  private func choose(
    _ open: Int?, _ signal: Signal, _ subject: SubjectAccount, _ now: Int64, _ triage: inout Triage
  ) {
    let rules = policy.casework.cases
    if let open {
      triage.finding = .attach
      triage.load = subject.cases[open].number
      return
    }
    guard triage.isContact else {
      triage.finding = .note
      return
    }
    if let closed = latestClosed(triage.group, subject),
      minus(now, closed.touchedAt) <= rules.reopenWithin
    {
      if case .incident(let incident) = signal.event.body, incident.status == .update,
        signal.occurredAt <= closed.touchedAt
      {
        // Word of a time when it was still open.
        triage.finding = .resolvedAlready
        return
      }
      triage.finding = .reopen
      triage.load = closed.number
      return
    }
    if subject.cases.count(where: { $0.phase != .closed }) >= Self.openCases,
      let latest = subject.cases.last(where: { $0.phase != .closed })
    {
      triage.finding = .attach
      triage.load = latest.number
      triage.isCapped = true
      return
    }
    triage.finding = .open
  }

  private func latestClosed(_ group: UInt64, _ subject: SubjectAccount) -> CaseEntry? {
    var latest: CaseEntry?
    for entry in subject.cases where entry.group == group && entry.phase == .closed {
      if entry.touchedAt >= latest?.touchedAt ?? .min { latest = entry }
    }
    return latest
  }

  private func resolve(
    triage: inout Triage, _ open: Int?, _ subject: SubjectAccount, _ signal: Signal
  ) {
    if let open {
      triage.finding = .resolve
      triage.load = subject.cases[open].number
      triage.needsOwner = true
      return
    }
    let isClosed = subject.cases.contains {
      $0.group == triage.group && $0.phase == .closed && $0.touchedAt >= signal.occurredAt
    }
    triage.finding = isClosed ? .resolvedAlready : .park
  }

  private func isIncident(_ signal: Signal) -> Bool { signal.kind == .incident }

  /// Remembers the event, and says whether it was heard before: among the latest of the subject, within the window.
  private func hear(_ signal: Signal, _ subject: inout SubjectAccount, _ now: Int64, _ rules: CaseRules)
    -> Bool
  {
    let hash = ByteHash.hash(
      signal.causeID.bytes, seed: ByteHash.hash(signal.event.source.bytes, seed: 0x6865_6172))
    var stale = 0
    while stale < subject.heard.count,
      minus(now, subject.heard[stale].at) > rules.deduplicateWindow
    {
      stale &+= 1
    }
    if stale > 0 { subject.heard.removeFirst(stale) }
    if subject.heard.contains(where: { $0.hash == hash }) { return true }
    if rules.deduplicateAtMost > 0 {
      while subject.heard.count >= rules.deduplicateAtMost { subject.heard.removeFirst() }
      subject.heard.append(HeardEvent(hash: hash, at: now))
    }
    return false
  }

  private func remember(_ signal: Signal, _ subject: inout SubjectAccount) {
    var weight: Int64 = 1_000
    if case .feedback(let feedback) = signal.event.body, !feedback.touchpoint.isEmpty {
      weight = policy.weight(ofTouchpoint: feedback.touchpoint)
    }
    Memory.add(score: signal.score, base: policy.basePoints, weight: weight, to: &subject.memory)
  }
}
