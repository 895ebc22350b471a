// Owns what is proven of every rule over all kinds of event, and who takes what a rule without effect matches.
import Events

/// A rule that takes what another one matches, with such an event.
struct Taker {
  var rule: Int32
  var kind: EventKind
  var event: Region
}

/// A rule's standing over all kinds.
enum ProvenStanding {
  case decides
  /// Reached, but its inner rules take everything; they are named.
  case refined(by: [Taker])
  /// Together they take everything it matches; `isWhole` is false when more rules than these do.
  case shadowed(by: [Taker], isWhole: Bool)
  /// No event matches it.
  case unmatched
  /// It stands inside a rule that can never win or never match.
  case inside
  case undecided
}

struct Standings {
  let tree: RuleTree
  let proofs: [KindProof]
  private(set) var standings: [ProvenStanding] = []

  /// Beyond this many rules that share events with one without effect, only those that closed the proof are named.
  private static let rivals = 256
  /// Beyond this many it is not tried to do without each of them.
  private static let minimised = 32

  init(_ tree: RuleTree, sites: [PolicyDocument.Site], _ budget: Budget) {
    self.tree = tree
    let mentions = Mentions(tree.rules.map(\.whole))
    proofs = [EventKind.feedback, .incident].map { KindProof($0, tree, mentions, sites: sites, budget) }
    for rule in tree.numbers { standings.append(standing(of: rule)) }
  }

  func proof(of kind: EventKind) -> KindProof { kind == .feedback ? proofs[0] : proofs[1] }

  private func standing(of rule: Int32) -> ProvenStanding {
    let parent = tree.parent(of: rule)
    if parent >= 0 {
      switch standings[Int(parent)] {
      case .shadowed, .unmatched, .inside: return .inside
      case .decides, .refined, .undecided: break
      }
    }
    let each = proofs.map { $0.standing(of: rule) }
    var matching: [KindProof] = []
    var reasons: Set<Int32> = []
    var isRefined = false
    for (proof, standing) in zip(proofs, each) {
      switch standing {
      case .decides: return .decides
      case .unmatched: continue
      case .undecided: break
      case .refined: isRefined = true
      case .shadowed(let because): reasons.formUnion(because)
      }
      matching.append(proof)
    }
    if each.contains(where: { if case .undecided = $0 { true } else { false } }) { return .undecided }
    if matching.isEmpty { return .unmatched }
    let (takers, isWhole) = takers(of: rule, matching, reasons, inside: isRefined)
    if takers.isEmpty { return .undecided }
    return isRefined ? .refined(by: takers) : .shadowed(by: takers, isWhole: isWhole)
  }

  /// The rules that take what `rule` matches: one that takes everything, else as few as leave nothing.
  private func takers(of rule: Int32, _ proofs: [KindProof], _ reasons: Set<Int32>, inside: Bool) -> (
    [Taker], isWhole: Bool
  ) {
    func covers(_ others: [Int32]) -> Bool { proofs.allSatisfy { $0.isCovered(rule, by: others) == true } }
    func taker(_ other: Int32) -> Taker? {
      for proof in proofs {
        if let event = proof.event(of: rule, takenBy: other) {
          return Taker(rule: other, kind: proof.universe.kind, event: event)
        }
      }
      return nil
    }
    let rivals = Set(proofs.flatMap { $0.rivals(of: rule, inside: inside) }).sorted()
    for rival in rivals where covers([rival]) {
      if let taker = taker(rival) { return ([taker], true) }
    }
    let few = rivals.count <= Self.rivals || inside ? rivals : reasons.filter { $0 >= 0 }.sorted()
    var takers = few.prefix(Self.rivals).compactMap(taker)
    guard covers(takers.map(\.rule)) else { return (takers, false) }
    guard takers.count <= Self.minimised else { return (takers, true) }
    for number in takers.indices.reversed() {
      var fewer = takers
      fewer.remove(at: number)
      if covers(fewer.map(\.rule)) { takers = fewer }
    }
    return (takers, true)
  }
}
