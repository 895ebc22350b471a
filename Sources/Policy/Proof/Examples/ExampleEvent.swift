// Owns an event that stands for a region, field by field, as few as it takes.
import Events
import Foundation

/// A sketch of an event (see `EventSketch`), in the order of the wire contract.
struct ExampleEvent {
  struct Field {
    /// `site`, `subject.segment`.
    var path: String
    var json: String
  }

  let kind: EventKind
  var fields: [Field]

  /// `{"kind":"feedback","touchpoint":"invoice","site":"lyon-1"}`
  var text: String {
    let subject = fields.filter { $0.path.hasPrefix("subject.") }
    var members = ["\"kind\":\"\(kind.rawValue)\""]
    if !subject.isEmpty {
      let inner = subject.map { "\"\($0.path.dropFirst("subject.".count))\":\($0.json)" }
      members.append("\"subject\":{\(inner.joined(separator: ","))}")
    }
    members += fields.filter { !$0.path.hasPrefix("subject.") }.map { "\"\($0.path)\":\($0.json)" }
    return "{\(members.joined(separator: ","))}"
  }
}

extension ExampleEvent {
  /// The plainest event of a region; nil when no text can be written for its words.
  init?(_ region: Region, _ universe: Universe, _ document: PolicyDocument) {
    let writer = ExampleWriter(region: region, universe: universe, document: document)
    guard let fields = writer.fields() else { return nil }
    kind = universe.kind
    self.fields = fields
  }
}

/// Chooses along each axis: what a sketch means that leaves the field out, else the first value.
private struct ExampleWriter {
  let region: Region
  let universe: Universe
  let document: PolicyDocument

  func fields() -> [ExampleEvent.Field]? {
    var fields: [ExampleEvent.Field] = []
    func add(_ path: String, _ json: String?) {
      if let json { fields.append(.init(path: path, json: json)) }
    }
    add("subject.segment", word(.segment))
    add("subject.value", number(.value))
    let hasSubject = universe.kind == .feedback || !fields.isEmpty
    fields.insert(
      contentsOf: subjectKind(hasSubject).map { [.init(path: "subject.kind", json: $0)] } ?? [], at: 0)
    add("respondent", word(.respondent, plain: Respondent.customer.rawValue))
    add("channel", word(.channel))
    add("journey", journey())
    add("touchpoint", word(.touchpoint))
    add("site", word(.site))
    add("entity", word(.entity))
    add("service", service())
    add("severity", word(.severity, plain: Severity.medium.rawValue))
    add("status", word(.status, plain: IncidentStatus.open.rawValue))
    add("affected", number(.affected))
    add("rating", rating())
    guard let text = text() else { return nil }
    if !text.isEmpty { add("text", Self.json(text)) }
    add("language", word(.language))
    let labels = chosen(.labels)
    if !labels.isEmpty {
      add("labels", "[\(labels.map { Self.json(universe.labels[Int($0)]) }.joined(separator: ","))]")
    }
    add("source", word(.source, plain: EventSketch.word))
    return fields
  }

  // MARK: Axes

  private func values(_ axis: Axis) -> [AxisValue] {
    region.sets[axis.rawValue].elements.map { universe.values[axis.rawValue][Int($0)] }
  }

  /// Nil when the field may be left out. `plain` is what it then counts as; empty when as none.
  private func word(_ axis: Axis, plain: String = "") -> String? {
    let isKnown = universe.values[axis.rawValue].contains(.word(plain))
    let values = values(axis)
    if values.contains(isKnown ? .word(plain) : .none) { return nil }
    switch values.first {
    case .word(let word): return Self.json(word)
    default: return Self.json(unknown(axis))
    }
  }

  private func subjectKind(_ isThere: Bool) -> String? {
    word(.subjectKind, plain: isThere ? EventSketch.subjectKind : "")
  }

  /// An incident that names neither a service nor a site gets a service.
  private func service() -> String? {
    guard universe.kind == .incident else { return nil }
    return word(.service, plain: word(.site) == nil ? EventSketch.word : "")
  }

  /// Left out, it is the touchpoint's.
  private func journey() -> String? {
    guard universe.kind == .feedback else { return nil }
    var ofTouchpoint = ""
    if case .word(let touchpoint)? = values(.touchpoint).first, word(.touchpoint) != nil {
      let journey = document.journeys.first { $0.touchpoints.contains { $0.id == touchpoint } }
      ofTouchpoint = journey?.id ?? ""
    }
    return word(.journey, plain: ofTouchpoint)
  }

  private func number(_ axis: Axis) -> String? {
    let values = values(axis)
    if values.contains(.none) { return nil }
    guard case .number(let number)? = values.first else { return nil }
    return Thousandths.text(number)
  }

  private func rating() -> String? {
    let values = values(.rating)
    if values.contains(.none) { return nil }
    guard case .rating(let kind, let value)? = values.first else { return nil }
    return "{\"kind\":\"\(kind.rawValue)\",\"value\":\(Thousandths.text(value))}"
  }

  /// A word that no rule and no file of the policy mentions.
  private func unknown(_ axis: Axis) -> String {
    var known = Set(
      universe.values[axis.rawValue].compactMap { value -> String? in
        if case .word(let word) = value { word } else { nil }
      })
    known.formUnion(document.sites.map(\.id))
    known.formUnion(document.journeys.flatMap { [$0.id] + $0.touchpoints.map(\.id) })
    var word = "other"
    var number = 2
    while known.contains(word) {
      word = "other-\(number)"
      number += 1
    }
    return word
  }

  // MARK: Labels and words

  /// One for each want, as few as come first.
  private func chosen(_ bag: Bag) -> [Int32] {
    var chosen: [Int32] = []
    for list in region.wanted[bag.rawValue] {
      let brought = chosen.flatMap { universe.closure($0, bag) }
      if list.contains(where: brought.contains) { continue }
      if let atom = list.first(where: { region.isFree($0, bag, universe) }) { chosen.append(atom) }
    }
    return chosen
  }

  private func text() -> String? {
    let chosen = chosen(.words)
    if chosen.isEmpty { return "" }
    return ExampleText(universe.words, barred: region.barred[Bag.words.rawValue]).holding(chosen)
  }

  private static func json(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // Encoding text cannot fail.
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
