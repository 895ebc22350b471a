// Owns which facts an expectation may name, and what each may be.
import Events

/// What the value of a fact may be.
enum FactShape {
  /// A team of the policy, or `none` where there may be none.
  case team(orNone: Bool)
  case oneOf([String])
  /// Any word, compared as a whole.
  case word
  /// A part of a sentence.
  case part
  /// `86`, or a range like `80..90`, `75..`, `..40`.
  case number
  case flag
  case moment
  /// `@NAME` of an event that is given.
  case caseName
  case words
  case numbers
  /// `150 EUR`.
  case money
  /// Names of contributions and their points.
  case points
  /// Clocks and what they are: a state, or when they are due.
  case clocks
}

enum Facts {
  typealias Table = [(name: String, shape: FactShape)]

  private static let assessed: Table = [
    ("owner", .team(orNone: false)), ("worker", .team(orNone: true)), ("witness", .team(orNone: true)),
    ("priority", .oneOf(Priority.Word.allCases.map(\.rawValue))), ("score", .number), ("points", .points),
    ("rule", .word),
  ]

  /// What can be asked about an event.
  static let ofEvent: Table =
    assessed + [
      ("decision", .oneOf(JournalRecord.Decision.allCases.map(\.suiteWord))), ("opens", .flag),
      ("joins", .caseName), ("refused", .word), ("memory", .number), ("status", status),
      ("clocks", .clocks), ("reason", .part),
    ]

  /// What can be asked about a case.
  static let ofCase: Table =
    assessed + [
      ("status", status), ("signals", .number), ("hand-offs", .number), ("promises-broken", .number),
      ("rung", .number), ("next", .moment), ("clocks", .clocks), ("evidence", .word), ("incident", .caseName),
      ("gathered", .number),
    ]

  /// What can be asked about something that is told.
  static let ofEscalation: Table = [
    ("owner", .team(orNone: false)), ("priority", .oneOf(Priority.Word.allCases.map(\.rawValue))),
    ("rung", .number),
    ("to", .word), ("team", .team(orNone: true)), ("site", .word), ("people", .words), ("skipped", .numbers),
    ("unless", .oneOf(["acknowledged", "responded", "resolved", "none"])), ("next", .moment),
    ("wakes", .moment),
    ("audience", .oneOf(["frontline", "owner", "executive"])), ("owner-gone", .flag), ("reason", .part),
  ]

  /// What can be asked about a remedy.
  static let ofRemedy: Table = [
    ("answer", .oneOf(Delegation.Answer.allCases.map { $0.wire.string })), ("amount", .money),
    ("failed", .words),
    ("passes", .money), ("passes-from", .moment), ("can-say-yes", .words), ("people", .words), ("by", .word),
    ("in-name-of", .word), ("asked-by", .word), ("asked-in-name-of", .word),
    ("expires", .moment), ("grant", .word), ("code", .word), ("reason", .part),
  ]

  /// What can be asked about a budget.
  static let ofBudget: Table = [
    ("limit", .money), ("left", .money), ("held", .money), ("spent", .money), ("overdrawn", .money),
    ("returns", .moment),
  ]

  private static let status = FactShape.oneOf(CaseStatus.allCases.map { "\($0)" })
}

extension JournalRecord.Decision {
  /// As suites and timelines write it.
  var suiteWord: String { wire.string }
}

extension Escalation.Kind {
  /// As suites write it: `promise-broken`.
  var suiteWord: String {
    wire.string
  }
}
