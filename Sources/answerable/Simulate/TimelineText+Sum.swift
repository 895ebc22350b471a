// Owns how the end of a simulation reads: what came in and what became of it, and what is left of budgets.
import Console
import Events
import Policy

extension TimelineText {
  /// `76 in · 76 decided (12 of them NO: already 7, unknown-case 5) · 23 cases, 9 closed · 14 escalations`
  func print(_ sum: SimulationSum) {
    func number(_ count: Int, _ noun: String) -> String {
      "\(Clock.grouped(Int64(count))) \(noun)\(count == 1 ? "" : "s")"
    }
    func list(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", ")
    }
    let refused = sum.refused.values.reduce(0, +)
    let escalations = sum.escalations.values.reduce(0, +)
    var parts = ["\(Clock.grouped(Int64(sum.in))) in"]
    let decided = "\(Clock.grouped(Int64(sum.decided))) decided"
    parts.append(
      stream.styled(decided, sum.in == sum.decided ? .green : .red)
        + (refused == 0 ? "" : " (\(refused) of them NO: \(list(sum.refused)))"))
    parts.append("\(number(sum.cases, "case")), \(sum.closed) closed")
    parts.append(
      number(escalations, "escalation") + (escalations == 0 ? "" : " (\(list(sum.escalations)))"))
    for line in TextWidth.wrap(parts.joined(separator: " · "), to: max(40, stream.width)) {
      stream.line(line)
    }
    for budget in sum.budgets {
      func money(_ minor: Int64) -> String { Currency.text(minor, budget.currency) }
      var line = "\(TextWidth.printable(budget.budget)): \(money(budget.left)) left of \(money(budget.limit))"
      if budget.held > 0 { line += ", \(money(budget.held)) held" }
      if budget.spent > 0 { line += ", \(money(budget.spent)) spent" }
      if budget.overdrawn > 0 { line += ", \(money(budget.overdrawn)) overdrawn" }
      stream.line(line)
    }
  }
}
