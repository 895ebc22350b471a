// Owns how the statement of a budget reads.
import Console
import Delegation
import Events
import Policy
import Roles

struct BudgetText {
  private let stream: TextStream
  private static let label = 10

  init(_ stream: TextStream) { self.stream = stream }

  func print(_ statement: BudgetStatement) {
    let balance = statement.balance
    var head = "\(stream.styled(plain(balance.id), .bold))  "
    if statement.window.isEmpty {
      head += stream.styled("left the policy", .yellow)
    } else {
      head += stream.styled("\(money(balance.left, statement)) left", .bold)
      head += " of \(money(balance.limit, statement)) in \(statement.window)"
    }
    stream.line("\(head)  \(stream.styled(plain(statement.root), .dim))")
    if balance.windowFrom > 0 { detail("since", "\(Clock.minute(balance.windowFrom)) UTC") }
    if balance.spent > 0 || balance.isPartial {
      detail(
        "spent",
        money(balance.spent, statement) + (balance.isPartial ? ", and what was before the records begin" : "")
      )
    }
    if balance.held > 0 { detail("held", money(balance.held, statement)) }
    if statement.broughtForward > 0 {
      detail("of these", "\(money(statement.broughtForward, statement)) from before the records begin")
    }
    if balance.overdrawn > 0 {
      detail("overdrawn", stream.styled(money(balance.overdrawn, statement), .red, .bold))
    }
    if balance.roomAt > 0 {
      let when = Clock.short(balance.roomAt, from: statement.at)
      detail("returns", "\(money(balance.roomThen, statement)) more \(when)")
    }
    for (index, hold) in statement.holds.enumerated() {
      detail(index == 0 ? "waits for" : "", self.hold(hold, statement))
    }
    printMovements(statement)
    stream.line()
  }

  private func hold(_ hold: BudgetStatement.Hold, _ statement: BudgetStatement) -> String {
    var text = "\(money(hold.amount, statement))  \(plain(hold.claim))"
    guard let approval = hold.approval else { return text }
    text += "  \(plain(approval.action)) for \(plain(approval.requester))"
    if !approval.decider.isEmpty { text += ", by \(plain(approval.decider))" }
    if approval.currency != statement.balance.currency {
      text += ", asked as \(Currency.text(approval.amount, approval.currency))"
    }
    if approval.expiresAt > 0 { text += ", until \(Clock.short(approval.expiresAt, from: statement.at))" }
    return text
  }

  private func printMovements(_ statement: BudgetStatement) {
    guard !statement.movements.isEmpty else { return }
    var table = Table([
      .init("  moved (UTC)", style: .dim), .init("amount", alignRight: true), .init("from"), .init("to"),
      .init("answer"), .init("claim", isFlexible: true),
    ])
    for movement in statement.movements {
      table.add([
        "  " + Clock.minute(movement.at), money(movement.amount, statement), movement.from.wire.string,
        movement.to.wire.string, movement.answer.wire.string, movement.claim,
      ])
    }
    table.print(to: stream)
  }

  /// What has left the topic, for a person: where the records begin, and which claims began before.
  static func beginning(of ledger: Ledger) -> [String] {
    let claims = ledger.withoutBeginning
    guard ledger.completeFrom > .min, !claims.isEmpty else { return [] }
    let named = claims.prefix(5).map(TextWidth.printable).joined(separator: ", ")
    let more = claims.count > 5 ? " and \(claims.count - 5) more" : ""
    return [
      "delegations is complete from \(Clock.minute(ledger.completeFrom)) UTC: the first answers of \(named)\(more) "
        + "have left it"
    ]
  }

  private func money(_ minor: Int64, _ statement: BudgetStatement) -> String {
    Currency.text(minor, statement.balance.currency)
  }

  private func detail(_ label: String, _ text: String) {
    stream.line("  \(stream.styled(TextWidth.pad(label, to: Self.label), .dim))\(text)")
  }

  private func plain(_ text: String) -> String { TextWidth.printable(text) }
}
