// Owns saying which events no rule takes: they have an owner, the place of last resort, and that is worth knowing.
import Events

struct Gaps {
  private let standings: Standings
  private let document: PolicyDocument
  private let place: Place
  private let witnessing: Witnessing

  init(_ standings: Standings, _ document: PolicyDocument, _ draft: PolicyDraft, _ witnessing: Witnessing) {
    self.standings = standings
    self.document = document
    place = draft.ownership.unrouted?.place ?? Place(file: OwnershipFile.name, path: "ownership.unrouted")
    self.witnessing = witnessing
  }

  /// One for each kind of event of which something can fall there; one that says so when nothing can.
  var notes: [Finding] {
    let notes = standings.proofs.compactMap(note)
    if !notes.isEmpty { return notes }
    let isProven = standings.proofs.allSatisfy { if case .none = $0.unrouted() { true } else { false } }
    return isProven ? [Finding(.note, place, "no event falls here: the rules take all")] : []
  }

  private func note(_ proof: KindProof) -> Finding? {
    guard let shown = example(proof, Condition()) else { return nil }
    let kind = proof.universe.kind
    var message = "\(kind.rawValue) that no rule takes goes to \(document.unrouted.owner)"
    let named: Attribute = kind == .feedback ? .touchpoint : .service
    let names = kind == .feedback ? declaredTouchpoints : askedServices
    let open = names.filter { name in
      example(proof, Condition([Condition.Clause(named, values: [name])])) != nil
    }
    if !open.isEmpty { message += ", also with \(named.rawValue) \(Suggestion.list(open, limit: 12))" }
    return Finding(.note, place, message, examples: [shown])
  }

  private func example(_ proof: KindProof, _ condition: Condition) -> FindingExample? {
    guard case .found(let region) = proof.unrouted(condition) else { return nil }
    return witnessing.smallest(region, proof.universe) { $0.rule == "ownership.unrouted" }
  }

  private var declaredTouchpoints: [String] {
    document.journeys.flatMap { $0.touchpoints.map(\.id) }
  }

  private var askedServices: [String] {
    Mentions(standings.tree.rules.map(\.whole)).words(.service)
  }
}
