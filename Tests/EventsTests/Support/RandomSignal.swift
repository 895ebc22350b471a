// Owns random signals for round trips, and the memory that their text lives in.
import Events

/// Text that lives as long as the arena.
final class Arena {
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  deinit { for block in blocks { block.deallocate() } }
  func slice(_ text: String) -> ByteSlice {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    block.copyBytes(from: Array(text.utf8))
    blocks.append(block)
    return ByteSlice(UnsafeRawBufferPointer(block))
  }
}

enum RandomSignal {
  static func make(_ random: inout SeededGenerator, _ arena: Arena) -> Signal {
    let kind = SignalKind.allCases.randomElement(using: &random)!
    var signal =
      if let event = kind.eventKind {
        Signal(event: Event(body: body(event, &random, arena)))
      } else {
        Signal(message: message(kind, &random, arena))
      }
    signal.kind = kind
    signal.id = name(&random, arena)
    if kind.hasCause {
      signal.causeID = name(&random, arena)
      signal.cause = coordinates(&random, arena)
      signal.subjectKey = name(&random, arena)
    }
    signal.occurredAt = .random(in: 0...RFC3339.latest, using: &random)
    signal.epoch = .random(in: 0...1_000_000, using: &random)
    signal.redactions = Bool.random(using: &random) ? 3 : 0
    signal.textTruncated = Bool.random(using: &random)
    signal.event.id = signal.causeID
    signal.event.occurredAt = signal.occurredAt
    if kind.eventKind != nil { signal.event.source = name(&random, arena) }
    if Bool.random(using: &random) {
      signal.event.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    }
    guard signal.isAssessed else { return signal }
    signal.owner = name(&random, arena)
    signal.worker = maybe(&random, arena)
    signal.witness = maybe(&random, arena)
    signal.priority = Priority.allCases.randomElement(using: &random)!
    signal.score = .random(in: 0...100, using: &random)
    signal.contributions = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      Signal.Contribution(
        name: name(&random, arena), points: .random(in: -100...100, using: &random),
        because: maybe(&random, arena))
    }
    signal.rule = name(&random, arena)
    signal.ruleAt = maybe(&random, arena)
    signal.alsoMatched = (0..<Int.random(in: 0...3, using: &random)).map { _ in name(&random, arena) }
    return signal
  }

  static func coordinates(_ random: inout SeededGenerator, _ arena: Arena) -> Coordinates {
    Coordinates(
      topic: name(&random, arena), partition: .random(in: 0...Int32.max, using: &random),
      offset: .random(in: 0...9_007_199_254_740_991, using: &random))
  }

  private static func message(
    _ kind: SignalKind, _ random: inout SeededGenerator, _ arena: Arena
  ) -> Signal.Message {
    switch kind {
    case .feedback, .incident, .caseUpdate, .remedy: return .none
    case .notice:
      var notice = Notice()
      notice.caseID = name(&random, arena)
      notice.owner = name(&random, arena)
      notice.site = maybe(&random, arena)
      notice.touchpoint = maybe(&random, arena)
      notice.journey = maybe(&random, arena)
      notice.priority = Priority.allCases.randomElement(using: &random)!
      return .notice(notice)
    case .link:
      var link = Link()
      link.caseID = name(&random, arena)
      link.incident = name(&random, arena)
      return .link(link)
    case .hold:
      var hold = Hold()
      hold.owner = maybe(&random, arena)
      hold.until = .random(in: 0...RFC3339.latest, using: &random)
      hold.reason = text(&random, arena)
      hold.by = name(&random, arena)
      return .hold(hold)
    case .answer:
      var answer = ClaimAnswer()
      answer.claim = name(&random, arena)
      answer.caseID = name(&random, arena)
      answer.answer = Delegation.Answer.allCases.randomElement(using: &random)!
      answer.action = name(&random, arena)
      answer.amount = .random(in: 1...9_007_199_254_740_991, using: &random)
      answer.currency = "JPY"
      answer.requester = maybe(&random, arena)
      answer.decider = maybe(&random, arena)
      answer.expiresAt = Bool.random(using: &random) ? .random(in: 1...RFC3339.latest, using: &random) : 0
      answer.reasonCode = name(&random, arena)
      answer.reasonText = text(&random, arena)
      return .answer(answer)
    case .mark:
      var mark = Mark()
      mark.partitions = .random(in: 0...64, using: &random)
      var until = Int64(0)
      for partition in 0..<mark.partitions where Bool.random(using: &random) {
        // Some have been read equally far.
        if Bool.random(using: &random) { until = .random(in: 0...RFC3339.latest, using: &random) }
        mark.through.append(.init(partition: partition, until: until))
      }
      return .mark(mark)
    }
  }

  private static func body(
    _ kind: EventKind, _ random: inout SeededGenerator, _ arena: Arena
  ) -> Event.Body {
    switch kind {
    case .feedback:
      var feedback = Feedback()
      feedback.subject = subject(&random, arena)
      feedback.respondent = Respondent.allCases.randomElement(using: &random)!
      feedback.channel = maybe(&random, arena)
      feedback.site = maybe(&random, arena)
      feedback.language = "fr-CH"
      feedback.text = text(&random, arena)
      if Bool.random(using: &random) {
        feedback.rating = Rating(kind: .stars, value: .random(in: 1000...5000, using: &random), scale: 5000)
      }
      feedback.labels = (0..<Int.random(in: 0...4, using: &random)).map { _ in name(&random, arena) }
      return .feedback(feedback)
    case .incident:
      var incident = Incident()
      if Bool.random(using: &random) { incident.subject = subject(&random, arena) }
      incident.service = name(&random, arena)
      incident.severity = Severity.allCases.randomElement(using: &random)!
      incident.status = IncidentStatus.allCases.randomElement(using: &random)!
      incident.affected = Bool.random(using: &random) ? 14 : nil
      incident.title = text(&random, arena)
      return .incident(incident)
    case .caseUpdate:
      var update = CaseUpdate()
      update.caseID = name(&random, arena)
      if Bool.random(using: &random) { update.actor.id = name(&random, arena) }
      update.actor.team = name(&random, arena)
      update.act = act(&random, arena)
      if case .erase = update.act {
        update.caseID = ByteSlice()
        update.subject = subject(&random, arena)
      }
      update.text = text(&random, arena)
      return .caseUpdate(update)
    case .remedy:
      var remedy = Remedy()
      remedy.subject = subject(&random, arena)
      remedy.actor.id = name(&random, arena)
      remedy.actor.role = name(&random, arena)
      remedy.action = name(&random, arena)
      remedy.amount = .random(in: 1...9_007_199_254_740_991, using: &random)
      remedy.currency = "CHF"
      remedy.reason = text(&random, arena)
      remedy.evidence = (0..<Int.random(in: 0...3, using: &random)).map { _ in name(&random, arena) }
      return .remedy(remedy)
    }
  }

  private static func act(_ random: inout SeededGenerator, _ arena: Arena) -> Act {
    let time = Int64.random(in: 0...RFC3339.latest, using: &random)
    let note = text(&random, arena)
    return switch Act.Word.allCases.randomElement(using: &random)! {
    case .acknowledge: .acknowledge
    case .progress: .progress
    case .respond: .respond
    case .promise: .promise(due: time, what: note)
    case .transfer: .transfer(to: name(&random, arena), reason: note)
    case .wait: .wait(for: note, until: time)
    case .resolve: .resolve(evidence: note)
    case .reopen: .reopen
    case .snooze: .snooze(until: time, reason: note)
    case .silence: .silence(until: time, reason: note)
    case .erase: .erase(reason: note)
    case .approve: .approve(claim: claim(&random, arena), note: note)
    case .decline: .decline(claim: claim(&random, arena), reason: note)
    case .cancel: .cancel(claim: claim(&random, arena), reason: note)
    case .settle: .settle(claim: claim(&random, arena), amount: 0, currency: "")
    case .giveBack:
      .giveBack(claim: claim(&random, arena), amount: .random(in: 1...9_999, using: &random), currency: "CHF")
    }
  }

  static func claim(_ random: inout SeededGenerator, _ arena: Arena) -> ByteSlice {
    arena.slice("\(name(&random, arena).string)-r\(Int.random(in: 1...99, using: &random))")
  }

  static func subject(_ random: inout SeededGenerator, _ arena: Arena) -> Subject {
    var subject = Subject()
    subject.kind = name(&random, arena)
    subject.segment = maybe(&random, arena)
    subject.value = Bool.random(using: &random) ? 480_000 : nil
    return subject
  }

  static func maybe(_ random: inout SeededGenerator, _ arena: Arena) -> ByteSlice {
    Bool.random(using: &random) ? name(&random, arena) : ByteSlice()
  }

  static func name(_ random: inout SeededGenerator, _ arena: Arena) -> ByteSlice {
    arena.slice(scalars(["a", "b", "-", "é", "\"", "\\", "🙂", " ", "/", "9"], 1...24, &random))
  }

  static func text(_ random: inout SeededGenerator, _ arena: Arena) -> ByteSlice {
    arena.slice(
      scalars(
        [
          "a", "Z", "\n", "\t", "\r", "\u{0}", "\u{1F}", "\u{7F}", "\"", "\\", "é", "e\u{301}", "🙂",
          "\u{2028}",
        ], 1...60,
        &random))
  }

  private static func scalars(
    _ alphabet: [String], _ length: ClosedRange<Int>, _ random: inout SeededGenerator
  ) -> String {
    (0..<Int.random(in: length, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
  }
}
