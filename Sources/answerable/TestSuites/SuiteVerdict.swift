// Owns the comparison of what a case expects with what happened.
import Events
import Policy
import Roles

/// What a fact came to.
enum Actual {
  case word(String?)
  case number(Int64?)
  case flag(Bool)
  case moment(Int64?)
  case words([String])
  case numbers([Int64])
  /// What it is, and when it is due; both nil when there is none.
  case clock(String?, Int64?)
}

struct SuiteVerdict {
  let test: SuiteCase
  let rehearsal: Rehearsal
  /// When the last of what is given came in.
  let last: Int64
  private var reasons: SuiteReasons
  let policy: CompiledPolicy

  init(_ test: SuiteCase, _ rehearsal: Rehearsal, _ policy: CompiledPolicy, last: Int64) {
    self.test = test
    self.rehearsal = rehearsal
    self.last = last
    reasons = SuiteReasons(policy)
    self.policy = policy
  }

  var told: Told { rehearsal.told }

  mutating func failures() -> [SuiteFailure] {
    var failures = unexpectedRefusals()
    for expectation in test.expectations {
      switch expectation.subject {
      case .event(let name): failures += about(event: name, expectation)
      case .standing(let name, let at): failures += about(case: name, at: at, expectation)
      case .escalation(let name, let kind, let at): failures += about(kind, of: name, at: at, expectation)
      case .quiet(let name, let before): failures += about(quiet: name, before: before, expectation)
      case .remedy(let name, let at): failures += about(remedy: name, at: at ?? last, expectation)
      case .budget(let id, let at): failures += about(budget: id, at: at ?? last, expectation)
      }
    }
    return failures
  }

  /// What is refused says so, or it is a mistake.
  private func unexpectedRefusals() -> [SuiteFailure] {
    test.given.compactMap { event in
      guard let place = rehearsal.place(of: event.name), let code = rehearsal.refusal(of: place) else {
        return nil
      }
      let isExpected = test.expectations.contains { expectation in
        switch expectation.subject {
        case .event(event.name), .remedy(event.name, _): return !expectation.facts.isEmpty
        default: return false
        }
      }
      if isExpected { return nil }
      return SuiteFailure(
        place: event.place, title: event.name, expected: "a decision", happened: "refused: \(code)",
        details: [("reason", refusalText(place)), ("if meant", "{ event: \(event.name), refused: \(code) }")])
    }
  }

  private func refusalText(_ place: Theatre.Place) -> String {
    if case .refused(let letter)? = told.decision(about: place)?.outcome {
      return letter.field.isEmpty ? letter.text : "\(letter.field): \(letter.text)"
    }
    return told.entry(about: place)?.reason.text ?? ""
  }

  // MARK: Events

  private mutating func about(event name: String, _ expectation: Expectation) -> [SuiteFailure] {
    guard let place = rehearsal.place(of: name), let decision = told.decision(about: place),
      let event = test.given.first(where: { $0.name == name })
    else { return [] }
    let decided = DecidedEvent(decision: decision, entry: told.entry(about: place))
    let refusal = rehearsal.refusal(of: place)
    let expectsRefusal = expectation.facts.contains { $0.name == "refused" && $0.value != .nothing }
    if let refusal, !expectsRefusal {
      return [
        SuiteFailure(
          place: expectation.place, title: name, expected: Self.text(expectation.facts, test.origin),
          happened: "refused: \(refusal)", details: [("reason", refusalText(place))])
      ]
    }
    return expectation.facts.compactMap { fact in
      let actual = decided.actual(fact.name)
      if holds(fact.value, actual) { return nil }
      var failure = failure(fact, "\(name): \(fact.name)", actual)
      if refusal != nil {
        failure.details = [("reason", refusalText(place))]
      } else {
        failure.details = reasons.details(fact, event, decided)
      }
      return failure
    }
  }

  // MARK: Cases

  private mutating func about(case name: String, at: Int64?, _ expectation: Expectation) -> [SuiteFailure] {
    let time = at ?? last
    let title = "case of \(name)\(at.map { " at \(Moment.text($0, origin: test.origin))" } ?? "")"
    guard let id = try? rehearsal.caseID(of: name), let card = told.card(of: id, at: time) else {
      return [missing(name, title, expectation)]
    }
    return expectation.facts.compactMap { fact in
      let actual = card.actual(fact.name)
      if holds(fact.value, actual) { return nil }
      var failure = failure(fact, "\(title): \(fact.name)", actual)
      failure.details = SuiteReasons.details(fact, card, told, until: time, origin: test.origin)
      return failure
    }
  }

  private func missing(_ name: String, _ title: String, _ expectation: Expectation) -> SuiteFailure {
    var failure = SuiteFailure(
      place: expectation.place, title: title, expected: "a case", happened: "no case")
    if let place = rehearsal.place(of: name), let entry = told.entry(about: place) {
      failure.details = [("\(name)", "\(entry.decision.suiteWord): \(entry.reason.text)")]
    }
    return failure
  }

  // MARK: Escalations

