// Owns the CloudEvents attributes of one event: read from headers or envelope, checked, merged with the data.

/// What the CloudEvents context says (CloudEvents 1.0.2 §3.1): empty where nothing is said.
struct Attributes {
  var id = ByteSlice()
  var source = ByteSlice()
  var time: Int64?
  var traceparent = ByteSlice()

  init() {}

  /// Structured mode: the envelope's own fields.
  init(envelope: ObjectReader) throws(EventRefusal) {
    guard let version = envelope.node(.specversion), envelope.document.kind(version) == .string,
      envelope.document.text(version).elementsEqual("1.0".utf8)
    else { throw EventRefusal(.cloudEvent, field: "specversion", reason: "must be \"1.0\"") }
    id = try envelope.required(.id, .id)
    source = try envelope.required(.source, .name)
    _ = try envelope.required(.type, .id)
    time = try envelope.time(.time)
    let dataType = try envelope.text(.datacontenttype, .id)
    if !dataType.isEmpty, MediaType(dataType) != .json {
      throw EventRefusal(.cloudEvent, field: "datacontenttype", reason: "must be application/json")
    }
    let trace = try envelope.text(.traceparent, .id)
    if TraceContext.isValid(trace) { traceparent = trace }
  }

  /// The data's own text, or the attribute's where it has none; refused where both stand and differ.
  @inline(__always)
  func merged(
    _ own: ByteSlice, with attribute: ByteSlice, _ object: ObjectReader, _ field: Field
  ) throws(EventRefusal) -> ByteSlice {
    if attribute.isEmpty {
      if own.isEmpty { throw object.missing(field) }
      return own
    }
    if !own.isEmpty, own != attribute { throw conflict(field.wireName, field.wireName) }
    return attribute
  }

  @inline(__always)
  func merged(_ own: Int64?, _ object: ObjectReader) throws(EventRefusal) -> Int64 {
    if let time {
      if let own, own != time { throw conflict("occurredAt", "time") }
      return time
    }
    guard let own else { throw object.missing(.occurredAt) }
    return own
  }

  @inline(never)
  private func conflict(_ field: String, _ attribute: String) -> EventRefusal {
    EventRefusal(.cloudEvent, field: field, reason: "differs from the CloudEvents attribute \(attribute)")
  }
}

extension EventDecoder {
  /// Binary mode: `ce_` headers, the value is the data. Returns whether the content type says structured mode
  /// instead. Headers are bytes that nobody has validated: UTF-8 is checked here.
  @inline(never)
  func read(_ headers: EventHeaders, into outer: inout Attributes) throws(EventRefusal) -> Bool {
    let media = MediaType(headers.contentType)
    switch media {
    case .cloudEvent: return true
    case .cloudEventBatch:
      throw EventRefusal(.cloudEvent, field: "content-type", reason: "is a batch: send one event a record")
    case .json, .other:
      if headers.specVersion.isEmpty { return false }
    }
    guard headers.specVersion == "1.0" else {
      throw EventRefusal(.cloudEvent, field: "ce_specversion", reason: "must be 1.0")
    }
    if !headers.contentType.isEmpty, media == .other {
      throw EventRefusal(.cloudEvent, field: "content-type", reason: "must be application/json")
    }
    try check(headers.id, "ce_id", .id)
    try check(headers.source, "ce_source", .name)
    try check(headers.type, "ce_type", .id)
    outer.id = headers.id
    outer.source = headers.source
    if !headers.time.isEmpty {
      guard let time = RFC3339.milliseconds(headers.time.bytes) else { throw Refuse.time("ce_time") }
      outer.time = time
    }
    return false
  }

  private func check(_ text: ByteSlice, _ name: String, _ limit: TextLimit) throws(EventRefusal) {
    if text.isEmpty {
      throw EventRefusal(.cloudEvent, field: name, reason: "is missing, and CloudEvents requires it")
    }
    if text.bytes.contains(where: { $0 >= 0x80 }), String(validating: text.bytes, as: UTF8.self) == nil {
      throw EventRefusal(.invalidUTF8, field: name, reason: "is not valid UTF-8")
    }
    if let fault = limit.fault(in: text.bytes, readable: false) { throw Refuse.text(fault, at: name, limit) }
  }
}

/// W3C Trace Context, level 1.
enum TraceContext {
  /// Whether it is a `traceparent` to pass on: `00-<32 hex>-<16 hex>-<2 hex>`, lower case, ids not all zero. A
  /// receiver ignores any other (§3.2.2), and so does this.
  static func isValid(_ text: ByteSlice) -> Bool {
    guard text.count == 55, text.bytes[0] == UInt8(ascii: "0"), text.bytes[1] == UInt8(ascii: "0") else {
      return false
    }
    var traceZero = true
    var spanZero = true
    for index in 2..<55 {
      let byte = text.bytes[index]
      if index == 2 || index == 35 || index == 52 {
        if byte != UInt8(ascii: "-") { return false }
        continue
      }
      guard byte &- 0x30 < 10 || byte &- 0x61 < 6 else { return false }
      if byte != 0x30 {
        if index < 35 { traceZero = false } else if index < 52 { spanZero = false }
      }
    }
    return !traceZero && !spanZero
  }
}

enum Base64 {
  /// RFC 4648 §4, padded, nothing else between; false when it is not that.
  static func decode(_ text: UnsafeRawBufferPointer, into bytes: inout OutputBuffer) -> Bool {
    bytes.removeAll()
    guard text.count & 3 == 0 else { return false }
    var end = text.count
    while end > 0, text.count &- end < 2, text[end &- 1] == UInt8(ascii: "=") { end &-= 1 }
    var bits: UInt32 = 0
    var held = 0
    for index in 0..<end {
      let byte = text[index]
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte &- 0x41
      case 0x61...0x7A: value = byte &- 0x61 &+ 26
      case 0x30...0x39: value = byte &- 0x30 &+ 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return false
      }
      bits = bits &<< 6 | UInt32(value)
      held &+= 6
      if held >= 8 {
        held &-= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    return bits & ((1 &<< UInt32(held)) &- 1) == 0
  }
}
