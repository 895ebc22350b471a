// Owns the way from a record's bytes to an event: which of the three forms it has, then its contract.

/// Decodes and validates events, bare JSON or CloudEvents 1.0 in binary or structured mode. One for each
/// thread; it reuses its buffers, so an event is valid until the next call and while the record's bytes are.
///
/// Unknown fields are ignored, as are null and empty values of optional ones. What is missing or wrong is
/// refused with its path. CloudEvents attributes stand in for `id`, `source` and `occurredAt` where the data
/// leaves them out, and must agree with it where it does not.
public final class EventDecoder {
  let limits: DecodingLimits
  let parser: JSONParser
  let subjectIDs: SubjectIDs
  let vocabulary = Vocabulary.shared
  /// Room for the located fields of an envelope, the event in it, an object in that, and one in a list of those.
  private static let levels = 4
  private let nodes: UnsafeMutablePointer<UInt32>
  var labels: [ByteSlice] = []
  /// The only parser that `data_base64` needs beside the envelope's; made when first needed.
  private var inner: EventDecoder?
  private var decoded = OutputBuffer()

  public convenience init(_ limits: DecodingLimits = DecodingLimits()) {
    self.init(limits, subjectIDs: .required)
  }

  init(_ limits: DecodingLimits, subjectIDs: SubjectIDs) {
    self.limits = limits
    self.subjectIDs = subjectIDs
    parser = JSONParser(limits)
    nodes = .allocate(capacity: Self.levels * FieldSet.room)
    nodes.initialize(repeating: 0, count: Self.levels * FieldSet.room)
  }

  deinit { nodes.deallocate() }

  /// Locates the known fields of an object; `level` is its depth: what is read at one level is forgotten when the
  /// next object of that level is.
  @inline(__always)
  func reader(
    _ document: JSONDocument, at node: Int, _ known: FieldSet, path: StaticString, level: Int
  ) throws(EventRefusal) -> ObjectReader {
    try ObjectReader(
      document, at: node, table: vocabulary.fields, known: known, path: path,
      nodes: nodes + level &* FieldSet.room)
  }

  /// Decodes one record's value. Nil (a tombstone) is refused as empty. `EventRefusal` names what is wrong;
  /// the decoder can be used on.
  public func decode(
    _ kind: EventKind, value: UnsafeRawBufferPointer?, headers: EventHeaders = EventHeaders()
  ) throws(EventRefusal) -> Event {
    let value = value ?? UnsafeRawBufferPointer(start: nil, count: 0)
    var outer = Attributes()
    var structured = false
    if !headers.contentType.isEmpty || !headers.specVersion.isEmpty {
      structured = try read(headers, into: &outer)
    }
    if outer.traceparent.isEmpty, TraceContext.isValid(headers.traceparent) {
      outer.traceparent = headers.traceparent
    }
    let document = try parser.parse(value)
    if structured { return try decodeStructured(kind, document, outer) }
    let object = try reader(
      document, at: JSONDocument.root, known(kind), path: "", level: 1)
    if headers.specVersion.isEmpty, object.has(.specversion) {
      return try decodeStructured(kind, document, outer)
    }
    return try event(kind, object, outer)
  }

  /// Structured mode: the envelope's attributes, then `data` or `data_base64`.
  @inline(never)
  private func decodeStructured(
    _ kind: EventKind, _ document: JSONDocument, _ headers: Attributes
  ) throws(EventRefusal) -> Event {
    let envelope = try reader(
      document, at: JSONDocument.root, vocabulary.cloudEvent, path: "", level: 0)
    var outer = try Attributes(envelope: envelope)
    if outer.traceparent.isEmpty { outer.traceparent = headers.traceparent }
    if let data = envelope.node(.data) {
      guard envelope.node(.dataBase64) == nil else {
        throw EventRefusal(.cloudEvent, field: "data_base64", reason: "stands beside data")
      }
      return try inData { () throws(EventRefusal) in
        try event(
          kind,
          reader(document, at: data, known(kind), path: "", level: 1), outer)
      }
    }
    guard let encoded = envelope.node(.dataBase64) else {
      throw EventRefusal(.missingField, field: "data", reason: "is missing")
    }
    guard document.kind(encoded) == .string, Base64.decode(document.text(encoded), into: &decoded) else {
      throw EventRefusal(.cloudEvent, field: "data_base64", reason: "is not base64 (RFC 4648 §4)")
    }
    let inner = self.inner ?? EventDecoder(limits)
    self.inner = inner
    return try inData { () throws(EventRefusal) in
      let data = try inner.parser.parse(decoded.bytes)
      return try inner.event(
        kind, inner.reader(data, at: JSONDocument.root, known(kind), path: "", level: 1),
        outer)
    }
  }

  /// Paths in structured mode begin where the data stands.
  private func inData(_ body: () throws(EventRefusal) -> Event) throws(EventRefusal) -> Event {
    do throws(EventRefusal) {
      return try body()
    } catch {
      var refusal = error
      if refusal.field.isEmpty {
        refusal.field = "data"
      } else if !refusal.field.hasPrefix("ce_") {
        refusal.field = "data." + refusal.field
      }
      throw refusal
    }
  }

  @inline(__always) func known(_ kind: EventKind) -> FieldSet {
    switch kind {
    case .feedback: vocabulary.feedback
    case .incident: vocabulary.incident
    case .caseUpdate: vocabulary.caseUpdate
    case .remedy: vocabulary.remedy
    }
  }

  /// What every contract has, then the contract's own.
  private func event(
    _ kind: EventKind, _ object: ObjectReader, _ outer: Attributes
  ) throws(EventRefusal) -> Event {
    let id = try outer.merged(object.text(.id, .id), with: outer.id, object, .id)
    let occurredAt = try outer.merged(object.time(.occurredAt), object)
    let source = try outer.merged(object.text(.source, .name), with: outer.source, object, .source)
    var event = Event(body: try body(kind, object))
    event.id = id
    event.occurredAt = occurredAt
    event.source = source
    event.traceparent = outer.traceparent
    return event
  }

  @inline(__always)
  func body(_ kind: EventKind, _ object: ObjectReader) throws(EventRefusal) -> Event.Body {
    switch kind {
    case .feedback: .feedback(try feedback(object))
    case .incident: .incident(try incident(object))
    case .caseUpdate: .caseUpdate(try caseUpdate(object))
    case .remedy: .remedy(try remedy(object))
    }
  }

  /// Events from outside must say whom they are about; inside signals that id was left out on purpose.
  enum SubjectIDs { case required, leftOut }
}
