// Owns the third and fourth step of `when:`: values that are possible, names that exist.

extension ConditionDraft {
  func validate(_ findings: Findings) {
    for clause in clauses { clause.validate(findings) }
    for exception in exceptions { exception.validate(findings) }
  }

  func crossCheck(_ draft: PolicyDraft, _ names: KnownNames, _ findings: Findings) {
    for clause in clauses { clause.crossCheck(names, findings) }
    for exception in exceptions { exception.crossCheck(draft, names, findings) }
    checkKinds(findings)
  }

  /// An attribute that only one kind of event carries, asked of another kind.
  private func checkKinds(_ findings: Findings) {
    var reason: ClauseDraft? = clauses.first { $0.attribute == .kind }
    var allowed = reason.map { Set($0.values.map(\.value)) }
    for clause in clauses {
      guard let only = clause.attribute.onlyKind?.rawValue else { continue }
      if let allowed, let reason, !allowed.contains(only) {
        let other =
          reason.attribute == .kind
          ? "kind is \(allowed.sorted().joined(separator: " or "))"
          : "only \(allowed.sorted().joined()) has \(reason.attribute.rawValue)"
        findings.error(
          clause.place, "can never match: only \(only) has \(clause.attribute.rawValue), but \(other)")
        continue
      }
      if allowed == nil {
        allowed = [only]
        reason = clause
      }
    }
  }
}

extension ClauseDraft {
  func validate(_ findings: Findings) {
    if let closed = attribute.closedValues {
      for value in values where !closed.contains(value.value) {
        var message = "unknown \(attribute.rawValue) \"\(value.value)\""
        message += Suggestion.didYouMean(value.value, among: closed)
        if attribute == .kind, eventKindsOfCases.contains(value.value) {
          message += ": it acts on a case, which has its owner already"
        }
        findings.error(value.place, message + "; allowed: \(Suggestion.list(closed))")
      }
    }
    if let bounds = attribute.bounds {
      for range in ranges where !range.value.overlaps(bounds) {
        findings.error(
          range.place,
          "can never match: \(attribute.rawValue) goes from \(Thousandths.text(bounds.lowerBound)) to \(Thousandths.text(bounds.upperBound))"
        )
      }
    }
    if attribute == .language {
      for value in values where !LanguageTag.isPlausible(value.value) {
        findings.error(
          value.place, "\"\(value.value)\" is not a language; allowed: BCP 47 tags, such as fr or fr-CH")
      }
    }
    if attribute == .words { WordPattern.validate(values, findings) }
    var seen: Set<String> = []
    for value in values where !seen.insert(value.value).inserted {
      findings.warning(value.place, "\"\(value.value)\" stands here twice: once is enough")
    }
  }

  func crossCheck(_ names: KnownNames, _ findings: Findings) {
    for value in values { names.check(attribute, value, findings) }
  }
}

/// The kinds of event that no rule routes.
private let eventKindsOfCases = ["case-update", "remedy"]

enum LanguageTag {
  /// Subtags of 1–8 letters or digits, the first of 2–3 letters.
  static func isPlausible(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    func isPlain(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber)
    }
    guard let first = parts.first, (2...3).contains(first.count),
      first.allSatisfy({ $0.isASCII && $0.isLetter })
    else { return false }
    return parts.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(isPlain) }
  }
}

/// The names that conditions can speak of, gathered once; those of files that could not be read are left out.
struct KnownNames {
  private var known: [Attribute: Set<String>] = [:]

  init(_ draft: PolicyDraft) {
    if !draft.unread.contains(SitesFile.name) {
      known[.site] = Set(draft.sites.map(\.id.value))
      known[.siteKind] = Set(draft.sites.compactMap(\.kind?.value))
      known[.siteCountry] = Set(draft.sites.compactMap(\.country?.value))
    }
    if !draft.unread.contains(JourneysFile.name) {
      known[.journey] = Set(draft.journeys.map(\.id.value))
      known[.touchpoint] = Set(draft.touchpoints.map(\.id.value))
    }
  }

  func check(_ attribute: Attribute, _ value: Located<String>, _ findings: Findings) {
    guard let names = known[attribute] else { return }
    Checks.known(attribute.rawValue, value, among: names, findings)
  }
}
