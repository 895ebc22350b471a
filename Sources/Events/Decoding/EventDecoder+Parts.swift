// Owns the reading of parts that several records of ours have: lists of objects, causes, contributions.

extension EventDecoder {
  /// The entries of an array of objects, in order, into `list`; empty when absent. `path` is that of an entry's
  /// fields, `contributions[].`; a refusal names the entry by its index.
  @inline(__always)
  func readList<Element>(
    _ object: ObjectReader, _ field: Field, atMost: Int, _ known: FieldSet, path: StaticString, level: Int,
    into list: inout [Element], _ element: (ObjectReader) throws(EventRefusal) -> Element
  ) throws(EventRefusal) {
    list.removeAll(keepingCapacity: true)
    guard let start = object.node(field) else { return }
    let document = object.document
    guard document.kind(start) == .array else {
      throw Refuse.wrongType(object.full(field), expected: "an array", found: document.kind(start))
    }
    let end = document.next(start) &- 1
    var cursor = start &+ 1
    while cursor < end {
      if list.count == atMost {
        throw EventRefusal(
          .tooLong, field: object.full(field), reason: "has more than \(atMost) entries")
      }
      do throws(EventRefusal) {
        list.append(try element(try reader(document, at: cursor, known, path: path, level: level)))
      } catch {
        throw Refuse.inEntry(list.count, of: object.full(field), error)
      }
      cursor = document.next(cursor)
    }
  }

  /// Where the cause stands; nil when nobody's record was the cause.
  func cause(_ object: ObjectReader) throws(EventRefusal) -> Coordinates? {
    guard let node = object.node(.cause) else { return nil }
    return try coordinates(
      reader(object.document, at: node, vocabulary.coordinates, path: "cause.", level: 2))
  }

  @inline(__always)
  func coordinates(_ reader: ObjectReader) throws(EventRefusal) -> Coordinates {
    Coordinates(
      topic: try reader.required(.topic, .id),
      partition: Int32(clamping: try reader.requiredInteger(.partition, 0...Int64(Int32.max))),
      offset: try reader.requiredInteger(.offset, 0...JSONDocument.exact))
  }

  /// What a score is made of; empty when absent.
  func readContributions(
    _ object: ObjectReader, into contributions: inout [Signal.Contribution]
  ) throws(EventRefusal) {
    try readList(
      object, .contributions, atMost: .max, vocabulary.contribution, path: "contributions[].", level: 2,
      into: &contributions
    ) { reader throws(EventRefusal) in
      let points = try reader.requiredInteger(.points, Int64(Int32.min)...Int64(Int32.max))
      return Signal.Contribution(
        name: try reader.required(.name, .note), points: Int32(clamping: points),
        because: try reader.text(.because, .note))
    }
  }

  /// A W3C trace context that is well-formed; empty for any other text.
  func traceparent(_ object: ObjectReader) throws(EventRefusal) -> ByteSlice {
    let text = try object.text(.traceparent, .id)
    return TraceContext.isValid(text) ? text : ByteSlice()
  }
}
