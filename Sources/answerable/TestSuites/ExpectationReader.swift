// Owns how a suite's expectations are read: whom each is about, and the facts that have to be so.
import Events
import Policy

/// Reads the `expect` of one case.
struct ExpectationReader {
  let findings: Findings
  let policy: PolicyDocument
  let origin: Int64
  /// What is given, by name.
  let names: [String]

  func read(_ cursor: Cursor) -> Expectation? {
    guard let entries = cursor.entries(findings) else { return nil }
    let keys = Set(entries.map(\.key.value))
    if keys.contains("event") { return event(cursor) }
    if keys.contains("remedy") { return remedy(cursor) }
    if keys.contains("budget") { return budget(cursor) }
    guard keys.contains("case") else {
      findings.error(
        cursor.place,
        "says neither whose decision nor whose case: begin with \"event: NAME\", \"case: \\\"@NAME\\\"\", "
          + "\"remedy: NAME\" or \"budget: ID\"")
      return nil
    }
    if keys.contains("no-escalation-before") { return quiet(cursor) }
    return keys.contains("escalation") ? escalation(cursor) : standing(cursor)
  }

  private func event(_ cursor: Cursor) -> Expectation? {
    guard let fields = cursor.fields(["event"] + Facts.ofEvent.map(\.name), findings),
      let name = fields["event"]?.text(findings)
    else { return nil }
    known(name.value, name.place)
    return Expectation(
      place: cursor.place, subject: .event(name.value), facts: facts(cursor, fields, Facts.ofEvent))
  }

  private func remedy(_ cursor: Cursor) -> Expectation? {
    guard let fields = cursor.fields(["remedy", "at"] + Facts.ofRemedy.map(\.name), findings),
      let name = fields["remedy"]?.text(findings)
    else { return nil }
    known(name.value, name.place)
    return Expectation(
      place: cursor.place, subject: .remedy(name.value, at: fields["at"].flatMap(moment)),
      facts: facts(cursor, fields, Facts.ofRemedy))
  }

  /// A budget of the policy, or with a slash the pot of one of its holders.
  private func budget(_ cursor: Cursor) -> Expectation? {
    guard let fields = cursor.fields(["budget", "at"] + Facts.ofBudget.map(\.name), findings),
      let id = fields["budget"]?.text(findings)
    else { return nil }
    let budgets = policy.delegation?.budgets.map(\.id) ?? []
    if !budgets.contains(where: { id.value == $0 || id.value.hasPrefix($0 + "/") }) {
      refuse(id, "budget", among: budgets)
    }
    return Expectation(
      place: cursor.place, subject: .budget(id.value, at: fields["at"].flatMap(moment)),
      facts: facts(cursor, fields, Facts.ofBudget))
  }

  private func standing(_ cursor: Cursor) -> Expectation? {
    guard let fields = cursor.fields(["case", "at"] + Facts.ofCase.map(\.name), findings),
      let name = fields["case"].flatMap(caseName)
    else { return nil }
    return Expectation(
      place: cursor.place, subject: .standing(name, at: fields["at"].flatMap(moment)),
      facts: facts(cursor, fields, Facts.ofCase))
  }

  private func escalation(_ cursor: Cursor) -> Expectation? {
    guard
      let fields = cursor.fields(["case", "escalation", "at"] + Facts.ofEscalation.map(\.name), findings),
      let name = fields["case"].flatMap(caseName), let word = fields["escalation"]?.text(findings)
    else { return nil }
    let allowed = Escalation.Kind.allCases.map(\.suiteWord)
    guard let kind = Escalation.Kind.allCases.first(where: { $0.suiteWord == word.value }) else {
      refuse(word, "kind of escalation", among: allowed)
      return nil
    }
    return Expectation(
      place: cursor.place, subject: .escalation(name, kind, at: fields["at"].flatMap(moment)),
      facts: facts(cursor, fields, Facts.ofEscalation, needsOne: false))
  }

  private func quiet(_ cursor: Cursor) -> Expectation? {
    guard let fields = cursor.fields(["case", "no-escalation-before"], findings),
      let name = fields["case"].flatMap(caseName), let before = fields["no-escalation-before"].flatMap(moment)
    else { return nil }
    return Expectation(place: cursor.place, subject: .quiet(name, before: before))
  }

  // MARK: Facts

  private func facts(
    _ cursor: Cursor, _ fields: [String: Cursor], _ table: Facts.Table, needsOne: Bool = true
  ) -> [ExpectedFact] {
    var facts: [ExpectedFact] = []
    var isSaid = false
    for (name, shape) in table {
      guard let field = fields[name] else { continue }
      isSaid = true
      facts += self.facts(name, shape, field)
    }
    if needsOne, !isSaid {
      findings.error(cursor.place, "expects nothing: say one of \(Suggestion.list(table.map(\.name)))")
    }
    // In the order of the file, as a person reads it.
    return facts.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  }

