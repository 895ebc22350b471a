// Owns the proof that each grant can apply: the first that holds decides, so one that others take everything from never
// does.
import Events

extension DelegationProof {
  /// Beyond this many pieces nothing is said.
  private static let mostBoxes = 4_000
  /// Any value that no grant names.
  private static let other = "*"

  func reportGrants() {
    let boxes = delegation.grants.map(box)
    for (number, grant) in delegation.grants.enumerated() {
      let before = (0..<number).filter {
        delegation.grants[$0].role?.value == grant.role?.value && boxes[$0].meets(boxes[number])
      }
      if let one = before.first(where: { boxes[number].isInside(boxes[$0]) }) {
        findings.error(
          grant.place, "can never apply: \(grantName(one)) takes everything it matches and stands before it")
        continue
      }
      var left = [boxes[number]]
      for earlier in before where left.count < Self.mostBoxes {
        left = left.flatMap { $0.subtracting(boxes[earlier]) }
      }
      if left.isEmpty {
        findings.error(
          grant.place,
          "can never apply: \(Suggestion.list(before.map(grantName), limit: 6)) together take everything it matches and stand before it"
        )
      }
    }
  }

  private func box(_ grant: GrantDraft) -> GrantBox {
    /// `known` is every value there can be.
    func side(_ list: [Located<String>], _ known: some Sequence<String>) -> Set<String> {
      list.isEmpty ? Set(known) : Set(list.map(\.value))
    }
    func open(_ values: KeyPath<GrantDraft, [Located<String>]>) -> Set<String> {
      Set(delegation.grants.flatMap { $0[keyPath: values].map(\.value) } + [Self.other])
    }
    // Whoever holds the role is in one of these teams.
    let teams = Set((holders[grant.role?.value ?? ""] ?? []).compactMap(\.team?.value))
    return GrantBox([
      Set(grant.actions.map(\.value)), side(grant.sites, open(\.sites)),
      side(grant.teams, teams).intersection(teams), side(grant.priorities, LadderDraft.priorities),
      side(grant.journeys, open(\.journeys)), side(grant.segments, open(\.segments)),
      side(grant.states, CaseStatus.allCases.map(\.wire.string)),
    ])
  }
}
