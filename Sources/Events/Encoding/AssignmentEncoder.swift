// Owns the record on `assignments` as bytes: the JSON value and the CloudEvents headers beside it.

/// Encodes assignments. One for each thread; allocates only when one is larger than any before. The same assignment
/// gives the same bytes, always.
///
/// Headers: those that CloudEvents requires (`ce_specversion`, `ce_id`, `ce_source`, `ce_type`), `content-type`, and
/// `owner` and `priority`, which consumers filter by without reading the value; `traceparent` where the cause had one.
/// The value has all else, the subject, the time, the epoch and the cause among it. The record's key is the case's id,
/// and a record without a value says that the case is gone.
public final class AssignmentEncoder {
  /// `ce_type` of an assignment; its last part is the format's major version.
  public static let type: StaticString = "answerable.assignment.v1"

  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var value = OutputBuffer(capacity: 4096)
  @exclusivity(unchecked) private var headers: HeaderList

  /// `source` becomes `ce_source`, a URI reference: who decides.
  public init(source: String = "/answerable/casework") {
    headers = HeaderList(source: source, type: Self.type)
  }

  public func encode(_ assignment: Assignment) -> EncodedRecord {
    headers.begin(id: assignment.id)
    headers.add("content-type", "application/json")
    headers.add("owner", assignment.view.owner)
    headers.add("priority", assignment.view.priority.wire)
    headers.add("traceparent", assignment.traceparent)
    value.removeAll()
    value.assignment(assignment)
    return EncodedRecord(value: value.bytes, headers: headers.all)
  }
}

extension OutputBuffer {
  fileprivate mutating func assignment(_ assignment: Assignment) {
    append("{\"id\":")
    string(assignment.id)
    member(",\"revision\":", assignment.revision)
    view(assignment.view)
    member(",\"to\":", assignment.to)
    member(",\"at\":", time: assignment.at)
    reason(assignment.reason)
    member(",\"epoch\":", assignment.epoch)
    cause(assignment.cause)
    member(",\"traceparent\":", assignment.traceparent)
    append(UInt8(ascii: "}"))
  }
}
