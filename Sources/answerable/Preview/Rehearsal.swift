// Owns a preview: events given one after the other to all roles in memory, and the clock run on after the last.
import Events
import Policy
import Roles
import Secrets
import Streams

/// Why an event cannot be given.
struct UnknownCaseName: Error, CustomStringConvertible {
  /// Without its `@`.
  let name: String
  let why: String

  var description: String { "names the case of \"\(name)\", and there is none: \(why)" }
}

/// What the answers say and what they booked are not the same.
struct UnbalancedBooks: Error, CustomStringConvertible {
  let description: String
}

/// Plays events through the processors that run on a cluster, under one policy, on a clock moved by hand.
final class Rehearsal {
  private let theatre: Theatre
  private(set) var told = Told()
  private var decisions: DecisionReader
  private var casework: CaseworkReader
  private let check = EventCheck()
  /// What remedies were answered so far, in order.
  private(set) var answers: [DelegationEntry] = []
  private var answerTail: TopicTail<MemoryLog>
  private let answerDecoder = DelegationDecoder()
  /// The ids that events carry, by the names under which they were given.
  private var ids: [String: String] = [:]
  private let policy: PolicyDocument
  private var places: [String: Theatre.Place] = [:]
  /// Where the events stand that were given.
  private(set) var given: [Theatre.Place] = []

  /// How long before the first event the policy is published.
  private static let overture: Int64 = 60_000

  /// - Parameter start: when the first event comes in, milliseconds since 1970.
  init(policy: PolicyRecord, secret: Secret, start: Int64) throws {
    theatre = try Theatre(at: start - Self.overture, secret: secret)
    decisions = DecisionReader(theatre.log)
    casework = CaseworkReader(theatre.log)
    answerTail = TopicTail(theatre.log, topics: [Topic.delegations.rawValue])
    self.policy = policy.document
    try theatre.publish(policy)
  }

  var now: Int64 { theatre.now }

  /// Gives an event at a time, no earlier than now. Its case may be named `@NAME` by an event that was given under that
  /// name; the first of a name counts. Throws `UnknownCaseName`.
  @discardableResult
  func give(
    _ name: String, _ kind: EventKind, _ value: [UInt8], headers: [ScannedRecord.Header] = [], at time: Int64
  ) throws -> Theatre.Place {
    try theatre.advance(to: time)
    var value = value
    if let named = CaseNames.named(in: value) {
      value = CaseNames.replaced(in: value, by: try caseID(of: named))
    }
    if let named = CaseNames.named(in: value, field: "claim") {
      value = CaseNames.replaced(in: value, field: "claim", by: try claim(of: named))
    }
    let place = try theatre.send(kind, key: key(kind, value), value: value, headers: headers)
    given.append(place)
    if places[name] == nil {
      places[name] = place
      ids[name] = CaseNames.id(in: value)
    }
    return place
  }

  /// Lets time pass up to a moment.
  func advance(to time: Int64) throws {
    try theatre.advance(to: time)
    try read()
  }

  /// Lets time pass until every case is closed or its ladder is done, at most up to a moment.
  func runOn(until limit: Int64) throws {
    try read()
    while !told.unfinished.isEmpty, let due = theatre.nextDue, due <= limit { try advance(to: due) }
  }

  func place(of name: String) -> Theatre.Place? { places[name] }

  /// The case that an event opened or joined. Throws `UnknownCaseName`.
  func caseID(of name: String) throws -> String {
    guard let place = places[name] else {
      throw UnknownCaseName(name: name, why: "no event of that name came before")
    }
    try read()
    let entry = told.entry(about: place)
    if let entry, !entry.caseID.isEmpty { return entry.caseID }
    let why =
      refusal(of: place).map { "it was refused (\($0))" }
      ?? "it was \(entry?.decision.suiteWord ?? "not decided")"
    throw UnknownCaseName(name: name, why: why)
  }

  /// What the remedy of that name was answered, in order; empty of one that no budget and no case has answered.
  func answers(to name: String) -> [DelegationEntry] {
    guard let id = ids[name], let first = answers.first(where: { $0.causeID == id }) else { return [] }
    return first.claim.isEmpty ? [first] : answers.filter { $0.claim == first.claim }
  }

  /// The claim that a remedy became. Throws `UnknownCaseName`.
  private func claim(of name: String) throws -> String {
    try read()
    guard let claim = answers(to: name).first?.claim, !claim.isEmpty else {
      throw UnknownCaseName(name: name, why: "no remedy of that name became a claim")
    }
    return claim
  }

  /// How a budget stands at a time, by what was booked up to it; nil of one that the policy does not have.
  func statement(of budget: String, _ compiled: CompiledPolicy, at time: Int64) throws -> BudgetStatement? {
    guard let root = compiled.delegation.budget(ofPot: budget)?.root.string else { return nil }
    let book = try BudgetBook.read(theatre.log, prefix: "", root: root, until: time)
    return BudgetStatement.all(book, compiled, only: budget, named: policy, at: time).first
  }

  /// How all pots stand at a time on which something was booked up to it. Throws `UnbalancedBooks` where answers and
  /// bookings do not agree: never, unless DELEGATION is wrong.
  func statements(_ compiled: CompiledPolicy, at time: Int64) throws -> [BudgetStatement] {
    let roots = Set(policy.delegation?.budgets.map(\.root) ?? []).sorted()
    return try roots.flatMap { root in
      let book = try BudgetBook.read(theatre.log, prefix: "", root: root, until: time)
      if let fault = book.ledger.faults.first { throw UnbalancedBooks(description: fault) }
      let moved = Set(book.movements.map(\.budget))
      return BudgetStatement.all(book, compiled, only: nil, named: policy, at: time)
        .filter { moved.contains($0.balance.id) }
    }
  }

  /// Why an event is the NO that it is; nil when it is none.
  func refusal(of place: Theatre.Place) -> String? {
    if case .refused(let letter)? = told.decision(about: place)?.outcome { return letter.reason }
    guard let entry = told.entry(about: place), entry.decision == .refused else { return nil }
    return entry.reason.code
  }

  /// Every record that the roles published, in the order in which they were appended.
  func records() throws -> [ScannedRecord] {
    var tail = theatre.tail(of: Self.published)
    return try tail.read()
  }

  private static let published: [Topic] = [.deadLetters, .signals, .assignments, .escalations, .caseJournal]

  private func key(_ kind: EventKind, _ value: [UInt8]) -> [UInt8] {
    // Where nobody knows whose it is, any partition is as good.
    do throws(EventRefusal) { return try check.key(of: kind, value[...]) } catch { return Array("-".utf8) }
  }

  private func read() throws {
    told.add(try decisions.read())
    answers += try answerTail.read().map { try DelegationEntry($0, answerDecoder) }
    for record in try casework.read() {
      switch record {
      case .journal(let entry): told.add(entry)
      case .assignment(let assignment): told.add(assignment)
      case .escalation(let escalation): told.add(escalation)
      case .tombstone(let caseID): told.forget(caseID)
      }
    }
  }
}
