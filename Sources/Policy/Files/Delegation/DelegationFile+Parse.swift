// Owns delegation.yaml's first step, part by part.
import Events

extension Cursor {
  /// One text or a list of them; none where the field is not there.
  fileprivate static func texts(_ cursor: Cursor?, _ findings: Findings) -> [Located<String>] {
    (cursor?.oneOrMore(findings) ?? []).compactMap { $0.text(findings) }
  }

  /// One or several of a few words.
  fileprivate static func words(
    _ cursor: Cursor?, _ noun: String, among allowed: [String], _ findings: Findings
  ) -> [Located<String>] {
    (cursor?.oneOrMore(findings) ?? []).compactMap { $0.word(noun, among: allowed, findings) }
  }

  /// One of the words of a closed set.
  fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ noun: String, of set: Choice.Type, _ findings: Findings
  ) -> Located<Choice>? {
    word(noun, among: set.allCases.map(\.rawValue), findings).flatMap { word in
      Choice(rawValue: word.value).map { Located($0, at: word.place) }
    }
  }
}

extension ActionDraft {
  static func parse(_ id: Located<String>, _ cursor: Cursor, _ findings: Findings) -> ActionDraft {
    var action = ActionDraft(id: id)
    let all = ["name", "needs", "from", "closes-case", "valid", "refer", "ceiling", "signed"]
    guard let fields = cursor.fields(all, findings) else { return action }
    action.name = fields["name"]?.text(findings)
    action.needs = Cursor.texts(fields["needs"], findings)
    action.from = Cursor.texts(fields["from"], findings)
    action.closesCase = fields["closes-case"]?.boolean(findings)
    action.signed = fields["signed"]?.boolean(findings)
    action.valid = fields["valid"]?.duration(findings)
    action.refer = fields["refer"]?.duration(findings)
    action.ceiling = fields["ceiling"]?.money(findings)
    return action
  }
}

extension BudgetDraft {
  static func parse(_ id: Located<String>, _ cursor: Cursor, _ findings: Findings) -> BudgetDraft {
    var budget = BudgetDraft(id: id)
    let all = ["root", "amount", "window", "per", "overdraft", "zone"]
    guard let fields = cursor.fields(all, required: ["root", "amount", "window"], findings) else {
      return budget
    }
    budget.root = fields["root"].flatMap { root($0, findings) }
    budget.amount = fields["amount"]?.money(findings)
    budget.window = fields["window"].flatMap { window($0, findings) }
    budget.per = fields["per"]?.choice("holder", of: PolicyDocument.Delegation.Budget.Holder.self, findings)
    budget.overdraft = fields["overdraft"]?.money(findings)
    budget.zone = fields["zone"]?.text(findings)
    return budget
  }

  /// `site lyon-1` or `team billing`.
  private static func root(_ cursor: Cursor, _ findings: Findings) -> Located<BudgetRoot>? {
    guard let text = cursor.text(findings) else { return nil }
    let words = text.value.split(separator: " ").map(String.init)
    if words.count == 2, words[0] == "site" { return Located(.site(words[1]), at: text.place) }
    if words.count == 2, words[0] == "team" { return Located(.team(words[1]), at: text.place) }
    findings.error(
      text.place,
      "\"\(text.value)\" is no root of a budget; allowed: a site such as \"site lyon-1\", or a team such as \"team billing\""
    )
    return nil
  }

  private typealias Window = PolicyDocument.Delegation.Budget.Window

  /// `7 days`, or a calendar period.
  private static func window(_ cursor: Cursor, _ findings: Findings)
    -> Located<PolicyDocument.Delegation.Budget.Window>?
  {
    guard let text = cursor.text(findings) else { return nil }
    let periods: [(word: String, window: Window)] = [
      ("day", .day), ("week", .week), ("month", .month), ("quarter", .quarter), ("year", .year),
    ]
    if let period = periods.first(where: { $0.word == text.value }) {
      return Located(period.window, at: text.place)
    }
    let words = periods.map(\.word)
    guard text.value.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      findings.error(
        text.place,
        "unknown window \"\(text.value)\"\(Suggestion.didYouMean(text.value, among: words)); allowed: a number of days such as 7 days, or \(Suggestion.list(words))"
      )
      return nil
    }
    guard let duration = cursor.duration(findings) else { return nil }
    guard case .days(let days) = duration.value else {
      findings.error(
        text.place,
        "\"\(text.value)\" is no window: budgets count whole days; allowed: such as 1 day or 7 days")
      return nil
    }
    let longest = PolicyDocument.Delegation.Budget.longestWindow
    Checks.range(duration, from: .days(1), to: .days(Int32(clamping: longest)), findings)
    return Located(.sliding(days: min(max(Int(days), 1), longest)), at: text.place)
  }
}

