// Owns the proof of a policy's ownership: every event has one owner, and what else there is to say about its rules.
import Events

/// What a proof says beside its findings.
public struct OwnershipProof: Sendable {
  /// Rules of ownership that were proven, each row of a table as one.
  public var rules: Int
  public var teams: Int
  /// How many rules it could not decide about within its bound; they are among the findings.
  public var undecided: Int
  /// How things are, without being mistakes: what goes to the place of last resort, which tables and rules meet.
  public var notes: [Finding]
  /// Conditions looked at.
  public var steps: Int
}

/// Proves one draft. Conditions must have been read without mistakes; names may be wrong.
struct OwnershipProver {
  private let draft: PolicyDraft
  private let document: PolicyDocument
  private let findings: Findings
  private let witnessing: Witnessing
  private let budget: Budget

  /// `budget` bounds the work; nil for what the number of rules allows.
  init(_ draft: PolicyDraft, _ findings: Findings, budget: Budget? = nil) {
    self.draft = draft
    self.findings = findings
    var document = PolicyDocument(draft)
    // Scores are not part of the proof, and may still be wrong.
    document.scoring = PolicyDocument.Scoring(base: 0, points: [], cuts: .init(p1: 0, p2: 0, p3: 0))
    self.document = document
    witnessing = Witnessing(document)
    self.budget = budget ?? Budget(rules: FlatRule.flatten(document).count + document.witness.rules.count)
  }

  /// Adds what it finds to the findings. `allOverlaps` also notes each pair of rules of which the order decides.
  func prove(allOverlaps: Bool) -> OwnershipProof {
    let owners = Standings(RuleTree(owners: draft, document), sites: document.sites, budget)
    var undecided = report(owners, confirms: confirmOwner)
    let witnesses = Standings(RuleTree(witnesses: draft, document), sites: document.sites, budget)
    undecided += report(witnesses, confirms: confirmWitness)
    var notes: [Finding] = []
    // Of a policy with mistakes, how things are is not yet how they will be.
    if !findings.hasErrors {
      notes += Gaps(owners, document, draft, witnessing).notes
      let overlaps = Overlaps(owners, draft, witnessing)
      notes += overlaps.ofTables()
      if allOverlaps { notes += overlaps.ofRules() }
    }
    return OwnershipProof(
      rules: owners.tree.rules.count, teams: document.teams.count, undecided: undecided, notes: notes,
      steps: budget.spent)
  }

  // MARK: Findings

  private typealias Confirms = (
    _ answer: Witnessing.Answer, _ rule: Int32, _ taker: Int32, _ tree: RuleTree
  ) -> Bool

  /// The winner is the taker or stands inside it, and the rule matches too.
  private func confirmOwner(
    _ answer: Witnessing.Answer, _ rule: Int32, _ taker: Int32, _ tree: RuleTree
  ) -> Bool {
    let path = tree.rules[Int(taker)].place.path
    return (answer.rule == path || answer.rule.hasPrefix(path + ".")) && answer.matches(rule)
  }

  private func confirmWitness(
    _ answer: Witnessing.Answer, _ rule: Int32, _ taker: Int32, _ tree: RuleTree
  ) -> Bool { answer.witnessRule == taker && answer.matchesWitness(rule) }

  /// Says what is wrong with each rule. The number of those that stay undecided.
  private func report(_ standings: Standings, confirms: Confirms) -> Int {
    var undecided = 0
    for rule in standings.tree.numbers {
      let place = standings.tree.rules[Int(rule)].place
      // What is wrong with a condition by itself is said already, and may be all that is wrong inside it.
      let chain = standings.tree.chain(from: rule)
      if chain.contains(where: { isRefused(standings.tree.rules[Int($0)]) }) { continue }
      switch standings.standings[Int(rule)] {
      case .decides, .inside: continue
      case .unmatched: findings.error(place, Impossibility(rule, standings).message)
      case .undecided:
        undecided += 1
        findings.warning(
          place,
          "could not be decided within \(budget.question) steps: whether it can win depends on too many rules at once; say its kind or its touchpoint, or write its exceptions as rules before it"
        )
      case .refined(let takers):
        let examples = examples(rule, takers, standings, confirms)
        let names = ProofWording.names(
          takers.map { standings.tree.rules[Int($0.rule)].place }, in: place.file)
        findings.add(
          Finding(
            .warning, place,
            "never decides by itself: \(names) \(takers.count == 1 ? "takes" : "together take") everything it matches",
            examples: examples))
      case .shadowed(let takers, let isWhole):
        let examples = examples(rule, takers, standings, confirms)
        var names = takers.map { standings.tree.rules[Int($0.rule)].place }
        names.sort { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
        let verb = takers.count == 1 && isWhole ? "takes" : "together take"
        let more = isWhole ? "" : " and other rules"
        findings.add(
          Finding(
            .error, place,
            "can never win: \(ProofWording.names(names, in: place.file))\(more) \(verb) everything it matches",
            examples: examples))
      }
    }
    return undecided
  }

  /// One for each of the first three that take something.
  private func examples(
    _ rule: Int32, _ takers: [Taker], _ standings: Standings, _ confirms: Confirms
  ) -> [FindingExample] {
    takers.prefix(3).compactMap { taker in
      witnessing.smallest(taker.event, standings.proof(of: taker.kind).universe) { answer in
        confirms(answer, rule, taker.rule, standings.tree)
      }
    }
  }

  private func isRefused(_ rule: ProofRule) -> Bool {
    let prefix = rule.place.path + (rule.table == nil ? ".when" : ".")
    return findings.hasError { $0.file == rule.place.file && $0.path.hasPrefix(prefix) }
  }
}
