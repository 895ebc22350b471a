// Owns a life by chance of people who stand in for each other, under grants that pay from whatever pots: what is asked for
// by one policy is answered by another one now and then.
import Events
import Policy

@testable import Delegation

/// Judges every approval by the text of the policy alone.
struct StandInLife {
  private(set) var faults: [String] = []
  private(set) var approvals = 0
  private(set) var inTheNameOfOthers = 0
  private var seed: Seed
  private let till: Till
  private var sample: Sample
  private var asked: [String: [String]] = [:]

  private static let roles = ["receptionist", "housekeeper", "duty-manager", "site-director"]
  private static let people = ["rita", "remo", "mia", "dora", "sven", "sara"]
  private static let pots = ["a", "b", "c", "own-{site}", "own-{team}"]

  init(seed number: UInt64, bugs: PlantedDelegationBugs = []) throws {
    seed = Seed(number)
    sample = try Sample()
    // Budgets keep their root and their holders, whatever the policy says beside.
    let ids = ["a", "b", "c", "own-lyon-1", "own-front-desk", "own-housekeeping"]
    sample.delegation.budgets = []
    for id in ids {
      sample.delegation.budgets.append(
        Sample.budget(
          id, line: 50, Sample.euros(Int64(200 + seed.below(3_000))), .week,
          per: seed.one(of: [nil, nil, .person, .role, .team]) ?? nil))
    }
    Self.change(&sample, &seed)
    till = try Till(sample, bugs: bugs)
  }

  private static func change(_ sample: inout Sample, _ seed: inout Seed) {
    func from(_ seed: inout Seed) -> [String] {
      var from: [String] = []
      for _ in 0..<seed.below(3) {
        guard let pot = seed.one(of: pots), !from.contains(pot) else { continue }
        from.append(pot)
      }
      return from
    }
    for index in sample.delegation.actions.indices {
      sample.delegation.actions[index].from = from(&seed)
      sample.delegation.actions[index].needs = []
    }
    sample.delegation.grants = (0..<4 + seed.below(8)).map { number in
      var grant = Sample.grant(
        seed.one(of: roles) ?? "", line: 100 + number, actions: seed.once(in: 2) ? [] : ["voucher"],
        Sample.euros(Int64(20 + seed.below(300))))
      grant.from = from(&seed)
      return grant
    }
    sample.delegation.approvers = [
      Sample.approver("duty-manager", line: 10, Sample.euros(500)),
      Sample.approver("finance-director", line: 11, nil, from: ["a"]),
    ]
    sample.delegation.split.within = Int64(seed.below(4)) * Sample.hour
    for index in sample.people.indices {
      sample.people[index].absentFrom = 0
      sample.people[index].absentUntil = 0
      sample.people[index].delegate = people[seed.below(people.count)]
      guard people.contains(sample.people[index].id), !seed.once(in: 3) else { continue }
      sample.people[index].absentFrom = Sample.monday + Int64(seed.below(40)) * Sample.hour
      sample.people[index].absentUntil =
        sample.people[index].absentFrom + Int64(seed.below(60)) * Sample.hour
    }
  }

  mutating func live(steps: Int) {
    for _ in 0..<steps {
      till.advance(by: Int64(seed.below(3)) * Sample.hour / 2)
      ask()
    }
  }

  /// Asks as casework does, by the policy that it has; the one that answers may be the next.
  private mutating func ask() {
    let till = self.till
    let rules = till.policy.delegation
    let id = seed.one(of: Self.people) ?? ""
    let word = seed.one(of: ["refund", "voucher"]) ?? ""
    let site = seed.one(of: ["lyon-1", "lyon-1", ""]) ?? ""
    let money = Money(minor: Int64(1 + seed.below(25_000)), currency: "EUR")
    guard let person = till.policy.casework.person(till.keep(id)),
      let action = rules.action(till.keep(word))
    else { return }
    var facts = GrantFacts()
    facts.action = action.id
    facts.site = till.keep(site)
    let all = rules.authorities(of: person, facts, till.policy.casework, at: till.now)
    let authority = rules.authority(of: all, for: action, money, at: till.now)
    guard
      case .budgets(let budgets) = rules.budgets(
        for: action, by: authority, of: person, site: facts.site)
    else { return }
    let (ids, path) = (budgets.map(\.id.string), authority?.grant.path.string ?? "")
    if seed.once(in: 6) {
      Self.change(&sample, &seed)
      till.adopt(sample)
    }
    let said = till.ask(
      word, minor: money.minor, by: id, on: "case-\(seed.below(40))", budgets: ids
    ) {
      $0.site = till.keep(site)
      $0.grant = till.keep(path)
    }
    asked[said.claim] = ids
    judge(said, word, site)
    guard said.answer == .referred, let yes = said.canSayYes.first?.people.first else { return }
    judge(till.act(.approve, said.claim, by: yes), word, site)
  }

  private mutating func judge(_ said: Said, _ word: String, _ site: String) {
    guard said.answer == .approved else { return }
    approvals += 1
    let whose = said.requesterFor.isEmpty ? said.requester : said.requesterFor
    guard let holder = sample.people.first(where: { $0.id == whose }),
      let action = sample.delegation.actions.first(where: { $0.id == word })
    else { return fault(said, "names nobody, or nothing") }
    var expected = asked[said.claim] ?? []
    if let grant = sample.delegation.grants.first(where: { "delegation.yaml:\($0.at.line)" == said.grant }) {
      if !said.requesterFor.isEmpty { inTheNameOfOthers += 1 }
      let isAway = holder.absentFrom <= said.at && said.at < holder.absentUntil
      if isAway == said.requesterFor.isEmpty { fault(said, "\(whose) is away, or is not") }
      if grant.role != holder.role { fault(said, "\(grant.role) is not the role of \(whose)") }
      expected = (grant.from.isEmpty ? action.from : grant.from).map {
        $0.replacing("{site}", with: site.isEmpty ? holder.site ?? "" : site)
          .replacing("{team}", with: holder.team)
      }
    } else if said.grant == "delegation.yaml:11" {
      let whose = said.deciderFor.isEmpty ? said.decider : said.deciderFor
      let decider = sample.people.first { $0.id == whose }
      return compare(said, pots(["a"], decider ?? holder))
    }
    compare(said, pots(expected, holder))
  }

  private mutating func compare(_ said: Said, _ expected: [String]) {
    let held = Set(said.movements.map(\.budget))
    if held != Set(expected) { fault(said, "holds \(held.sorted()), its grant pays from \(expected)") }
  }

  private func pots(_ ids: [String], _ holder: PolicyDocument.Person) -> [String] {
    ids.map { id in
      switch sample.delegation.budgets.first(where: { $0.id == id })?.per {
      case .person: "\(id)/\(holder.id)"
      case .role: "\(id)/\(holder.role)"
      case .team: "\(id)/\(holder.team)"
      default: id
      }
    }
  }

  private mutating func fault(_ said: Said, _ text: String) {
    faults.append("\(said.id) by \(said.requester), \(said.grant): \(text)")
  }
}
