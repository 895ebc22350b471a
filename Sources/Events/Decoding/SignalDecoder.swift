// Owns the way from a record on `signals` back to a signal, for the roles and people that read them.

/// Decodes signals. One for each thread; a signal is valid until the next call. Fields of later versions are
/// ignored; a refusal means that the record is not a signal, which on an internal topic is a wrong deploy.
public final class SignalDecoder {
  let decoder: EventDecoder
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var contributions: [Signal.Contribution] = []
  @exclusivity(unchecked) private var alsoMatched: [ByteSlice] = []

  public init(_ limits: DecodingLimits = DecodingLimits()) {
    decoder = EventDecoder(limits, subjectIDs: .leftOut)
  }

  public func decode(_ value: UnsafeRawBufferPointer?) throws(EventRefusal) -> Signal {
    let document = try decoder.parser.parse(value ?? UnsafeRawBufferPointer(start: nil, count: 0))
    let object = try decoder.reader(
      document, at: JSONDocument.root, decoder.vocabulary.signal, path: "", level: 0)
    let id = try object.required(.id, .id)
    let kind = try object.requiredWord(.kind, decoder.vocabulary.kinds)
    var signal =
      if let event = kind.eventKind {
        Signal(event: try self.event(event, object))
      } else {
        Signal(message: try message(kind, object))
      }
    signal.id = id
    signal.kind = kind
    if kind.hasCause {
      signal.causeID = try object.required(.causeId, .id)
      if let cause = try decoder.cause(object) {
        signal.cause = cause
      } else if kind != .answer {
        // What time alone decided has no record behind it.
        throw object.missing(.cause)
      }
      signal.subjectKey = try object.required(.subjectKey, .id)
    }
    signal.occurredAt = try object.requiredTime(.occurredAt)
    if signal.isAssessed { try readAssessment(object, into: &signal) }
    signal.epoch = try object.requiredInteger(.epoch, 0...JSONDocument.exact)
    signal.redactions = Int32(clamping: try object.integer(.redactions, 0...Int64(Int32.max)) ?? 0)
    signal.signedBy = try object.text(.signedBy, .name)
    signal.textTruncated = try object.flag(.textTruncated)
    signal.event.id = signal.causeID
    signal.event.occurredAt = signal.occurredAt
    signal.event.traceparent = try decoder.traceparent(object)
    return signal
  }

  private func readAssessment(
    _ object: ObjectReader, into signal: inout Signal
  ) throws(EventRefusal) {
    signal.owner = try object.required(.owner, .name)
    signal.worker = try object.text(.worker, .name)
    signal.witness = try object.text(.witness, .name)
    signal.priority = Priority(try object.requiredWord(.priority, decoder.vocabulary.priorities))
    signal.score = Int32(clamping: try object.requiredInteger(.score, 0...100))
    guard object.node(.contributions) != nil else { throw object.missing(.contributions) }
    try decoder.readContributions(object, into: &contributions)
    signal.contributions = contributions
    signal.rule = try object.required(.rule, .note)
    signal.ruleAt = try object.text(.ruleAt, .note)
    try object.texts(.alsoMatched, .note, atMost: 4096, into: &alsoMatched)
    signal.alsoMatched = alsoMatched
  }

  private func event(_ kind: EventKind, _ object: ObjectReader) throws(EventRefusal) -> Event {
    guard let node = object.node(.event) else { throw object.missing(.event) }
    do throws(EventRefusal) {
      let body = try decoder.reader(
        object.document, at: node, decoder.known(kind), path: "", level: 1)
      var event = Event(body: try decoder.body(kind, body))
      event.source = try body.required(.source, .name)
      return event
    } catch {
      var refusal = error
      refusal.field = refusal.field.isEmpty ? "event" : "event." + refusal.field
      throw refusal
    }
  }
}
