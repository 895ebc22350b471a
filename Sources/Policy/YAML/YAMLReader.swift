// Owns the only use of libyaml: bytes to nodes with marks, or findings that say where reading stopped.
import CLibYAML

/// Reads one YAML document. Duplicate keys are reported; anchors, aliases, tags, merge keys and a second
/// document are refused, because a policy says each thing once, where it is meant.
package struct YAMLReader {
  /// On the heap: libyaml's parser keeps its own address as its reader's data, so it must never move.
  let parser: UnsafeMutablePointer<yaml_parser_t>
  let file: String
  let text: UnsafeBufferPointer<UInt8>
  private let findings: Findings
  private var nodes = 0
  private var depth = 0

  /// Reading stopped; the reason stands in the findings already.
  private struct Stopped: Error {}

  /// The document's root, or nil when it cannot be read; every mistake met is added to `findings`.
  /// `text` must be valid UTF-8 (the folder's reader has checked it and points at the bad byte); a byte order
  /// mark is passed over, since libyaml would count it as a column.
  package static func read(_ text: [UInt8], file: String, findings: Findings) -> YAMLNode? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      findings.error(Place(file: file), "cannot be read: out of memory")
      return nil
    }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text[3...] : text[...]
    return text.withUnsafeBufferPointer { text in
      yaml_parser_set_input_string(parser, text.baseAddress, text.count)
      var reader = YAMLReader(parser: parser, file: file, text: text, findings: findings)
      return try? reader.document()
    }
  }

  private init(
    parser: UnsafeMutablePointer<yaml_parser_t>, file: String, text: UnsafeBufferPointer<UInt8>,
    findings: Findings
  ) {
    self.parser = parser
    self.file = file
    self.text = text
    self.findings = findings
  }

  private mutating func document() throws(Stopped) -> YAMLNode? {
    var root: YAMLNode?
    while true {
      var event = try next()
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_STREAM_END_EVENT:
        if root == nil { findings.error(Place(file: file), "is empty, or holds nothing but comments") }
        return root
      case YAML_DOCUMENT_START_EVENT where root != nil:
        findings.error(
          place(event.start_mark), "a second document begins here (---): one file holds one document")
        throw Stopped()
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT: continue
      default: root = try node(&event, path: "")
      }
    }
  }

  /// Turns `event`, the first of a node, into that node; reads on to its end.
  private mutating func node(_ event: inout yaml_event_t, path: String) throws(Stopped) -> YAMLNode {
    let start = event.start_mark
    nodes += 1
    guard nodes <= PolicyLimits.nodes else {
      findings.error(
        place(start), "more than \(PolicyLimits.nodes) values: use a look-up table for long lists")
      throw Stopped()
    }
    var node = YAMLNode(line: Int(start.line) + 1, column: Int(start.column) + 1, content: .list([]))
    switch event.type {
    case YAML_SCALAR_EVENT:
      try refuse(anchor: event.data.scalar.anchor, tag: event.data.scalar.tag, at: start)
      node.content = .scalar(scalar(event))
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      try refuse(anchor: data.anchor, tag: data.tag, at: start)
      try descend(at: start)
      node.content = .list(try list(path: path))
      depth -= 1
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      try refuse(anchor: data.anchor, tag: data.tag, at: start)
      try descend(at: start)
      node.content = .mapping(try entries(path: path))
      depth -= 1
    default:
      findings.error(
        place(start),
        "an alias (*name) is not supported: write the value out, or put text that begins with * in quotes")
      throw Stopped()
    }
    return node
  }

  private mutating func list(path: String) throws(Stopped) -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      var event = try next()
      defer { yaml_event_delete(&event) }
      if event.type == YAML_SEQUENCE_END_EVENT { return items }
      items.append(try node(&event, path: "\(path)[\(items.count)]"))
    }
  }

  private mutating func entries(path: String) throws(Stopped) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var lines: [String: Int] = [:]
    while true {
      var event = try next()
      defer { yaml_event_delete(&event) }
      if event.type == YAML_MAPPING_END_EVENT { return entries }
      let key = try node(&event, path: path)
      var place = Place(file: file, line: key.line, column: key.column, path: path)
      guard case .scalar(let scalar) = key.content else {
        findings.error(place, "the name of a field must be text, not \(key.noun)")
        _ = try value(path: path)
        continue
      }
      place.path = path.isEmpty ? scalar.text : "\(path).\(scalar.text)"
      let value = try value(path: place.path)
      if scalar.text == "<<", scalar.isPlain {
        findings.error(place, "merge keys (<<) are not supported: write the values out")
        continue
      }
      if let first = lines[scalar.text] {
        findings.error(
          place,
          "duplicate field \"\(scalar.text)\": it stands at line \(first) already, and only one can count")
        continue
      }
      lines[scalar.text] = key.line
      entries.append(.init(key: scalar.text, line: key.line, column: key.column, value: value))
    }
  }

  private mutating func value(path: String) throws(Stopped) -> YAMLNode {
    var event = try next()
    defer { yaml_event_delete(&event) }
    return try node(&event, path: path)
  }

  private mutating func descend(at mark: yaml_mark_t) throws(Stopped) {
    depth += 1
    guard depth <= PolicyLimits.depth else {
      findings.error(place(mark), "is nested deeper than \(PolicyLimits.depth) levels")
      throw Stopped()
    }
  }

  private func refuse(
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at mark: yaml_mark_t
  ) throws(Stopped) {
    if anchor != nil {
      findings.error(
        place(mark), "an anchor (&name) is not supported: remove it, or put text that begins with & in quotes"
      )
      throw Stopped()
    }
    if tag != nil {
      findings.error(
        place(mark), "a tag (!name) is not supported: remove it, or put text that begins with ! in quotes")
      throw Stopped()
    }
  }

  private func scalar(_ event: yaml_event_t) -> YAMLScalar {
    let data = event.data.scalar
    let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
    return YAMLScalar(
      text: String(decoding: bytes, as: UTF8.self), isPlain: data.style == YAML_PLAIN_SCALAR_STYLE)
  }

  private mutating func next() throws(Stopped) -> yaml_event_t {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else {
      findings.add(syntaxFinding())
      throw Stopped()
    }
    return event
  }

  func place(_ mark: yaml_mark_t) -> Place {
    Place(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
