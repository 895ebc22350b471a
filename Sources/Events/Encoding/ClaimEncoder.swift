// Owns the record on `claims` as bytes: the JSON value and the CloudEvents headers beside it.

/// Encodes claims. One for each thread; allocates only when one is larger than any before. The same claim gives the same
/// bytes, always.
///
/// `claims` is between roles: the value begins with its format and the oldest reader that understands it, and a reader
/// refuses what is newer than itself. Headers: those that CloudEvents requires (`ce_specversion`, `ce_id`, `ce_source`,
/// `ce_type`), `content-type`, `kind`, and `traceparent` where the cause had one. The record's key is the root.
public final class ClaimEncoder {
  /// `ce_type` of a claim; its last part is the format's major version.
  public static let type: StaticString = "answerable.claim.v1"
  /// What this build writes, and the oldest reader that understands it. A change that older readers would misread raises
  /// the oldest reader, and ships one release after a reader of it.
  static let format: Int64 = 1
  static let oldestReader: Int64 = 1

  private var value = OutputBuffer(capacity: 2048)
  private var headers: HeaderList

  /// `source` becomes `ce_source`, a URI reference: who asks.
  public init(source: String = "/answerable/casework") {
    headers = HeaderList(source: source, type: Self.type)
  }

  public func encode(_ claim: Claim) -> EncodedRecord {
    headers.begin(id: claim.id)
    headers.add("content-type", "application/json")
    headers.add("kind", claim.kind.wire)
    headers.add("traceparent", claim.traceparent)
    value.removeAll()
    value.claim(claim)
    return EncodedRecord(value: value.bytes, headers: headers.all)
  }
}

extension OutputBuffer {
  fileprivate mutating func claim(_ claim: Claim) {
    append("{\"format\":")
    append(ClaimEncoder.format)
    member(",\"oldestReader\":", ClaimEncoder.oldestReader)
    member(",\"id\":", claim.id)
    member(",\"kind\":", word: claim.kind.wire)
    member(",\"claim\":", claim.claim)
    member(",\"root\":", claim.root)
    member(",\"case\":", claim.caseID)
    member(",\"subjectKey\":", claim.subjectKey)
    member(",\"owner\":", claim.owner)
    member(",\"site\":", claim.site)
    member(",\"journey\":", claim.journey)
    member(",\"segment\":", claim.segment)
    member(",\"priority\":", word: claim.priority.wire)
    member(",\"status\":", word: claim.status.wire)
    member(",\"action\":", claim.action)
    if claim.amount > 0 { write(claim.amount, claim.currency) }
    member(",\"budgets\":", claim.budgets)
    member(",\"grant\":", claim.grant)
    write(claim.actor)
    member(",\"evidence\":", claim.evidence)
    member(",\"signedBy\":", claim.signedBy)
    member(",\"note\":", claim.note)
    member(",\"occurredAt\":", time: claim.occurredAt)
    member(",\"at\":", time: claim.at)
    member(",\"epoch\":", claim.epoch)
    cause(claim.cause)
    member(",\"causeId\":", claim.causeID)
    member(",\"traceparent\":", claim.traceparent)
    append(UInt8(ascii: "}"))
  }
}