  private func about(
    _ kind: Escalation.Kind, of name: String, at: Int64?, _ expectation: Expectation
  ) -> [SuiteFailure] {
    let when = at.map { " at \(Moment.text($0, origin: test.origin))" } ?? ""
    let title = "case of \(name): \(kind.suiteWord)\(when)"
    guard let id = try? rehearsal.caseID(of: name) else { return [missing(name, title, expectation)] }
    let all = told.escalations.filter { $0.card.id == id }
    let same = all.filter { $0.kind == kind && (at == nil || $0.due == at || $0.at == at) }
    func wrong(_ escalation: EscalationEntry) -> [ExpectedFact] {
      expectation.facts.filter { !holds($0.value, escalation.actual($0.name)) }
    }
    if same.contains(where: { wrong($0).isEmpty }) { return [] }
    let details = SuiteReasons.list(all, origin: test.origin)
    guard let nearest = same.min(by: { wrong($0).count < wrong($1).count }) else {
      return [
        SuiteFailure(
          place: expectation.place, title: title,
          expected: "\(kind.suiteWord)\(when) \(Self.text(expectation.facts, test.origin))",
          happened: all.isEmpty ? "nobody was told anything" : "no \(kind.suiteWord)\(when)",
          details: details)
      ]
    }
    return wrong(nearest).map { fact in
      var failure = failure(fact, "\(title): \(fact.name)", nearest.actual(fact.name))
      failure.details = details
      return failure
    }
  }

  private func about(quiet name: String, before: Int64, _ expectation: Expectation) -> [SuiteFailure] {
    let title = "case of \(name) before \(Moment.text(before, origin: test.origin))"
    guard let id = try? rehearsal.caseID(of: name) else { return [missing(name, title, expectation)] }
    let early = told.escalations.filter { $0.card.id == id && $0.at < before }
    guard let first = early.first else { return [] }
    return [
      SuiteFailure(
        place: expectation.place, title: title, expected: "nobody is told",
        happened: SuiteReasons.line(first, origin: test.origin),
        details: SuiteReasons.list(Array(early.dropFirst()), origin: test.origin))
    ]
  }

  // MARK: Comparison

  func failure(_ fact: ExpectedFact, _ title: String, _ actual: Actual) -> SuiteFailure {
    SuiteFailure(
      place: fact.place, title: title, expected: Self.text(fact.value, test.origin),
      happened: text(actual))
  }

  func holds(_ expected: ExpectedFact.Value, _ actual: Actual) -> Bool {
    switch (expected, actual) {
    case (.nothing, .word(let word)): word == nil
    case (.nothing, .number(let number)): number == nil
    case (.nothing, .moment(let time)): time == nil
    case (.word(let wanted), .word(let word)): wanted == word
    case (.part(let wanted), .word(let word)): word?.contains(wanted) == true
    case (.number(let range), .number(let number)): number.map(range.contains) ?? false
    case (.flag(let wanted), .flag(let flag)): wanted == flag
    case (.moment(let wanted), .moment(let time)): wanted == time
    case (.nothing, .clock(let state, _)): state == nil
    case (.word(let wanted), .clock(let state, _)): wanted == state
    case (.moment(let wanted), .clock(_, let due)): wanted == due
    case (.words(let wanted), .words(let words)): wanted.sorted() == words.sorted()
    case (.numbers(let wanted), .numbers(let numbers)): wanted == numbers
    case (.caseOf(let name), .word(let id)): id != nil && (try? rehearsal.caseID(of: name)) == id
    default: false
    }
  }

  private func text(_ actual: Actual) -> String {
    switch actual {
    case .word(let word): word ?? "none"
    case .number(let number): number.map { "\($0)" } ?? "none"
    case .flag(let flag): "\(flag)"
    case .moment(let time): time.map { Moment.text($0, origin: test.origin) } ?? "none"
    case .clock(let state?, let due?): "\(state), due \(Moment.text(due, origin: test.origin))"
    case .clock: "none"
    case .words(let words): words.isEmpty ? "nobody" : words.joined(separator: ", ")
    case .numbers(let numbers): numbers.isEmpty ? "none" : numbers.map(String.init).joined(separator: ", ")
    }
  }

  static func text(_ facts: [ExpectedFact], _ origin: Int64) -> String {
    facts.map { "\($0.name) \(text($0.value, origin))" }.joined(separator: ", ")
  }

  static func text(_ value: ExpectedFact.Value, _ origin: Int64) -> String {
    switch value {
    case .word(let word): word
    case .part(let part): "… \(part) …"
    case .nothing: "none"
    case .number(let range):
      range.lowerBound == range.upperBound
        ? "\(range.lowerBound)"
        : "\(range.lowerBound == .min ? "" : "\(range.lowerBound)")..\(range.upperBound == .max ? "" : "\(range.upperBound)")"
    case .flag(let flag): "\(flag)"
    case .moment(let time): Moment.text(time, origin: origin)
    case .words(let words): words.joined(separator: ", ")
    case .numbers(let numbers): numbers.map(String.init).joined(separator: ", ")
    case .caseOf(let name): "the case of \(name)"
    }
  }
}
