// Owns what a decoder needs of a record's headers: the content type, CloudEvents attributes, trace context.

/// The headers of one record that matter to decoding, borrowed from it. Fill it with `add` for each header:
/// of repeated names the last counts, as consumers by convention read them.
public struct EventHeaders {
  public var contentType = ByteSlice()
  public var specVersion = ByteSlice()
  public var id = ByteSlice()
  public var source = ByteSlice()
  public var type = ByteSlice()
  public var time = ByteSlice()
  public var traceparent = ByteSlice()

  public init() {}

  /// Takes the header when it is one of those; any other is left alone. Names are compared as they are sent:
  /// `ce_id`, `content-type` (CloudEvents Kafka binding §3.2), the latter in any case.
  @inlinable
  public mutating func add(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) {
    guard name.count >= 5, name.count <= 14, let start = name.baseAddress else { return }
    let first = start.load(as: UInt8.self)
    if first | 0x20 == UInt8(ascii: "c") || first | 0x20 == UInt8(ascii: "t") { take(name, value) }
  }

  @usableFromInline
  mutating func take(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
    let value = value.map { ByteSlice($0) } ?? ByteSlice()
    switch name.count {
    case 5 where name.elementsEqual("ce_id".utf8): id = value
    case 7 where name.elementsEqual("ce_type".utf8): type = value
    case 7 where name.elementsEqual("ce_time".utf8): time = value
    case 9 where name.elementsEqual("ce_source".utf8): source = value
    case 11 where name.elementsEqual("traceparent".utf8): traceparent = value
    case 12 where ByteSlice(name).equalsIgnoringCase("content-type"): contentType = value
    case 14 where name.elementsEqual("ce_specversion".utf8): specVersion = value
    case 14 where name.elementsEqual("ce_traceparent".utf8): traceparent = value
    default: break
    }
  }
}

extension ByteSlice {
  /// Compares with ASCII in lower case.
  func equalsIgnoringCase(_ lower: StaticString) -> Bool {
    guard bytes.count == lower.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count {
      let byte = bytes[index]
      let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if folded != lower.utf8Start[index] { return false }
    }
    return true
  }
}

/// What a content type says about a value.
enum MediaType {
  case json, cloudEvent, cloudEventBatch, other

  /// Parameters (`; charset=utf-8`) do not matter: JSON is always UTF-8 (RFC 8259 §8.1).
  init(_ text: ByteSlice) {
    var count = 0
    while count < text.count, text.bytes[count] != UInt8(ascii: ";"), text.bytes[count] > 0x20 { count &+= 1 }
    let essence = ByteSlice(UnsafeRawBufferPointer(rebasing: text.bytes[..<count]))
    let suffix = ByteSlice(UnsafeRawBufferPointer(rebasing: essence.bytes.suffix(5)))
    if essence.equalsIgnoringCase("application/json") {
      self = .json
    } else if essence.equalsIgnoringCase("application/cloudevents+json") {
      self = .cloudEvent
    } else if essence.equalsIgnoringCase("application/cloudevents-batch+json") {
      self = .cloudEventBatch
    } else {
      self = essence.equalsIgnoringCase("text/json") || suffix.equalsIgnoringCase("+json") ? .json : .other
    }
  }
}
