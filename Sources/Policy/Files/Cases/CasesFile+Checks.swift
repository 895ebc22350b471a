// Owns cases.yaml's last two steps: numbers in range, accounts that ascend, windows that fit each other.

extension CasesFile {
  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    let cases = draft.cases
    for (path, value) in CasesDraft.values {
      switch value {
      case .duration(let least, let most):
        if let duration = cases.durations[path] { Checks.range(duration, from: least, to: most, findings) }
      case .number(let allowed):
        if let number = cases.numbers[path] { Checks.range(number, allowed, findings) }
      case .thousandths(let allowed):
        if let number = cases.numbers[path] { Checks.range(number, allowed, thousandths: true, findings) }
      case .word: continue
      }
    }
    for service in cases.services { Checks.identifier(service, findings) }
    validateAdds(cases, findings)
  }

  private static func validateAdds(_ cases: CasesDraft, _ findings: Findings) {
    var before: Int64?
    for (account, points) in cases.adds ?? [] {
      Checks.range(account, 0...100, findings)
      Checks.range(points, 0...100, findings)
      if let before, account.value <= before {
        findings.error(account.place, "must ascend: \(account.value) stands after \(before)")
      }
      before = account.value
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    for words in [draft.cases.groupBy ?? [], draft.cases.services] {
      var seen: Set<String> = []
      for word in words where !seen.insert(word.value).inserted {
        findings.error(word.place, "\"\(word.value)\" stands in this list already: remove one of them")
      }
    }
  }
}
