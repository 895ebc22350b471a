// Owns what is not as a case expects it about remedies and budgets.
import Events
import Policy
import Roles

extension SuiteVerdict {
  /// By the latest answer up to a time.
  func about(remedy name: String, at time: Int64, _ expectation: Expectation) -> [SuiteFailure] {
    let title = "remedy \(name)"
    guard let answer = rehearsal.answers(to: name).last(where: { $0.at <= time }) else {
      var failure = SuiteFailure(
        place: expectation.place, title: title, expected: Self.text(expectation.facts, test.origin),
        happened: "no answer")
      if let place = rehearsal.place(of: name), let entry = told.entry(about: place) {
        failure.details = [("reason", "\(entry.decision.suiteWord): \(entry.reason.text)")]
      }
      return [failure]
    }
    return expectation.facts.compactMap { fact in
      let actual = answer.actual(fact.name)
      if holds(fact.value, actual) { return nil }
      var failure = failure(fact, "\(title): \(fact.name)", actual)
      failure.details = answer.grounds
      return failure
    }
  }

  /// By what the answers up to a time have booked.
  func about(budget id: String, at time: Int64, _ expectation: Expectation) -> [SuiteFailure] {
    let title = "budget \(id)"
    guard let statement = try? rehearsal.statement(of: id, policy, at: time) else { return [] }
    return expectation.facts.compactMap { fact in
      let actual = statement.actual(fact.name)
      if holds(fact.value, actual) { return nil }
      var failure = failure(fact, "\(title): \(fact.name)", actual)
      failure.details = statement.movements.suffix(5).map { movement in
        (
          "booked",
          "\(Currency.text(movement.amount, statement.balance.currency)) \(movement.from.wire.string) → "
            + "\(movement.to.wire.string), \(movement.claim) \(movement.answer.wire.string)"
        )
      }
      return failure
    }
  }
}

extension DelegationEntry {
  func actual(_ fact: String) -> Actual {
    switch fact {
    case "answer": .word(answer.wire.string)
    case "amount": .word(money.nonEmpty)
    case "failed": .words(failed.map(\.code))
    case "passes": .word(passes.first.map { Currency.text($0.amount, currency) })
    case "passes-from": .moment(passes.first { $0.from > 0 }?.from)
    case "can-say-yes": .words(canSayYes.map(\.role))
    case "people": .words(canSayYes.flatMap(\.people).map(\.id))
    case "by": .word(decider.id.nonEmpty)
    case "in-name-of": .word(decider.standsInFor.nonEmpty)
    case "asked-by": .word(requester.id.nonEmpty)
    case "asked-in-name-of": .word(requester.standsInFor.nonEmpty)
    case "expires": .moment(expiresAt == 0 ? nil : expiresAt)
    case "grant": .word(grantAt.nonEmpty)
    case "code": .word(reason.code.nonEmpty)
    case "reason": .word(reason.text)
    default: .word(nil)
    }
  }

  /// Why it is as it is: what failed with its rule, else the reason; what would pass; who can say yes.
  var grounds: [(label: String, text: String)] {
    var grounds: [(label: String, text: String)] = failed.map {
      ("failed", $0.text + ($0.at.isEmpty ? "" : "  \($0.at)"))
    }
    if grounds.isEmpty { grounds.append(("reason", "\(answer.wire.string): \(reason.text)")) }
    for passing in passes {
      let when = passing.from > at ? " from \(Clock.minute(passing.from))" : ""
      grounds.append(("passes", Currency.text(passing.amount, currency) + when))
    }
    if !canSayYes.isEmpty {
      grounds.append(("approvers", canSayYes.map(\.role).joined(separator: ", ")))
    }
    return grounds
  }
}

extension BudgetStatement {
  func actual(_ fact: String) -> Actual {
    func money(_ minor: Int64) -> Actual { .word(Currency.text(minor, balance.currency)) }
    return switch fact {
    case "limit": money(balance.limit)
    case "left": money(balance.left)
    case "held": money(balance.held)
    case "spent": money(balance.spent)
    case "overdrawn": balance.overdrawn == 0 ? .word(nil) : money(balance.overdrawn)
    case "returns": .moment(balance.roomAt == 0 ? nil : balance.roomAt)
    default: .word(nil)
    }
  }
}