  private func facts(_ name: String, _ shape: FactShape, _ field: Cursor) -> [ExpectedFact] {
    switch shape {
    case .points:
      return (field.entries(findings) ?? []).compactMap { key, value in
        guard let number = value.integer(findings) else { return nil }
        return ExpectedFact(
          name: "points.\(key.value)", place: value.place, value: .number(number.value...number.value))
      }
    case .clocks:
      let kinds = ClockKind.allCases.map { "\($0)" }
      return (field.fields(kinds, findings) ?? [:]).compactMap { key, value in
        clock(value).map { ExpectedFact(name: "clocks.\(key)", place: value.place, value: $0) }
      }
    default:
      guard let value = value(shape, field) else { return [] }
      return [ExpectedFact(name: name, place: field.place, value: value)]
    }
  }

  private func value(_ shape: FactShape, _ field: Cursor) -> ExpectedFact.Value? {
    switch shape {
    case .number: return range(field).map { .number($0) }
    case .flag: return field.boolean(findings).map { .flag($0.value) }
    case .moment: return moment(field).map { .moment($0) }
    case .caseName: return caseName(field).map { .caseOf($0) }
    case .words: return field.oneOrMore(findings).map { .words($0.compactMap { $0.text(findings)?.value }) }
    case .numbers:
      return field.oneOrMore(findings).map { .numbers($0.compactMap { $0.integer(findings)?.value }) }
    case .money:
      if case .scalar(let scalar) = field.node.content, scalar.text == "none" { return .nothing }
      return field.money(findings).map { .word(Currency.text($0.value.minor, $0.value.currency)) }
    case .points, .clocks: return nil
    case .team, .oneOf, .word, .part:
      guard let text = field.text(findings) else { return nil }
      return word(text, shape)
    }
  }

  private func word(_ text: Located<String>, _ shape: FactShape) -> ExpectedFact.Value? {
    switch shape {
    case .part: return .part(text.value)
    case .team(let orNone):
      if orNone, text.value == "none" { return .nothing }
      let teams = policy.teams.map(\.id)
      if !teams.contains(text.value) { refuse(text, "team", among: teams + (orNone ? ["none"] : [])) }
      return .word(text.value)
    case .oneOf(let allowed):
      if !allowed.contains(text.value) { refuse(text, "word here", among: allowed) }
      return text.value == "none" ? .nothing : .word(text.value)
    default: return text.value == "none" ? .nothing : .word(text.value)
    }
  }

  /// `86`, `80..90`, `75..`, `..40`.
  private func range(_ field: Cursor) -> ClosedRange<Int64>? {
    guard let text = field.text(findings) else { return nil }
    if let number = Int64(text.value) { return number...number }
    let parts = text.value.components(separatedBy: "..")
    if parts.count == 2 {
      let low = parts[0].isEmpty ? Int64.min : Int64(parts[0])
      let high = parts[1].isEmpty ? Int64.max : Int64(parts[1])
      if let low, let high, low <= high, text.value != ".." { return low...high }
    }
    findings.error(text.place, "\"\(text.value)\" is no whole number and no range like 80..90, 75.. or ..40")
    return nil
  }

  private func clock(_ field: Cursor) -> ExpectedFact.Value? {
    guard let text = field.text(findings) else { return nil }
    let states = ClockState.allCases.map { "\($0)" } + ["none"]
    if states.contains(text.value) { return text.value == "none" ? .nothing : .word(text.value) }
    if let time = Moment.parse(text.value, origin: origin) { return .moment(time) }
    findings.error(
      text.place,
      "\"\(text.value)\" is neither a clock's state (\(Suggestion.list(states))) nor \(Moment.forms)")
    return nil
  }

  private func moment(_ field: Cursor) -> Int64? {
    guard let text = field.text(findings) else { return nil }
    guard let time = Moment.parse(text.value, origin: origin) else {
      findings.error(text.place, "\"\(text.value)\" is not \(Moment.forms)")
      return nil
    }
    return time
  }

  /// `@NAME` of what is given.
  private func caseName(_ field: Cursor) -> String? {
    guard let text = field.text(findings) else { return nil }
    guard text.value.hasPrefix("@") else {
      findings.error(
        text.place, "\"\(text.value)\" names no case: write \"@NAME\" of an event that opened or joined it")
      return nil
    }
    let name = String(text.value.dropFirst())
    known(name, text.place)
    return name
  }

  private func known(_ name: String, _ place: Policy.Place) {
    guard !names.contains(name) else { return }
    findings.error(
      place,
      "nothing that is given is called \"\(name)\"\(Suggestion.didYouMean(name, among: names)); given: "
        + Suggestion.list(names))
  }

  private func refuse(_ text: Located<String>, _ noun: String, among allowed: [String]) {
    findings.error(
      text.place,
      "\"\(text.value)\" is no \(noun)\(Suggestion.didYouMean(text.value, among: allowed)); allowed: "
        + Suggestion.list(allowed))
  }
}
