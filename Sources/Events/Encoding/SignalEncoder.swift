// Owns the record on `signals` as bytes: the JSON value and the CloudEvents headers beside it.

/// Encodes signals. One for each thread; allocates only when a signal is larger than any before. The same signal
/// gives the same bytes, always.
///
/// Headers: `ce_specversion`, `ce_id`, `ce_source`, `ce_type`, `ce_time`, `ce_subject` (the subject key),
/// `content-type`; `epoch`, and where the event is assessed `owner` and `priority`, for consumers that
/// filter without reading the value; `cause-topic`, `cause-partition`, `cause-offset`; `traceparent` where the cause
/// had one. An operator's signal and a mark have no subject and no cause.
public final class SignalEncoder {
  /// `ce_type` of a signal; its last part is the format's major version.
  public static let type: StaticString = "answerable.signal.v1"

  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var value = OutputBuffer(capacity: 4096)
  @exclusivity(unchecked) private var headers: HeaderList

  /// `source` becomes `ce_source`, a URI reference: who decides.
  public init(source: String = "/answerable/intake") {
    headers = HeaderList(source: source, type: Self.type)
  }

  public func encode(_ signal: Signal) -> EncodedRecord {
    headers.begin(id: signal.id)
    let time = headers.add("ce_time", time: signal.occurredAt)
    headers.add("ce_subject", signal.subjectKey)
    headers.add("content-type", "application/json")
    if signal.isAssessed {
      headers.add("owner", signal.owner)
      headers.add("priority", signal.priority.wire)
    }
    headers.add("epoch", number: signal.epoch)
    if !signal.cause.topic.isEmpty {
      headers.add("cause-topic", signal.cause.topic)
      headers.add("cause-partition", number: Int64(signal.cause.partition))
      headers.add("cause-offset", number: signal.cause.offset)
    }
    headers.add("traceparent", signal.event.traceparent)
    value.removeAll()
    value.signal(signal, time: time)
    return EncodedRecord(value: value.bytes, headers: headers.all)
  }
}
