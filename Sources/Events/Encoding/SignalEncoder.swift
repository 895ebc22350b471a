// Owns the record on `signals` as bytes: the JSON value and the CloudEvents headers beside it.

/// A header to send, borrowed from its encoder.
public struct EncodedHeader {
  public let name: UnsafeRawBufferPointer
  public let value: UnsafeRawBufferPointer
}

/// A value and its headers, borrowed until the encoder's next call or end and while the signal's own slices live.
public struct EncodedRecord {
  public let value: UnsafeRawBufferPointer
  public let headers: UnsafeBufferPointer<EncodedHeader>
}

/// Encodes signals. One for each thread; allocates only when a signal is larger than any before. The same signal
/// gives the same bytes, always.
///
/// Headers: `ce_specversion`, `ce_id`, `ce_source`, `ce_type`, `ce_time`, `ce_subject` (the subject key),
/// `content-type`; `epoch`, and where the event is assessed `owner` and `priority`, for consumers that
/// filter without reading the value; `cause-topic`, `cause-partition`, `cause-offset`; `traceparent` where the cause
/// had one. An operator's signal has no subject and no cause.
public final class SignalEncoder {
  /// `ce_type` of a signal; its last part is the format's major version.
  public static let type: StaticString = "answerable.signal.v1"

  private var value = OutputBuffer(capacity: 4096)
  private let source: UnsafeMutableRawBufferPointer
  private let headers: UnsafeMutableBufferPointer<EncodedHeader>
  /// Time, partition, offset and epoch as text, 24 bytes each: never grows, so pointers into it stay.
  private let numbers: UnsafeMutablePointer<UInt8>

  /// `source` becomes `ce_source`, a URI reference: the role that decides.
  public init(source: String = "/answerable/intake") {
    let text = Array(source.utf8)
    self.source = .allocate(byteCount: text.count, alignment: 1)
    self.source.copyBytes(from: text)
    headers = .allocate(capacity: 14)
    numbers = .allocate(capacity: 4 * 24)
  }

  deinit {
    source.deallocate()
    headers.deallocate()
    numbers.deallocate()
  }

  public func encode(_ signal: Signal) -> EncodedRecord {
    RFC3339.write(signal.occurredAt, to: numbers)
    value.removeAll()
    value.signal(signal, time: time)
    return EncodedRecord(value: value.bytes, headers: header(signal))
  }

  private func header(_ signal: Signal) -> UnsafeBufferPointer<EncodedHeader> {
    var count = 0
    set(&count, "ce_specversion", ByteSlice("1.0").bytes)
    set(&count, "ce_id", signal.id.bytes)
    set(&count, "ce_source", UnsafeRawBufferPointer(source))
    set(&count, "ce_type", ByteSlice(Self.type).bytes)
    set(&count, "ce_time", time)
    if !signal.subjectKey.isEmpty { set(&count, "ce_subject", signal.subjectKey.bytes) }
    set(&count, "content-type", ByteSlice("application/json").bytes)
    if signal.isAssessed {
      set(&count, "owner", signal.owner.bytes)
      set(&count, "priority", signal.priority.wire.bytes)
    }
    set(&count, "epoch", number(1, signal.epoch))
    if !signal.cause.topic.isEmpty {
      set(&count, "cause-topic", signal.cause.topic.bytes)
      set(&count, "cause-partition", number(2, Int64(signal.cause.partition)))
      set(&count, "cause-offset", number(3, signal.cause.offset))
    }
    if !signal.event.traceparent.isEmpty { set(&count, "traceparent", signal.event.traceparent.bytes) }
    return UnsafeBufferPointer(rebasing: headers[..<count])
  }

  @inline(__always)
  private func set(_ count: inout Int, _ name: StaticString, _ value: UnsafeRawBufferPointer) {
    headers[count] = EncodedHeader(name: ByteSlice(name).bytes, value: value)
    count &+= 1
  }

  private var time: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: numbers, count: RFC3339.length)
  }

  private func number(_ place: Int, _ value: Int64) -> UnsafeRawBufferPointer {
    let start = numbers + place &* 24
    return UnsafeRawBufferPointer(start: start, count: OutputBuffer.write(value, to: start))
  }
}
