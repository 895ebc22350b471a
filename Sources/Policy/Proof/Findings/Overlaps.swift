// Owns saying where two rules match the same events and name different owners, so that their order decides.
import Events

/// By design the first rule wins; an author who moves a rule or a table wants to know whose events move.
struct Overlaps {
  private let standings: Standings
  private let draft: PolicyDraft
  private let witnessing: Witnessing
  /// Shared with nothing else: what is proven must not depend on what is only told.
  private let budget: Budget
  private var tree: RuleTree { standings.tree }

  init(_ standings: Standings, _ draft: PolicyDraft, _ witnessing: Witnessing, _ budget: Budget) {
    self.standings = standings
    self.draft = draft
    self.witnessing = witnessing
    self.budget = budget
  }

  /// A later rule, the earlier one that takes some of its events, and such an event.
  private struct Overlap {
    var later: Int32
    var earlier: Int32
    var example: FindingExample
  }

  // MARK: Tables

  /// One note for each table that shares events with rules outside it.
  func ofTables() -> [Finding] {
    var before: [String: [(rule: Int32, example: FindingExample)]] = [:]
    var after: [String: [(rule: Int32, example: FindingExample)]] = [:]
    var seen: Set<[String]> = []
    for later in tree.numbers where isAlive(later) {
      for earlier in rivals(of: later) {
        let tables = [earlier, later].map { tree.rules[Int($0)].table }
        guard tables[0] != tables[1] else { continue }
        let names = zip(tables, [earlier, later]).map { $0 ?? tree.rules[Int($1)].place.path }
        guard !seen.contains(names), let overlap = overlap(later, earlier) else { continue }
        seen.insert(names)
        if let table = tables[1] { before[table, default: []].append((earlier, overlap.example)) }
        if let table = tables[0] { after[table, default: []].append((later, overlap.example)) }
      }
    }
    return lookups(draft.ownership.rules).compactMap { lookup in
      let path = lookup.place.path
      let first = before[path] ?? []
      let second = after[path] ?? []
      guard let example = (first + second).first?.example else { return nil }
      var parts: [String] = []
      if !first.isEmpty { parts.append("\(names(first.map(\.rule), lookup.place.file)) before them") }
      if !second.isEmpty { parts.append("\(names(second.map(\.rule), lookup.place.file)) after them") }
      let file = lookup.lookup?.file.value ?? ""
      return Finding(
        .note, lookup.place,
        "rows of \(file) share events with rules that name other owners, and the first wins: "
          + parts.joined(separator: "; "), examples: [example])
    }
  }

  private func lookups(_ rules: [RuleDraft]) -> [RuleDraft] {
    rules.flatMap { ($0.lookup == nil ? [] : [$0]) + lookups($0.rules) }
  }

  private func names(_ rules: [Int32], _ file: String) -> String {
    var seen: Set<String> = []
    let places = rules.map { tree.rules[Int($0)].place }.filter { seen.insert($0.path).inserted }
    return ProofWording.names(places, in: file)
  }

  // MARK: Rules

  /// One note for each pair; a pair inside one table is left out, as its rows are read in their order.
  func ofRules() -> [Finding] {
    var notes: [Finding] = []
    for later in tree.numbers where isAlive(later) {
      for earlier in rivals(of: later) {
        let table = tree.rules[Int(later)].table
        if table != nil, table == tree.rules[Int(earlier)].table { continue }
        guard let overlap = overlap(later, earlier) else { continue }
        let place = tree.rules[Int(later)].place
        let other = tree.rules[Int(overlap.earlier)]
        notes.append(
          Finding(
            .note, place,
            "\(ProofWording.name(other.place, in: place.file)) stands before it and takes some of what it matches: \(overlap.example.owner) owns that, not \(tree.rules[Int(later)].team)",
            examples: [overlap.example]))
      }
    }
    return notes
  }

  // MARK: Pairs

  private func isAlive(_ rule: Int32) -> Bool {
    switch standings.standings[Int(rule)] {
    case .decides, .refined: true
    case .shadowed, .unmatched, .inside, .undecided: false
    }
  }

  private func rivals(of rule: Int32) -> [Int32] {
    guard budget.spend(0) else { return [] }
    return Set(standings.proofs.flatMap { $0.rivals(of: rule, inside: false) }).sorted()
  }

  /// Of the earlier rule and those inside it, the first that decides about events of the later one under another team.
  private func overlap(_ later: Int32, _ earlier: Int32) -> Overlap? {
    let team = tree.rules[Int(later)].team
    for winner in within(earlier) where tree.rules[Int(winner)].team != team && isAlive(winner) {
      for proof in standings.proofs {
        guard budget.spend(20), let region = proof.event(of: later, takenBy: winner, decides: true) else {
          continue
        }
        let path = tree.rules[Int(winner)].place.path
        let example = witnessing.smallest(region, proof.universe) { answer in
          answer.rule == path && answer.matches(later)
        }
        if let example { return Overlap(later: later, earlier: winner, example: example) }
      }
    }
    return nil
  }

  private func within(_ rule: Int32) -> [Int32] { [rule] + tree.inner(of: rule).flatMap(within) }
}
