// Owns how what an event has reads beside a clause that failed: `touchpoint is wifi`, `no rating.nps`.
import Events

/// One event's attributes in words. Borrows from the event.
struct EventText {
  let event: Event
  let policy: CompiledPolicy
  let facts: Facts
  /// Whether there was anything to look for words in.
  let hasText: Bool

  /// More labels are counted instead of listed.
  private static let listed = 4

  /// What the event has where a clause asks for something else.
  func has(_ attribute: Attribute) -> String {
    let name = attribute.rawValue
    if let only = attribute.onlyKind, only != event.kind {
      return "\(event.kind == .incident ? "an incident" : "feedback") has no \(name)"
    }
    switch attribute.shape {
    case .words: return hasText ? "the text has none of these words" : "it has no text"
    case .symbols:
      let values = attribute == .labels ? labels : [language].filter { !$0.isEmpty }
      if values.isEmpty { return "no \(name)" }
      let shown = values.prefix(Self.listed).map(\.string).joined(separator: ", ")
      let more = values.count > Self.listed ? " and \(values.count - Self.listed) more" : ""
      return "\(name) \(values.count == 1 ? "is" : "are") \(shown)\(more)"
    case .number:
      let fact = Fact(attribute).rawValue
      guard facts.hasNumber(fact) else { return "no \(name)" }
      // What a customer is worth is not told.
      if attribute == .value { return "\(name) is another" }
      return "\(name) is \(Thousandths.text(facts.number(fact)))"
    case .symbol:
      let value = value(of: attribute)
      return value.isEmpty ? "no \(name)" : "\(name) is \(value.string)"
    }
  }

  private var labels: [ByteSlice] {
    switch event.body {
    case .feedback(let feedback): feedback.labels
    case .incident(let incident): incident.labels
    case .caseUpdate, .remedy: []
    }
  }

  private var language: ByteSlice {
    if case .feedback(let feedback) = event.body { return feedback.language }
    return ByteSlice()
  }

  /// The policy's word for it, else the event's own.
  private func value(of attribute: Attribute) -> ByteSlice {
    let symbol = facts.symbol(Fact(attribute).rawValue)
    if symbol != SymbolTable.unknown { return policy.symbols.text(symbol) }
    if attribute == .source { return event.source }
    switch event.body {
    case .feedback(let feedback): return value(of: attribute, in: feedback)
    case .incident(let incident): return value(of: attribute, in: incident)
    case .caseUpdate, .remedy: return ByteSlice()
    }
  }

  private func value(of attribute: Attribute, in feedback: Feedback) -> ByteSlice {
    switch attribute {
    case .subjectKind: feedback.subject.kind
    case .segment: feedback.subject.segment
    case .channel: feedback.channel
    case .journey: feedback.journey
    case .touchpoint: feedback.touchpoint
    case .site: feedback.site
    case .entity: feedback.entity
    default: ByteSlice()
    }
  }

  private func value(of attribute: Attribute, in incident: Incident) -> ByteSlice {
    switch attribute {
    case .subjectKind: incident.subject?.kind ?? ByteSlice()
    case .segment: incident.subject?.segment ?? ByteSlice()
    case .site: incident.site
    case .entity: incident.entity
    case .service: incident.service
    default: ByteSlice()
    }
  }
}
