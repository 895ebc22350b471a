// Owns the way from a record on `claims` back to a claim, for the role that answers it.

/// Decodes claims. One for each thread; a claim is valid until the next call. Fields of later versions are ignored; a
/// claim whose writer says that this reader is too old for it is refused (`unknown-value` of `oldestReader`), which is a
/// wrong deploy.
public final class ClaimDecoder {
  private let decoder: OutputDecoder
  private var vocabulary: Vocabulary { decoder.vocabulary }
  private static let formats: ClosedRange<Int64> = 1...Int64(UInt8.max)

  public init(_ limits: DecodingLimits = DecodingLimits()) { decoder = OutputDecoder(limits) }

  public func decode(_ value: UnsafeRawBufferPointer?) throws(EventRefusal) -> Claim {
    let object = try decoder.object(value, vocabulary.claim)
    try checkFormat(object)
    var claim = Claim()
    claim.id = try object.required(.id, .id)
    claim.kind = try object.requiredWord(.kind, of: Claim.Kind.self)
    claim.claim = try object.required(.claim, .id)
    claim.root = try object.required(.root, .id)
    claim.caseID = try object.required(.case, .id)
    claim.subjectKey = try object.required(.subjectKey, .id)
    claim.owner = try object.text(.owner, .name)
    claim.site = try object.text(.site, .name)
    claim.journey = try object.text(.journey, .name)
    claim.segment = try object.text(.segment, .name)
    claim.priority = Priority(try object.requiredWord(.priority, vocabulary.priorities))
    claim.status = try object.requiredWord(.status, of: CaseStatus.self)
    claim.action = try object.text(.action, .name)
    if object.node(.amount) != nil { (claim.amount, claim.currency) = try decoder.events.money(object) }
    try object.texts(.budgets, .id, atMost: 4, into: &claim.budgets)
    claim.grant = try object.text(.grant, .note)
    if let node = object.node(.actor) { claim.actor = try decoder.events.actor(object.document, node) }
    try object.texts(.evidence, .name, atMost: Remedy.mostEvidence, into: &claim.evidence)
    claim.signedBy = try object.text(.signedBy, .name)
    claim.note = try object.text(.note, .note)
    claim.occurredAt = try object.requiredTime(.occurredAt)
    claim.at = try object.requiredTime(.at)
    claim.epoch = try object.requiredInteger(.epoch, 0...JSONDocument.exact)
    claim.cause = try decoder.events.cause(object) ?? Coordinates()
    claim.causeID = try object.text(.causeId, .id)
    claim.traceparent = try decoder.events.traceparent(object)
    if claim.kind == .request {
      if claim.action.isEmpty { throw object.missing(.action) }
      if claim.amount == 0 { throw object.missing(.amount) }
    }
    return claim
  }

  private func checkFormat(_ object: ObjectReader) throws(EventRefusal) {
    _ = try object.requiredInteger(.format, Self.formats)
    let oldest = try object.requiredInteger(.oldestReader, Self.formats)
    guard oldest <= ClaimEncoder.format else {
      throw EventRefusal(
        .unknownValue, field: "oldestReader",
        reason:
          "a newer version wrote it: this one reads formats up to \(ClaimEncoder.format); upgrade it first")
    }
  }
}
