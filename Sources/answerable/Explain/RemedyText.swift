// Owns how a remedy's explanation reads: who asks, by whose grants, within which limits, from which pots, and who can say yes.
import Console
import Delegation
import Events
import Policy
import Roles

struct RemedyText {
  let margin: MarginText
  let remedy: ExplainedRemedy
  var told: RemedyExplanation { remedy.explanation }

  init(_ margin: MarginText, _ remedy: ExplainedRemedy) {
    self.margin = margin
    self.remedy = remedy
  }

  func print() {
    printAsker()
    printCase()
    printEvidence()
    if told.ofCase.exists {
      for asker in told.askers { print(asker) }
      if let claim = told.claim { print(claim) }
      printLimits()
    }
    if told.answer.answer != Delegation.Answer.approved.wire.string || margin.showsAll { printApprovers() }
    printAnswer()
  }

  // MARK: Who asks for what

  private func printAsker() {
    let asker = told.asker
    guard asker.isKnown else {
      return margin.wrapped("asks", "\(asker.id), whom the directory does not have")
    }
    let team = asker.team.isEmpty ? "" : " of \(asker.team)"
    let site = asker.site.isEmpty ? "at no site of their own" : "at \(asker.site)"
    margin.wrapped("asks", "\(asker.id) · \(asker.role)\(team), \(site) · \(Clock.day(remedy.at)) UTC")
    if let until = asker.absentUntil {
      let acts = asker.standIn.map { "\($0) stands in" } ?? "nobody stands in"
      margin.wrapped("", "absent until \(Clock.short(until.milliseconds, from: remedy.at)): \(acts)")
    }
    let absent = told.askers.filter(\.isStoodInFor).map { "\($0.id) (\($0.role))" }
    if !absent.isEmpty { margin.wrapped("", "stands in for \(absent.joined(separator: ", "))") }
    for other in asker.otherwiseFor.prefix(3) { margin.wrapped("", text(other), .dim) }
    if let action = told.action {
      var facts = [action.at]
      if action.isSigned { facts.append(told.signedBy.isEmpty ? "not signed" : "signed by \(told.signedBy)") }
      if let ceiling = action.ceiling { facts.append("nobody approves more than \(ceiling.text)") }
      if action.closesCase { facts.append("an approval closes the case") }
      margin.wrapped("action", "\(action.id) · \(facts.joined(separator: " · "))")
    } else if !remedy.actions.isEmpty {
      margin.wrapped("action", Suggestion.refusal(of: told.actionID, among: remedy.actions))
    }
  }

  /// `stood in for duty-manager-3 until Thu 23:00`; `stands in for duty-manager-3 from Tue 23:00`.
  private func text(_ other: RemedyExplanation.Absence) -> String {
    if let until = other.until, until.milliseconds <= remedy.at {
      return "stood in for \(other.id) until \(Clock.short(until.milliseconds, from: remedy.at))"
    }
    let from = other.from.map { " from \(Clock.short($0.milliseconds, from: remedy.at))" } ?? ""
    return "stands in for \(other.id)\(from)"
  }

  private func printCase() {
    let facts = told.ofCase
    guard facts.exists else {
      let named = facts.id.map { "\($0): " } ?? ""
      return margin.wrapped("case", "\(named)there is none that is open, by the topics")
    }
    var parts = [facts.priority, facts.status]
    parts.append(facts.journey.isEmpty ? "no journey" : facts.journey)
    parts.append(facts.site.isEmpty ? "at no site" : "at \(facts.site)")
    if !facts.segment.isEmpty { parts.append("segment \(facts.segment)") }
    if !facts.owner.isEmpty { parts.append("owner \(facts.owner)") }
    let whose = facts.id ?? "an open case of the subject"
    margin.wrapped("case", "\(whose) · \(parts.joined(separator: " · "))")
    guard !remedy.said.assumed.isEmpty else { return }
    let assumed = remedy.said.assumed.map(\.text).joined(separator: ", ")
    let options = remedy.said.assumed.map { "--\($0.fact.rawValue)" }.joined(separator: ", ")
    margin.wrapped(
      "", "assumed: \(assumed); \(options) say\(remedy.said.assumed.count == 1 ? "s" : "") otherwise", .dim)
  }

