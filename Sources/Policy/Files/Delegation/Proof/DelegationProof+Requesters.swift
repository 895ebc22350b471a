// Owns the proof that somebody else can answer: nobody says yes to their own request, to that of whoever they stand in
// for, or to that of their stand-in.

extension DelegationProof {
  func reportRequesters() {
    let related = relations
    var stuck: [Int: (asking: Set<String>, beyond: Amount?)] = [:]
    for action in delegation.actions {
      let approvers = approvers(for: action.id.value)
      guard !approvers.isEmpty else { continue }
      let able = approvers.map { people(of: $0.approver).map(\.id.value) }
      let granted = people(asking: action.id.value)
      let asking = granted.union(able.joined())
      var answered = false
      for person in asking.sorted() {
        let own = related[person, default: [person]]
        let others = approvers.indices.filter { able[$0].contains { !own.contains($0) } }.map {
          approvers[$0]
        }
        if granted.contains(person), !others.isEmpty { answered = true }
        guard let last = approvers.last, !others.contains(where: { isAsMuch($0.approver, as: last.approver) })
        else {
          continue
        }
        var entry = stuck[last.number] ?? ([], nil)
        entry.asking.insert(person)
        entry.beyond = others.last?.approver.upTo?.value
        stuck[last.number] = entry
      }
      if !granted.isEmpty, !answered {
        findings.error(
          action.id.place,
          "nobody can say yes beyond its grants: \(Suggestion.list(granted.sorted(), limit: 6)) may ask, and nobody else may answer but who stands in for them"
        )
        for approver in approvers { stuck[approver.number] = nil }
      }
    }
    for (number, entry) in stuck.sorted(by: { $0.key < $1.key }) {
      let approver = delegation.approvers[number]
      let names = Suggestion.list(entry.asking.sorted(), limit: 6)
      let beyond = entry.beyond.map { " beyond \($0.text)" } ?? ""
      findings.warning(
        approver.role?.place ?? approver.place,
        "what \(names) may ask for\(beyond) nobody can answer: nobody says yes to their own request, and nobody else who may stands apart from them; give another person the role"
      )
    }
  }

  private func people(asking action: String) -> Set<String> {
    Set(
      grants(for: action).flatMap { grant -> [String] in
        let teams = Set(teams(of: grant))
        return (holders[grant.role?.value ?? ""] ?? []).filter { teams.contains($0.team?.value ?? "") }
          .map(\.id.value)
      })
  }

  private func isAsMuch(_ a: ApproverDraft, as b: ApproverDraft) -> Bool {
    guard let limit = a.upTo?.value else { return true }
    return b.upTo.map { isMore($0.value, than: limit) == false } ?? false
  }

  /// Of each person: themselves, who stands in for them, and whom they stand in for.
  private var relations: [String: Set<String>] {
    let delegates = Dictionary(
      people.compactMap { person in person.delegate.map { (person.id.value, $0.value) } },
      uniquingKeysWith: { first, _ in first })
    var related: [String: Set<String>] = [:]
    for person in people.map(\.id.value) {
      related[person, default: []].insert(person)
      var next = delegates[person]
      for _ in 0..<CaseworkRules.longestStandIn {
        guard let name = next else { break }
        related[person, default: []].insert(name)
        related[name, default: []].insert(person)
        next = delegates[name]
      }
    }
    return related
  }
}
