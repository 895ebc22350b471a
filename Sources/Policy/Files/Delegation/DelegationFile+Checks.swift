// Owns delegation.yaml's third step: each value by itself.
import Foundation

extension DelegationFile {
  static let shortest = WorkingDuration.time(60_000)
  private static let longestValid = WorkingDuration.days(90)
  private static let longestRefer = WorkingDuration.days(30)
  private static let longestWithin = WorkingDuration.days(366)
  private static let longestSplit = WorkingDuration.days(30)
  private static let zones = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC"])
  /// Of a claim: more budgets than this pay for nothing.
  static let mostBudgets = 4

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    guard let delegation = draft.delegation else { return }
    counts(delegation, findings)
    Checks.unique("key", delegation.keys.compactMap(\.id), findings)
    for action in delegation.actions { validate(action, findings) }
    for budget in delegation.budgets { validate(budget, findings) }
    for grant in delegation.grants { validate(grant, findings) }
    for approver in delegation.approvers { validate(approver, findings) }
    for limit in delegation.limits { validate(limit, findings) }
    if let within = delegation.split.within {
      Checks.range(within, from: .time(0), to: longestSplit, findings)
    }
    for rate in delegation.rates { validate(rate, findings) }
    rates(delegation.rates, findings)
    for key in delegation.keys { validate(key, findings) }
  }

  private static func counts(_ delegation: DelegationDraft, _ findings: Findings) {
    if delegation.actions.isEmpty, !findings.hasError(where: { $0.path.hasPrefix("delegation.actions") }) {
      findings.error(delegation.place, "needs at least one action: what somebody may ask for")
    }
    atMost(64, "actions", delegation.actions.map(\.id.place), findings)
    atMost(2_000, "budgets", delegation.budgets.map(\.id.place), findings)
    atMost(500, "grants", delegation.grants.map(\.place), findings)
    atMost(16, "approvers", delegation.approvers.map(\.place), findings)
    atMost(8, "limits", delegation.limits.map(\.place), findings)
    atMost(500, "rates", delegation.rates.map(\.place), findings)
    atMost(2_000, "keys", delegation.keys.compactMap(\.id?.place), findings)
  }

  private static func atMost(_ most: Int, _ noun: String, _ places: [Place], _ findings: Findings) {
    guard places.count > most else { return }
    findings.error(places[most], "is one of \(places.count) \(noun); allowed: at most \(most)")
  }

  // MARK: Parts

  private static func validate(_ action: ActionDraft, _ findings: Findings) {
    Checks.identifier(action.id, findings)
    evidence(action.needs, findings)
    templates(action.from, findings)
    if let valid = action.valid { Checks.range(valid, from: shortest, to: longestValid, findings) }
    if let refer = action.refer { Checks.range(refer, from: shortest, to: longestRefer, findings) }
    if let ceiling = action.ceiling { aboveZero(ceiling, findings) }
  }

  private static func validate(_ budget: BudgetDraft, _ findings: Findings) {
    Checks.identifier(budget.id, findings)
    if let amount = budget.amount { aboveZero(amount, findings) }
    if let overdraft = budget.overdraft {
      if overdraft.value.minor < 0 {
        findings.error(overdraft.place, "\(overdraft.value.text) is below zero; allowed: zero or more")
      }
      if let amount = budget.amount, amount.value.currency != overdraft.value.currency {
        findings.error(
          overdraft.place,
          "is in \(overdraft.value.currency): a budget has one currency, and its amount is in \(amount.value.currency)"
        )
      }
    }
    if let zone = budget.zone, zone.place != budget.id.place, !zones.contains(zone.value) {
      findings.error(
        zone.place,
        "unknown time zone \"\(zone.value)\"\(Suggestion.didYouMean(zone.value, among: zones)); allowed: the names of the IANA database, such as Europe/Paris"
      )
    }
  }

  private static func validate(_ grant: GrantDraft, _ findings: Findings) {
    if let role = grant.role { Checks.identifier(role, findings) }
    if let upTo = grant.upTo { aboveZero(upTo, findings) }
    evidence(grant.needs, findings)
    templates(grant.from, findings)
  }

  private static func validate(_ approver: ApproverDraft, _ findings: Findings) {
    if let role = approver.role { Checks.identifier(role, findings) }
    if let upTo = approver.upTo { aboveZero(upTo, findings) }
    templates(approver.from, findings)
  }

  private static func validate(_ limit: LimitDraft, _ findings: Findings) {
    if let upTo = limit.upTo { aboveZero(upTo, findings) }
    if let within = limit.within { Checks.range(within, from: shortest, to: longestWithin, findings) }
    if limit.scope?.value == .subject, !limit.saysWithin {
      findings.error(
        limit.place,
        "missing field \"within\": a subject stays, so say for how long what it was given counts, such as 90 days"
      )
    }
  }

  private static func validate(_ rate: RateDraft, _ findings: Findings) {
    if let from = rate.from, let to = rate.to, from.value == to.value {
      findings.error(to.place, "is the same currency as \"from\": a rate is between two")
    }
    if let since = rate.since { time(since, findings) }
  }

  /// Two rates from one day on would leave open which counts.
  private static func rates(_ rates: [RateDraft], _ findings: Findings) {
    var first: [String: Place] = [:]
    for rate in rates {
      guard let from = rate.from?.value, let to = rate.to?.value,
        let since = rate.since.flatMap({ PersonDraft.time($0.value) })
      else { continue }
      if let place = first["\(from) \(to) \(since)"] {
        findings.error(
          rate.place,
          "is a second rate from \(from) to \(to) since the same day (\(place.file):\(place.line)): remove one of them"
        )
      } else {
        first["\(from) \(to) \(since)"] = rate.place
      }
    }
  }

  private static func validate(_ key: KeyDraft, _ findings: Findings) {
    if let id = key.id { Checks.identifier(id, findings) }
    if let text = key.publicKey, !isPublicKey(text.value) {
      findings.error(
        text.place,
        "is not an Ed25519 public key; allowed: its 32 bytes in base64url without padding, as `answerable keys new` prints them"
      )
    }
    for time in [key.from, key.until].compactMap({ $0 }) { self.time(time, findings) }
    if let from = key.from.flatMap({ PersonDraft.time($0.value) }),
      let until = key.until.flatMap({ PersonDraft.time($0.value) }), from >= until
    {
      findings.error(key.until?.place ?? Place(file: name), "the key ends before it begins")
    }
  }

  // MARK: Values

  private static func aboveZero(_ money: Located<PolicyDocument.Money>, _ findings: Findings) {
    guard money.value.minor <= 0 else { return }
    findings.error(money.place, "\(money.value.text) is not above zero; allowed: an amount above zero")
  }

  private static func time(_ text: Located<String>, _ findings: Findings) {
    guard PersonDraft.time(text.value) == nil else { return }
    findings.error(
      text.place, "\"\(text.value)\" is no time; allowed: such as 2026-07-13 or 2026-07-13T08:00:00+02:00")
  }

  private static func evidence(_ kinds: [Located<String>], _ findings: Findings) {
    for kind in kinds { Checks.identifier(kind, findings) }
    Checks.unique("kind of evidence", kinds, findings)
  }

  /// Ids of budgets; braces stand around `site` and `team` only.
  private static func templates(_ templates: [Located<String>], _ findings: Findings) {
    if templates.count > mostBudgets {
      findings.error(
        templates[mostBudgets].place, "is one of \(templates.count) budgets; allowed: at most \(mostBudgets)")
    }
    Checks.unique("budget", templates, findings)
    for template in templates {
      let plain = BudgetTemplate.filled(template.value, site: "s", team: "t")
      if plain.contains(where: { "{}".contains($0) }) {
        findings.error(
          template.place,
          "\"\(template.value)\" stands for no budget; allowed: an id, in which {site} and {team} stand for the case's site and the asker's team"
        )
      } else {
        Checks.identifier(Located(plain, at: template.place), findings)
      }
    }
  }

  private static func isPublicKey(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    // 256 bits in 43 digits of six: the last one has two bits that are zero.
    return isPlain && text.utf8.count == 43 && text.last.map { "AEIMQUYcgkosw048".contains($0) } ?? false
  }
}

extension PolicyDocument.Money {
  /// As a policy writes it.
  var text: String { Currency.text(minor, currency) }
}

extension BudgetTemplate {
  static func filled(_ template: String, site: String, team: String) -> String {
    template.replacing("{site}", with: site).replacing("{team}", with: team)
  }
}
