// Owns explaining what INTAKE decides about one event: the same decoding, redaction and policy, and the reasoning.
import Events
import Policy

/// Explains events by one policy. Needs no secret: an explanation names no subject. One thread.
public struct IntakeExplainer {
  /// An event, as INTAKE reads it. Its slices live as long as the call that hands it out.
  public struct Explained {
    /// Redacted, and cut to the length that a signal carries.
    public let event: Event
    /// How many pieces of personal data were taken out.
    public let redactions: Int32
    /// Of a remedy: the key that signed it; empty where nothing is signed.
    public let signedBy: ByteSlice
    /// Nil for a case update or a remedy: the case has its owner.
    public let explanation: Explanation?
  }

  private let decoder = EventDecoder()
  private let evaluator: PolicyEvaluator
  private var freeText: FreeText
  private let signatures: RemedySignatures

  public init(_ policy: CompiledPolicy) {
    evaluator = PolicyEvaluator(policy)
    freeText = FreeText(policy.redaction)
    signatures = RemedySignatures(policy)
  }

  /// Explains one event and hands it to `body`. Throws what would stand in the dead letter.
  ///
  /// - Parameter appendedAt: when it came in, milliseconds since 1970; nil of an event that has not.
  public mutating func explain<R>(
    _ kind: EventKind, value: UnsafeRawBufferPointer?, headers: EventHeaders = EventHeaders(),
    appendedAt: Int64? = nil, _ body: (Explained) -> R
  ) throws(EventRefusal) -> R {
    defer { freeText.release() }
    var event = try decoder.decode(kind, value: value, headers: headers)
    let signedBy = try signatures.check(event, appendedAt: appendedAt)
    let outcome = freeText.rewrite(&event)
    let explanation = evaluator.explain(event, text: IntakeDecider.text(of: event))
    return body(
      Explained(event: event, redactions: outcome.redactions, signedBy: signedBy, explanation: explanation))
  }

  /// Explains a record as tools hold it.
  public mutating func explain<R>(
    _ kind: EventKind, value: [UInt8]?, headers: [ScannedRecord.Header], appendedAt: Int64? = nil,
    _ body: (Explained) -> R
  ) throws(EventRefusal) -> R {
    var bytes = BorrowedBytes()
    defer { bytes.release() }
    var taken = EventHeaders()
    for header in headers {
      taken.add(name: bytes.hold(Array(header.name.utf8)), value: header.value.map { bytes.hold($0) })
    }
    return try explain(
      kind, value: value.map { bytes.hold($0) }, headers: taken, appendedAt: appendedAt, body)
  }
}