  private func printEvidence() {
    let evidence = told.evidence
    func list(_ kinds: [String]) -> String { kinds.joined(separator: ", ") }
    // Where casework said no, what a grant needs was not asked.
    guard told.claim != nil, !evidence.needs.isEmpty || !evidence.given.isEmpty else { return }
    var parts = [evidence.needs.isEmpty ? "none needed" : "needs \(list(evidence.needs))"]
    parts.append(evidence.given.isEmpty ? "none given" : "given \(list(evidence.given))")
    if !evidence.missing.isEmpty { parts.append("missing \(list(evidence.missing))") }
    margin.wrapped("evidence", parts.joined(separator: " · "))
  }

  // MARK: Grants

  /// Those for the role and the action are told one by one, in their order, up to the one that decides.
  private func print(_ asker: ExplainedAsker) {
    let title = asker.isStoodInFor ? "for" : "grants"
    let near = asker.grants.filter { margin.showsAll || $0.isNear }
    var head = asker.isStoodInFor ? "\(asker.id), \(asker.role): " : ""
    var isDecided = false
    for grant in near {
      let mark = isDecided ? "not asked" : grant.holds ? "holds" : Self.reason(grant)
      margin.wrapped(
        head.isEmpty && grant != near.first ? "" : title,
        "\(head)\(grant.at) · \(grant.asks) · up to \(grant.upTo.text): \(mark)",
        grant.holds && !isDecided ? nil : .dim)
      head = ""
      isDecided = isDecided || grant.holds
    }
    let others = asker.grants.count - near.count
    guard near.isEmpty else {
      if others > 0 { margin.wrapped("", "\(others) more are for other roles or actions: --all", .dim) }
      return
    }
    let action = told.action?.id ?? ""
    margin.wrapped(
      title,
      "\(head)none of \(asker.grants.count) grants lets \(asker.role) give \(action)\(others > 0 ? ": --all" : "")"
    )
  }

  /// `priority is P4`, `no segment`.
  private static func reason(_ grant: ExplainedGrant) -> String {
    grant.failed.map { $0.has.isEmpty ? "no \($0.name)" : "\($0.name) is \($0.has)" }.joined(separator: ", ")
  }

  // MARK: Limits and budgets

  private func print(_ claim: ExplainedClaim) {
    let limits = claim.limits.filter { $0.kind != .budget }
    for (number, limit) in limits.enumerated() {
      margin.wrapped(number == 0 ? "limit" : "", text(limit), limit.holds ? nil : .yellow)
    }
    let by = told.split.by.map {
      $0 == "cause" ? "for one owner" : $0 == "case" ? "for one case" : "by one person"
    }
    if !by.isEmpty {
      let before = claim.limits.map(\.before).max() ?? 0
      let known =
        before > 0
        ? "before it \(Currency.text(before, told.amount.currency))"
        : remedy.knowsBalances ? "nothing before it" : "what was asked for before is not known here"
      margin.wrapped(
        limits.isEmpty ? "limit" : "",
        "what is asked for within \(Self.duration(told.split.within)) \(by.joined(separator: ", ")) counts together; \(known)",
        .dim)
    }
    for rate in claim.rates {
      margin.wrapped(
        "rate", "1 \(rate.from) = \(rate.rate) \(rate.to) since \(rate.since), rounded up · \(rate.at)")
    }
    for (number, pot) in claim.pots.enumerated() {
      let limit = claim.limits.first { $0.budget == pot.id }
      margin.wrapped(number == 0 ? "budget" : "", text(pot, limit), limit?.holds ?? true ? nil : .yellow)
    }
    if claim.pots.isEmpty, !claim.root.isEmpty { margin.wrapped("budget", "none is asked · \(claim.root)") }
  }

