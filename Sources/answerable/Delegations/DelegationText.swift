// Owns how an answer to a remedy reads: what was answered, and for a NO or a referral what failed, what passes, and who
// can say yes.
import Console
import Events
import Policy

struct DelegationText {
  private let stream: TextStream
  private let audience: Audience
  private static let label = 19

  /// As `delegation.json` says: an executive sees no persons, and only the owner where a rule stands.
  init(_ stream: TextStream, audience: Audience = .owner) {
    self.stream = stream
    self.audience = audience
  }

  private var showsPersons: Bool { audience != .executive }
  private var showsRules: Bool { audience == .owner }

  func print(_ entry: DelegationEntry) {
    printHead(entry)
    var details: [(String, String)] = []
    for failure in entry.failed {
      let rule = showsRules && !failure.at.isEmpty ? "  \(failure.at)" : ""
      details.append(("failed", (failure.text.isEmpty ? failure.code : failure.text) + rule))
    }
    if entry.failed.isEmpty, !entry.reason.text.isEmpty { details.append(("because", entry.reason.text)) }
    if !entry.passes.isEmpty {
      details.append(("passes", entry.passes.map { passing($0, entry) }.joined(separator: ", or ")))
    }
    for approver in entry.canSayYes {
      let isNow = !approver.people.isEmpty
      details.append((isNow ? "can say yes now" : "can say yes", self.approver(approver, at: entry.at)))
    }
    for budget in entry.budgets { details.append(("budget", self.budget(budget, at: entry.at))) }
    if showsRules, !entry.grantAt.isEmpty { details.append(("grant", entry.grantAt)) }
    if entry.isSigned { details.append(("signed", "can be checked offline")) }
    var last = ""
    for (label, text) in details {
      let shown = label == last ? "" : label
      last = label
      let head = "  " + TextWidth.pad(shown, to: Self.label - 2)
      let room = max(20, stream.width - Self.label)
      stream.line(stream.styled(head, .dim) + TextWidth.cut(plain(text), to: room))
    }
  }

  private func printHead(_ entry: DelegationEntry) {
    var line = stream.styled(Clock.minute(entry.at), .dim) + "  "
    line += stream.styled(TextWidth.pad(entry.answer.wire.string, to: 9), style(entry.answer), .bold)
    let what = [entry.money, entry.action].filter { !$0.isEmpty }.map(plain)
    if !what.isEmpty { line += "  \(what.joined(separator: " for "))" }
    line += "  \(plain(entry.claim.isEmpty ? entry.id : entry.claim))"
    if entry.expiresAt > 0 { line += "  until \(Clock.short(entry.expiresAt, from: entry.at))" }
    if showsPersons {
      if !entry.requester.id.isEmpty { line += "  asked by \(plain(entry.requester.names))" }
      if !entry.decider.id.isEmpty { line += ", decided by \(plain(entry.decider.names))" }
    }
    stream.line(line)
  }

  private func passing(_ passing: DelegationEntry.Passing, _ entry: DelegationEntry) -> String {
    guard passing.amount > 0 else { return "nothing" }
    let when = passing.from > entry.at ? "from \(Clock.short(passing.from, from: entry.at))" : "now"
    return "\(Currency.text(passing.amount, entry.currency)) \(when)"
  }

  private func approver(_ approver: DelegationEntry.Approver, at time: Int64) -> String {
    var text = approver.role
    if !approver.team.isEmpty { text += " of \(approver.team)" }
    if !approver.site.isEmpty { text += " at \(approver.site)" }
    text += approver.upTo < 0 ? ", any amount" : ", up to \(Currency.text(approver.upTo, approver.currency))"
    if showsPersons, !approver.people.isEmpty {
      text += ": \(plain(approver.people.map(\.names).joined(separator: ", ")))"
    }
    if approver.dutyAt > 0 { text += ", on duty \(Clock.short(approver.dutyAt, from: time))" }
    return text
  }

  private func budget(_ budget: DelegationEntry.Budget, at time: Int64) -> String {
    var text =
      "\(budget.id): \(Currency.text(budget.left, budget.currency)) left of "
      + Currency.text(budget.limit, budget.currency)
    if budget.overdrawn > 0 { text += ", \(Currency.text(budget.overdrawn, budget.currency)) overdrawn" }
    if budget.roomAt > 0 {
      text +=
        ", \(Currency.text(budget.roomThen, budget.currency)) more \(Clock.short(budget.roomAt, from: time))"
    }
    return text
  }

  private func style(_ answer: Delegation.Answer) -> Style {
    switch answer {
    case .approved, .settled, .returned: .green
    case .referred: .cyan
    case .declined, .refused, .cancelled, .expired, .lapsed: .yellow
    }
  }

  private func plain(_ text: String) -> String { TextWidth.printable(text) }
}
