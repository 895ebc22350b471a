// Owns the law of rates: what an approval holds of a pot is the amount at the rate that its policy states on that day.
import Events
import Policy
import Roles
import Streams

/// Multiplies by itself: a rate as the document has it, an amount as the answer has it, rounded up.
package struct RateLaw {
  private let log: MemoryLog
  private let policies: [PolicyDocument]

  /// - Parameter policies: by epoch, the first again after the last.
  package init(_ log: MemoryLog, _ policies: [PolicyDocument]) {
    self.log = log
    self.policies = policies
  }

  package func check() throws(Finding) {
    let decoder = DelegationDecoder()
    for record in log.records(Topic.delegations.rawValue) where record.header("ce_source") == BudgetLaw.source
    {
      if let fault = try decoder.read(record, { fault(of: $0) }) {
        throw Finding(.differs, "rates: \(fault)")
      }
    }
  }

  private func fault(of answer: Delegation) -> String? {
    guard answer.answer == .approved else { return nil }
    let policy = policies[Int(answer.epoch) % policies.count]
    for movement in answer.movements where movement.to == .held {
      guard let budget = answer.budgets.first(where: { $0.id == movement.budget }) else {
        return "\(answer.id): \(movement.budget) holds something and is not shown"
      }
      let wanted = Self.amount(
        answer.amount, answer.currency.string, in: budget.currency.string, policy, at: answer.at)
      if movement.amount != wanted {
        return
          "\(answer.id): \(movement.budget) holds \(movement.amount), and \(answer.amount) \(answer.currency) are "
          + "\(wanted.map(String.init) ?? "nothing") \(budget.currency) by policy \(answer.epoch)"
      }
    }
    return nil
  }

  /// Nil where no rate has begun.
  private static func amount(
    _ minor: Int64, _ from: String, in to: String, _ policy: PolicyDocument, at time: Int64
  ) -> Int64? {
    if from == to { return minor }
    let begun = policy.delegation?.rates.filter { $0.from == from && $0.to == to && $0.since <= time } ?? []
    guard let rate = begun.max(by: { $0.since < $1.since }) else { return nil }
    // Amounts of a world are small: nothing comes near the ends of 64 bits.
    let whole = minor * rate.billionths * unit(of: to)
    let divisor = 1_000_000_000 * unit(of: from)
    return (whole + divisor - 1) / divisor
  }

  /// Minor units of one major unit.
  private static func unit(of currency: String) -> Int64 {
    switch currency {
    case "JPY": 1
    case "KWD": 1_000
    default: 100
    }
  }
}