  private func text(_ limit: ExplainedClaim.Limit) -> String {
    let what =
      switch limit.kind {
      case .grant: "that the grant allows"
      case .split: "that the grant allows in sum"
      case .ceiling: "that anybody may approve"
      case .budget: "left"
      }
    var asked = told.amount.text
    if limit.before > 0 { asked += " and \(Currency.text(limit.before, told.amount.currency)) before it" }
    if let comesTo = limit.comesTo, comesTo.currency != told.amount.currency || limit.before > 0 {
      asked += ", which is \(comesTo.text),"
    }
    guard limit.comesTo != nil else {
      return "\(asked) cannot be compared with the \(limit.limit.text) \(what) · \(limit.at)"
    }
    return "\(asked) is \(limit.holds ? "within" : "above") the \(limit.limit.text) \(what) · \(limit.at)"
  }

  private func text(_ pot: ExplainedClaim.Pot, _ limit: ExplainedClaim.Limit?) -> String {
    var parts = ["\(pot.id): \(pot.limit.text) in \(pot.window)\(pot.per.map { " for each \($0)" } ?? "")"]
    if remedy.knowsBalances {
      let currency = pot.limit.currency
      var left = "\(Currency.text(pot.left, currency)) left"
      if pot.held > 0 { left += ", \(Currency.text(pot.held, currency)) held" }
      if pot.spent > 0 { left += ", \(Currency.text(pot.spent, currency)) spent" }
      parts.append(left)
    } else {
      parts.append("what is left is not known here, and taken as all of it")
    }
    if let comesTo = limit?.comesTo, comesTo.currency != told.amount.currency {
      parts.append("\(told.amount.text) is \(comesTo.text)")
    }
    return (parts + [pot.root, pot.at]).joined(separator: " · ")
  }

  private func printLimits() {
    for (number, limit) in told.limits.enumerated() {
      let within = limit.within == 0 ? "" : " within \(Self.duration(limit.within))"
      let known = remedy.said.knowsHistory ? "" : "; what was given before is not known here"
      margin.wrapped(
        number == 0 ? "at most" : "",
        "\(limit.upTo.text) for each \(limit.per)\(within) · \(limit.at)\(known)", .dim)
    }
  }

  // MARK: Who can say yes

  private func printApprovers() {
    for (number, approver) in (told.claim?.approvers ?? []).enumerated() {
      let title = number == 0 ? "beyond" : ""
      var text = approver.role + (approver.team.isEmpty ? "" : " of \(approver.team)")
      text += approver.upTo.map { ", up to \($0.text)" } ?? ", any amount"
      if !approver.budgets.isEmpty { text += ", from \(approver.budgets.joined(separator: ", "))" }
      text += " · \(approver.at): "
      if !approver.reaches {
        text += "not so much"
      } else if approver.people.isEmpty {
        text += "nobody holds the role here"
      } else {
        text += approver.people.map(person).joined(separator: ", ")
        if approver.others > 0 { text += " and \(approver.others) more" }
        if !approver.hasRoom, approver.people.contains(where: { !$0.isOwn }) {
          text += "; no room to pay from"
        }
      }
      margin.wrapped(title, text, approver.canSayYes ? nil : .dim)
    }
  }

  /// `duty-manager-2 on duty`; `head-of-billing-1 on duty Mon 07:00`.
  private func person(_ person: ExplainedClaim.Approver.Person) -> String {
    var text = person.id
    if let standIn = person.standIn {
      text = standIn.isEmpty ? "\(person.id) absent, nobody stands in" : "\(standIn) for \(person.id)"
    }
    if person.isOwn { return "\(text) not for their own" }
    if person.isOnDuty { return "\(text) on duty" }
    guard let duty = person.dutyAt else { return text }
    return "\(text) on duty \(Clock.short(duty.milliseconds, from: remedy.at))"
  }

  /// `24 hours`, `90 days`.
  private static func duration(_ milliseconds: Int64) -> String {
    let minutes = milliseconds / 60_000
    func count(_ number: Int64, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    if minutes % 1_440 == 0, minutes > 1_440 { return count(minutes / 1_440, "day") }
    return minutes % 60 == 0 ? count(minutes / 60, "hour") : count(minutes, "minute")
  }
}
