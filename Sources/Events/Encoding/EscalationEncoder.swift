// Owns the record on `escalations` as bytes: the JSON value and the CloudEvents headers beside it.

/// Encodes escalations. One for each thread; allocates only when one is larger than any before. The same escalation
/// gives the same bytes, always.
///
/// Headers: those that CloudEvents requires (`ce_specversion`, `ce_id`, `ce_source`, `ce_type`), `content-type`, and what
/// consumers filter by without reading the value: `type`, `owner`, and `priority` (not of a digest, which is of many
/// cases); `traceparent` where the cause had one. The value has all else. The record's key is the case's id, of a
/// digest the owner.
public final class EscalationEncoder {
  /// `ce_type` of an escalation; its last part is the format's major version.
  public static let type: StaticString = "answerable.escalation.v1"

  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var value = OutputBuffer(capacity: 4096)
  @exclusivity(unchecked) private var headers: HeaderList

  /// `source` becomes `ce_source`, a URI reference: who decides.
  public init(source: String = "/answerable/casework") {
    headers = HeaderList(source: source, type: Self.type)
  }

  public func encode(_ escalation: Escalation) -> EncodedRecord {
    headers.begin(id: escalation.id)
    headers.add("content-type", "application/json")
    headers.add("type", escalation.kind.wire)
    headers.add("owner", escalation.view.owner)
    if escalation.kind != .digest { headers.add("priority", escalation.view.priority.wire) }
    headers.add("traceparent", escalation.traceparent)
    value.removeAll()
    value.escalation(escalation)
    return EncodedRecord(value: value.bytes, headers: headers.all)
  }
}

extension OutputBuffer {
  fileprivate mutating func escalation(_ escalation: Escalation) {
    append("{\"id\":")
    string(escalation.id)
    member(",\"type\":", word: escalation.kind.wire)
    if escalation.kind == .digest {
      member(",\"owner\":", escalation.view.owner)
      append(",\"digest\":{\"count\":")
      append(escalation.digestCount)
      member(",\"cases\":", escalation.digestCases)
      append(UInt8(ascii: "}"))
    } else {
      view(escalation.view)
    }
    if escalation.rung > 0 { member(",\"rung\":", Int64(escalation.rung)) }
    member(",\"skipped\":", escalation.skipped)
    write(escalation.to)
    member(",\"canAct\":", escalation.canAct)
    member(",\"unless\":", escalation.unless)
    if escalation.due != 0 { member(",\"due\":", time: escalation.due) }
    member(",\"dueBy\":", escalation.dueBy)
    member(",\"retracts\":", escalation.retracts)
    if escalation.wakeAt != 0 { member(",\"wakeAt\":", time: escalation.wakeAt) }
    if escalation.next.rung > 0 { write(escalation.next) }
    if escalation.ownerGone { append(",\"ownerGone\":true") }
    if let heardUntil = escalation.heardUntil { member(",\"heardUntil\":", time: heardUntil) }
    member(",\"audience\":", word: escalation.audience.wire)
    member(",\"at\":", time: escalation.at)
    reason(escalation.reason)
    member(",\"epoch\":", escalation.epoch)
    cause(escalation.cause)
    member(",\"traceparent\":", escalation.traceparent)
    append(UInt8(ascii: "}"))
  }

  private mutating func write(_ target: Escalation.Target) {
    object(",\"to\":") { buffer in
      buffer.member(",\"role\":", target.role)
      buffer.member(",\"team\":", target.team)
      buffer.member(",\"site\":", target.site)
      buffer.people(target.people)
    }
  }

  private mutating func write(_ next: Escalation.Next) {
    append(",\"next\":{\"rung\":")
    append(Int64(next.rung))
    member(",\"at\":", time: next.at)
    member(",\"role\":", next.role)
    member(",\"team\":", next.team)
    append(UInt8(ascii: "}"))
  }
}
