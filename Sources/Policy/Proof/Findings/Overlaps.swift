// Owns saying where two rules match the same events and name different owners, so that their order decides.
import Events

/// By design the first rule wins; an author who moves a rule or a table wants to know whose events move.
struct Overlaps {
  private let standings: Standings
  private let draft: PolicyDraft
  private let witnessing: Witnessing
  private var tree: RuleTree { standings.tree }

  /// Beyond this many earlier rules no more are looked at for one rule.
  private static let looked = 64

  init(_ standings: Standings, _ draft: PolicyDraft, _ witnessing: Witnessing) {
    self.standings = standings
    self.draft = draft
    self.witnessing = witnessing
  }

  /// A rule, an earlier one (or one inside it) that takes some of its events for another owner, and such an event.
  private struct Overlap {
    var later: Int32
    var earlier: Int32
    var kind: EventKind
    var event: Region
  }

  // MARK: Tables

  /// One note for each table that shares events with rules outside it.
  func ofTables() -> [Finding] {
    let lookups = lookups(draft.ownership.rules)
    if lookups.isEmpty { return [] }
    var before: [String: [Overlap]] = [:]
    var after: [String: [Overlap]] = [:]
    var seen: Set<[String]> = []
    for later in tree.numbers where isAlive(later) {
      for earlier in rivals(of: later) {
        let tables = (earlier: tree.rules[Int(earlier)].table, later: tree.rules[Int(later)].table)
        guard tables.earlier != tables.later else { continue }
        let pair = [
          tables.earlier ?? tree.rules[Int(earlier)].place.path,
          tables.later ?? tree.rules[Int(later)].place.path,
        ]
        guard !seen.contains(pair), let overlap = overlap(later, earlier) else { continue }
        seen.insert(pair)
        if let table = tables.later { before[table, default: []].append(overlap) }
        if let table = tables.earlier { after[table, default: []].append(overlap) }
      }
    }
    return lookups.compactMap { lookup in
      note(lookup, before[lookup.place.path] ?? [], after[lookup.place.path] ?? [])
    }
  }

  private func note(_ lookup: RuleDraft, _ before: [Overlap], _ after: [Overlap]) -> Finding? {
    let examples = (after + before).prefix(4).compactMap(example).prefix(1)
    if examples.isEmpty { return nil }
    var parts: [String] = []
    if !before.isEmpty { parts.append("\(names(before.map(\.earlier), lookup.place.file)) before them") }
    if !after.isEmpty { parts.append("\(names(after.map(\.later), lookup.place.file)) after them") }
    return Finding(
      .note, lookup.place,
      "rows of \(lookup.lookup?.file.value ?? "") share events with rules that name other owners, and the first "
        + "wins: \(parts.joined(separator: "; "))", examples: Array(examples))
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

  /// One note for each rule of which earlier ones take some; rows of one table stand in their order by themselves.
  func ofRules() -> [Finding] {
    tree.numbers.filter(isAlive).compactMap { later in
      let table = tree.rules[Int(later)].table
      let overlaps = rivals(of: later).filter { table == nil || table != tree.rules[Int($0)].table }
        .prefix(Self.looked).compactMap { overlap(later, $0) }
      let examples = overlaps.prefix(3).compactMap(example)
      if examples.isEmpty { return nil }
      let place = tree.rules[Int(later)].place
      let verb = overlaps.count == 1 ? "stands before it and takes" : "stand before it and take"
      return Finding(
        .note, place,
        "\(names(overlaps.map(\.earlier), place.file)) \(verb) some of what it matches, for another owner than \(tree.rules[Int(later)].team)",
        examples: examples)
    }
  }

  // MARK: Pairs

  private func isAlive(_ rule: Int32) -> Bool {
    switch standings.standings[Int(rule)] {
    case .decides, .refined: true
    case .shadowed, .unmatched, .inside, .undecided: false
    }
  }

  private func rivals(of rule: Int32) -> [Int32] {
    Set(standings.proofs.flatMap { $0.rivals(of: rule, inside: false) }).sorted()
  }

  /// Of the earlier rule and those inside it, the first that decides about events of the later one under another team.
  private func overlap(_ later: Int32, _ earlier: Int32) -> Overlap? {
    let team = tree.rules[Int(later)].team
    for winner in within(earlier) where tree.rules[Int(winner)].team != team && isAlive(winner) {
      for proof in standings.proofs {
        guard let event = proof.event(of: later, takenBy: winner, decides: true) else { continue }
        return Overlap(later: later, earlier: winner, kind: proof.universe.kind, event: event)
      }
    }
    return nil
  }

  private func example(_ overlap: Overlap) -> FindingExample? {
    let path = tree.rules[Int(overlap.earlier)].place.path
    return witnessing.smallest(overlap.event, standings.proof(of: overlap.kind).universe) { answer in
      answer.rule == path && answer.matches(overlap.later)
    }
  }

  private func within(_ rule: Int32) -> [Int32] { [rule] + tree.inner(of: rule).flatMap(within) }
}
