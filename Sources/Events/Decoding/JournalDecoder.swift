// Owns the way from a record on `case-journal` back to what was decided, for the tools and people that read it.

/// Decodes journal records. One for each thread; a record is valid until the next call. Not for hot paths.
public final class JournalDecoder {
  private let decoder: OutputDecoder
  private var vocabulary: Vocabulary { decoder.vocabulary }

  public init(_ limits: DecodingLimits = DecodingLimits()) { decoder = OutputDecoder(limits) }

  public func decode(_ value: UnsafeRawBufferPointer?) throws(EventRefusal) -> JournalRecord {
    let object = try decoder.object(value, vocabulary.journal)
    var record = JournalRecord()
    record.id = try object.required(.id, .id)
    record.task = Int32(clamping: try object.requiredInteger(.task, OutputDecoder.counts))
    record.number = try object.requiredInteger(.number, 1...JSONDocument.exact)
    record.at = try object.requiredTime(.at)
    record.cause = try cause(object)
    if case .signal = record.cause {
      let kind = try object.requiredWord(.kind, vocabulary.kinds)
      guard kind != .mark else {
        throw EventRefusal(.unknownValue, field: "kind", reason: "is mark, about which nothing is decided")
      }
      record.kind = kind
    }
    record.caseID = try object.text(.case, .id)
    record.subjectKey = try object.text(.subjectKey, .id)
    record.decision = try object.requiredWord(.decision, of: JournalRecord.Decision.self)
    record.reason = try decoder.reason(object)
    record.earlier = try earlier(object)
    try readDecided(object, into: &record)
    record.clocks = try decoder.clocks(object)
    try object.texts(.outputs, .id, atMost: 4096, into: &record.outputs)
    record.epoch = try object.requiredInteger(.epoch, 0...JSONDocument.exact)
    record.traceparent = try decoder.events.traceparent(object)
    return record
  }

  private func earlier(_ object: ObjectReader) throws(EventRefusal) -> [JournalRecord.Step] {
    var steps: [JournalRecord.Step] = []
    try decoder.events.readList(
      object, .earlier, atMost: 4096, vocabulary.journalStep, path: "earlier[].", level: 2, into: &steps
    ) { reader throws(EventRefusal) in
      JournalRecord.Step(
        try reader.requiredWord(.decision, of: JournalRecord.Decision.self),
        code: try reader.required(.code, .name), text: try reader.text(.text, .note))
    }
    return steps
  }

  private func readDecided(_ object: ObjectReader, into record: inout JournalRecord) throws(EventRefusal) {
    record.owner = try object.text(.owner, .name)
    record.worker = try object.text(.worker, .name)
    record.witness = try object.text(.witness, .name)
    record.priority = try object.word(.priority, vocabulary.priorities).map { Priority($0) }
    record.score = try object.integer(.score, 0...100).map { Int32(clamping: $0) }
    try decoder.events.readContributions(object, into: &record.contributions)
    if let memory = try decoder.part(object, .memory, vocabulary.memory, path: "memory.") {
      record.memoryBefore = try memory.integer(.before, 0...100).map { Int32(clamping: $0) }
      record.memoryAfter = try memory.integer(.after, 0...100).map { Int32(clamping: $0) }
    }
    record.rule = try object.text(.rule, .note)
    record.ruleAt = try object.text(.ruleAt, .note)
    try object.texts(.alsoMatched, .note, atMost: 4096, into: &record.alsoMatched)
    record.status = try object.word(.status, of: CaseStatus.self)
    record.act = try object.word(.act, vocabulary.acts)
    if let node = object.node(.actor) { record.actor = try decoder.events.actor(object.document, node) }
    if let edge = try decoder.part(object, .edge, vocabulary.edge, path: "edge.") {
      record.edgeFrom = try edge.required(.from, .name)
      record.edgeTo = try edge.required(.to, .name)
    }
  }

  private func cause(_ object: ObjectReader) throws(EventRefusal) -> JournalRecord.Cause {
    guard let cause = try decoder.part(object, .cause, vocabulary.journalCause, path: "cause.") else {
      throw object.missing(.cause)
    }
    switch try cause.requiredWord(.kind, of: CauseKind.self) {
    case .signal:
      return .signal(
        id: try cause.required(.id, .id), try decoder.events.coordinates(cause),
        causeID: try cause.text(.causeId, .id), occurredAt: try cause.requiredTime(.occurredAt))
    case .timer:
      return .timer(due: try cause.requiredTime(.due), heardUntil: try cause.time(.heardUntil))
    }
  }

  private enum CauseKind: ClosedSet {
    case signal, timer
    var wire: ByteSlice { self == .signal ? "signal" : "timer" }
  }
}