extension GrantDraft {
  static func parse(_ cursor: Cursor, _ findings: Findings) -> GrantDraft {
    var grant = GrantDraft(place: cursor.place)
    let all = [
      "role", "action", "up-to", "from", "needs", "sites", "teams", "priorities", "journeys", "segments",
      "states",
    ]
    guard let fields = cursor.fields(all, required: ["role", "action", "up-to"], findings) else {
      return grant
    }
    grant.role = fields["role"]?.text(findings)
    grant.actions = Cursor.texts(fields["action"], findings)
    grant.sites = Cursor.texts(fields["sites"], findings)
    grant.teams = Cursor.texts(fields["teams"], findings)
    grant.priorities = Cursor.words(
      fields["priorities"], "priority", among: LadderDraft.priorities, findings)
    grant.journeys = Cursor.texts(fields["journeys"], findings)
    grant.segments = Cursor.texts(fields["segments"], findings)
    grant.states = Cursor.words(
      fields["states"], "state of a case", among: CaseStatus.allCases.map(\.wire.string), findings)
    grant.upTo = fields["up-to"]?.money(findings)
    grant.from = Cursor.texts(fields["from"], findings)
    grant.needs = Cursor.texts(fields["needs"], findings)
    return grant
  }
}

extension ApproverDraft {
  static func parse(_ cursor: Cursor, _ findings: Findings) -> ApproverDraft {
    var approver = ApproverDraft(place: cursor.place)
    guard
      let fields = cursor.fields(["role", "team", "actions", "up-to", "from"], required: ["role"], findings)
    else {
      approver.saysUpTo = true
      return approver
    }
    approver.role = fields["role"]?.text(findings)
    approver.team = fields["team"]?.text(findings)
    approver.actions = Cursor.texts(fields["actions"], findings)
    approver.upTo = fields["up-to"]?.money(findings)
    approver.saysUpTo = fields["up-to"] != nil
    approver.from = Cursor.texts(fields["from"], findings)
    return approver
  }
}

extension LimitDraft {
  static func parse(_ cursor: Cursor, _ findings: Findings) -> LimitDraft {
    var limit = LimitDraft(place: cursor.place)
    let all = ["per", "up-to", "within", "actions"]
    guard let fields = cursor.fields(all, required: ["per", "up-to"], findings) else { return limit }
    limit.scope = fields["per"]?.choice("scope", of: PolicyDocument.Delegation.Limit.Scope.self, findings)
    limit.actions = Cursor.texts(fields["actions"], findings)
    limit.upTo = fields["up-to"]?.money(findings)
    limit.within = fields["within"]?.duration(findings)
    limit.saysWithin = fields["within"] != nil
    return limit
  }
}

extension SplitDraft {
  static func parse(_ cursor: Cursor, _ findings: Findings) -> SplitDraft {
    var split = SplitDraft()
    guard let fields = cursor.fields(["within", "by"], findings) else { return split }
    split.within = fields["within"]?.duration(findings)
    split.by = fields["by"].map { Cursor.words($0, "way to add up", among: words, findings) }
    return split
  }
}

extension RateDraft {
  static func parse(_ cursor: Cursor, _ findings: Findings) -> RateDraft {
    var rate = RateDraft(place: cursor.place)
    let all = ["from", "to", "rate", "since"]
    guard let fields = cursor.fields(all, required: all, findings) else { return rate }
    rate.from = fields["from"]?.currency(findings)
    rate.to = fields["to"]?.currency(findings)
    rate.billionths = fields["rate"]?.rate(findings)
    rate.since = fields["since"]?.text(findings)
    return rate
  }
}

extension KeyDraft {
  static func parse(_ cursor: Cursor, _ findings: Findings) -> KeyDraft {
    var key = KeyDraft()
    let all = ["id", "person", "public", "from", "until"]
    guard let fields = cursor.fields(all, required: ["id", "public"], findings) else { return key }
    key.id = fields["id"]?.text(findings)
    key.person = fields["person"]?.text(findings)
    key.publicKey = fields["public"]?.text(findings)
    key.from = fields["from"]?.text(findings)
    key.until = fields["until"]?.text(findings)
    return key
  }
}
