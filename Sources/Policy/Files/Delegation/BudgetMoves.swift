// Owns what a budget keeps from one policy to the next: its root, its currency, and whose pot it is. What it has paid
// stands there, under its id.

/// Why a policy cannot follow those that were published before it.
public struct PolicyRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  public let findings: [Finding]
  public init(findings: [Finding]) { self.findings = findings }
  public var description: String { findings.map(\.description).joined(separator: "\n") }
}

extension PolicyDocument {
  /// What of this policy, whose files these are, contradicts earlier ones; oldest first. Budgets that were left out in
  /// between keep what they had.
  public func contradictions(of earlier: some Sequence<PolicyDocument>, files: [SourceFile]) -> [Finding] {
    guard let delegation, !delegation.budgets.isEmpty else { return [] }
    var known: [String: Delegation.Budget] = [:]
    for policy in earlier {
      for budget in policy.delegation?.budgets ?? [] { known[budget.id] = budget }
    }
    let places = known.isEmpty ? [:] : Self.places(files)
    let findings = Findings()
    for budget in delegation.budgets {
      guard let published = known[budget.id] else { continue }
      let place = places[budget.id] ?? Place(file: budget.at.file, line: budget.at.line, column: 1)
      func refuse(_ had: String, _ has: String) {
        findings.error(
          place,
          "had \(had) when it was published, and what it has paid is counted there: give the budget with \(has) a new id, or publish this one as it was"
        )
      }
      if budget.root != published.root { refuse("root \(published.root)", "root \(budget.root)") }
      if budget.limit.currency != published.limit.currency {
        refuse("amounts in \(published.limit.currency)", "amounts in \(budget.limit.currency)")
      }
      if budget.per != published.per { refuse(Self.pots(published.per), Self.pots(budget.per)) }
    }
    return findings.sorted
  }

  private static func pots(_ holder: Delegation.Budget.Holder?) -> String {
    holder.map { "a pot for each \($0.rawValue)" } ?? "one pot"
  }

  /// Where each budget stands.
  private static func places(_ files: [SourceFile]) -> [String: Place] {
    let draft = PolicyLoader.parse(files.filter { $0.name == DelegationFile.name }, Findings())
    return Dictionary(
      (draft.delegation?.budgets ?? []).map { ($0.id.value, $0.id.place) },
      uniquingKeysWith: { first, _ in first })
  }
}
