// Owns INTAKE's decision about one record: a signal with one owner, or a refusal with its reason. No Kafka,
// no clock; workers, `explain`, `send` and the demo all decide here.
import Events
import Policy
import Privacy

/// Decides records. One per thread: it keeps buffers from record to record, and a decision borrows from them
/// until the next call.
public struct IntakeDecider {
  /// What was decided.
  public enum Decision {
    /// Publish this under this key.
    case signal(Signal, key: ByteSlice)
    case refused(EventRefusal)
  }

  private let decoder = EventDecoder()
  private let keys: SubjectKeyMaker
  private var evaluator: PolicyEvaluator
  private var freeText: FreeText
  private let signatures: RemedySignatures
  private var verdict = Verdict()
  private var key: [UInt8] = []
  private var id: [UInt8] = []

  public init(policy: CompiledPolicy, keys: SubjectKeyMaker) {
    self.keys = keys
    evaluator = PolicyEvaluator(policy)
    freeText = FreeText(policy.redaction)
    signatures = RemedySignatures(policy)
  }

  /// Decides one record and hands the decision to `body`, inside which all of its slices are valid.
  ///
  /// - Parameter appendedAt: the record's timestamp, milliseconds since 1970; nil where no broker has it.
  public mutating func decide<R>(
    _ kind: EventKind, value: UnsafeRawBufferPointer?, headers: EventHeaders, at cause: Coordinates,
    appendedAt: Int64? = nil, epoch: Int64, _ body: (Decision) -> R
  ) -> R {
    defer { freeText.release() }
    var event: Event
    let signedBy: ByteSlice
    do throws(EventRefusal) {
      event = try decoder.decode(kind, value: value, headers: headers)
      try makeKey(of: event)
      signedBy = try signatures.check(event, appendedAt: appendedAt)
    } catch {
      return body(.refused(error))
    }
    let outcome = freeText.rewrite(&event)
    makeID(kind, cause)
    return key.withUnsafeBytes { key in
      id.withUnsafeBytes { id in
        var signal = Signal(event: event)
        signal.id = ByteSlice(id)
        signal.causeID = event.id
        signal.cause = cause
        signal.kind = SignalKind(kind)
        signal.subjectKey = ByteSlice(key)
        signal.occurredAt = event.occurredAt
        signal.epoch = epoch
        signal.redactions = outcome.redactions
        signal.signedBy = signedBy
        signal.textTruncated = outcome.truncated
        if signal.isAssessed {
          evaluator.decide(event, text: Self.text(of: event), into: &verdict)
          signal.take(verdict)
        }
        return body(.signal(signal, key: signal.subjectKey))
      }
    }
  }

  /// The text that words are looked for in; an incident without a text is read by its title.
  static func text(of event: Event) -> ByteSlice {
    switch event.body {
    case .feedback(let feedback): feedback.text
    case .incident(let incident): incident.text.isEmpty ? incident.title : incident.text
    case .caseUpdate(let update): update.text
    case .remedy(let remedy): remedy.reason
    }
  }

  /// Deterministic, from the cause's coordinates only: `feedback-3-1042`.
  private mutating func makeID(_ kind: EventKind, _ cause: Coordinates) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { text in
      // From the end: a word of at most 11 bytes, two numbers of at most 19 digits, two dashes.
      var start = text.count
      Self.write(UInt64(clamping: cause.offset), before: &start, text)
      Self.write(UInt64(clamping: cause.partition), before: &start, text)
      let word = kind.wire.bytes
      start &-= word.count
      for index in 0..<word.count { text[start &+ index] = word[index] }
      id.removeAll(keepingCapacity: true)
      id.append(contentsOf: UnsafeMutableBufferPointer(rebasing: text[start...]))
    }
  }

  /// A dash and a number, before what is written already.
  private static func write(
    _ number: UInt64, before start: inout Int, _ text: UnsafeMutableBufferPointer<UInt8>
  ) {
    var rest = number
    repeat {
      start &-= 1
      text[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    start &-= 1
    text[start] = UInt8(ascii: "-")
  }
}

extension IntakeDecider {
  /// Whose record this is. A case id carries its subject's key; an incident about nobody in particular is about
  /// its site, else about its service.
  private mutating func makeKey(of event: Event) throws(EventRefusal) {
    key.removeAll(keepingCapacity: true)
    if let caseID = CaseIdentifier.naming(event) {
      key.append(contentsOf: try CaseIdentifier.read(caseID).subjectKey.bytes)
      return
    }
    switch event.body {
    case .feedback(let feedback): try makeKey(feedback.subject.kind, feedback.subject.id)
    case .incident(let incident):
      if let subject = incident.subject {
        try makeKey(subject.kind, subject.id)
      } else if !incident.site.isEmpty {
        try makeKey(ByteSlice("site"), incident.site)
      } else {
        try makeKey(ByteSlice("service"), incident.service)
      }
    case .caseUpdate(let update):
      if let subject = update.subject { try makeKey(subject.kind, subject.id) }
    case .remedy(let remedy):
      if let subject = remedy.subject { try makeKey(subject.kind, subject.id) }
    }
  }

  private mutating func makeKey(_ kind: ByteSlice, _ id: ByteSlice) throws(EventRefusal) {
    do {
      try keys.key(kind: kind.bytes, id: id.bytes, into: &key)
    } catch {
      // A hash that libcrypto refuses after it was set up: the record is kept whole in dead letters.
      throw EventRefusal(.outOfRange, field: "subject.id", reason: "cannot be made a key: \(error)")
    }
  }
}

extension Signal {
  /// Takes over what the policy decided.
  mutating func take(_ verdict: Verdict) {
    owner = verdict.owner
    worker = verdict.worker
    witness = verdict.witness
    priority = verdict.priority
    score = verdict.score
    contributions = verdict.contributions
    rule = verdict.rule
    ruleAt = verdict.ruleAt
    alsoMatched = verdict.alsoMatched
  }
}
