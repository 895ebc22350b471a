// Owns the law that delegation.yaml says what its document holds: written and read again, nothing is lost or added.
import Events
import Testing

@testable import Policy

@Suite struct DelegationReadingProperties {
  @Test(arguments: UInt64(1)...120) func whatIsWrittenOfADocumentIsReadAsTheSameDocument(_ seed: UInt64)
    throws
  {
    var random = RandomDelegation(seed: seed)
    let delegation = random.make()
    let findings = Findings()
    let text = DelegationText.file(delegation)
    let sample = Sample([DelegationFile.name: text, PeopleFile.name: DelegationSample.people])
    var draft = PolicyLoader.parse(sample.files.map { SourceFile(name: $0.key, text: $0.value) }, findings)
    PolicyLoader.fillDefaults(&draft)
    PolicyLoader.validate(draft, findings)
    #expect(findings.sorted.map(\.description) == [], "\(text)")
    var read = PolicyDocument.Delegation(try #require(draft.delegation))
    #expect(Set(read.zones.keys) == Set(delegation.budgets.map(\.zone)), "each clock is there")
    read.zones = [:]
    RandomDelegation.forgetPlaces(&read)
    #expect(read == delegation, "\(text)")
  }
}

/// Sound by itself, part by part; what parts are to each other is left to chance.
private struct RandomDelegation {
  private typealias Delegation = PolicyDocument.Delegation
  private var random: SeededGenerator
  private static let nowhere = PolicyDocument.Position(file: "", line: 0)

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static func forgetPlaces(_ delegation: inout PolicyDocument.Delegation) {
    for index in delegation.actions.indices { delegation.actions[index].at = nowhere }
    for index in delegation.budgets.indices { delegation.budgets[index].at = nowhere }
    for index in delegation.grants.indices { delegation.grants[index].at = nowhere }
    for index in delegation.approvers.indices { delegation.approvers[index].at = nowhere }
    for index in delegation.limits.indices { delegation.limits[index].at = nowhere }
    for index in delegation.rates.indices { delegation.rates[index].at = nowhere }
    for index in delegation.keys.indices { delegation.keys[index].at = nowhere }
  }

  mutating func make() -> PolicyDocument.Delegation {
    var delegation = PolicyDocument.Delegation()
    delegation.actions = (0..<count(1...4)).map { action("action-\($0)") }
    delegation.budgets = (0..<count(1...5)).map { budget("budget-\($0)") }
    delegation.grants = (0..<count(0...5)).map { _ in grant() }
    delegation.approvers = (0..<count(0...4)).map { _ in approver() }
    delegation.limits = (0..<count(0...4)).map { _ in limit() }
    delegation.split.within = time(0...40_000)
    delegation.split.byCause = random.once(in: 2)
    delegation.split.byCase = random.once(in: 2)
    delegation.split.byPerson = random.once(in: 2) || !delegation.split.byCase && !delegation.split.byCause
    delegation.rates = (0..<count(0...3)).map { rate(day: 20_000 + $0) }
      .sorted { ($0.from, $0.to, $0.since) < ($1.from, $1.to, $1.since) }
    delegation.keys = (0..<count(0...3)).map { key("key-\($0)") }
    return delegation
  }

  private mutating func count(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
  private mutating func time(_ minutes: ClosedRange<Int64>) -> Int64 {
    .random(in: minutes, using: &random) * 60_000
  }

  /// Small ones as often as large ones.
  private mutating func odd(below most: Int64) -> Int64 {
    let number = Int64.random(in: 1...most - 1, using: &random)
    return number >> Int64.random(in: 0...45, using: &random) | 1
  }

  private mutating func money() -> PolicyDocument.Money {
    .init(
      minor: odd(below: MoneyText.largest),
      currency: random.pick(Currency.codes))
  }

  private mutating func maybe(_ values: [String]) -> [String] {
    random.once(in: 2) ? [] : random.some(values, most: values.count)
  }

  private mutating func templates() -> [String] {
    maybe(["repairs-{site}", "{team}", "pot", "{site}-{team}"])
  }

  private mutating func action(_ id: String) -> Delegation.Action {
    Delegation.Action(
      at: Self.nowhere, id: id, name: random.pick(["A name", id]), needs: maybe(["photo", "invoice"]),
      from: templates(), closesCase: random.once(in: 2), signed: random.once(in: 2),
      validFor: time(1...100_000),
      referFor: time(1...40_000), ceiling: random.once(in: 2) ? money() : nil)
  }

  private mutating func budget(_ id: String) -> Delegation.Budget {
    let windows: [Delegation.Budget.Window] = [
      .sliding(days: count(1...366)), .day, .week, .month, .quarter, .year,
    ]
    return Delegation.Budget(
      at: Self.nowhere, id: id, root: random.pick(["site/lyon-1", "team/billing"]), limit: money(),
      window: random.pick(windows),
      per: random.pick([nil] + Delegation.Budget.Holder.allCases.map(Optional.some)),
      overdraft: random.once(in: 2) ? 0 : .random(in: 1...1_000_000, using: &random),
      zone: random.pick(["Europe/Paris", "UTC", "Asia/Tokyo"]))
  }

  private mutating func grant() -> Delegation.Grant {
    Delegation.Grant(
      at: Self.nowhere, role: random.pick(["housekeeper", "director"]),
      actions: random.some(["action-0", "x"], most: 2),
      sites: maybe(["lyon-1", "geneva-1"]), teams: maybe(["care", "billing"]),
      priorities: random.once(in: 2) ? [] : random.some([1, 2, 3, 4], most: 4), journeys: maybe(["stay"]),
      segments: maybe(["vip", "very important"]), states: maybe(CaseStatus.allCases.map(\.wire.string)),
      upTo: money(),
      from: templates(), needs: maybe(["photo"]))
  }

  private mutating func approver() -> Delegation.Approver {
    Delegation.Approver(
      at: Self.nowhere, role: random.pick(["duty-manager", "director"]),
      team: random.pick([nil, "owner", "care"]),
      actions: maybe(["action-0", "x"]), upTo: random.once(in: 2) ? money() : nil, from: templates())
  }

  private mutating func limit() -> Delegation.Limit {
    let scope = random.pick(Delegation.Limit.Scope.allCases)
    return Delegation.Limit(
      at: Self.nowhere, scope: scope, actions: maybe(["action-0"]), upTo: money(),
      within: scope == .perCase && random.once(in: 2) ? 0 : time(1...500_000))
  }

  private mutating func rate(day: Int) -> Delegation.Rate {
    let from = random.pick(["EUR", "JPY"])
    return Delegation.Rate(
      at: Self.nowhere, from: from, to: random.pick(["CHF", "KWD"]),
      billionths: odd(below: 999_999_999_999_999_999),
      since: Int64(day) * 86_400_000)
  }

  private mutating func key(_ id: String) -> Delegation.Key {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let text =
      String((0..<42).map { _ in random.pick(digits) }) + String(random.pick(Array("AEIMQUYcgkosw048")))
    return Delegation.Key(
      at: Self.nowhere, id: id, person: random.pick([nil, "maid-1"]), publicKey: text,
      from: random.once(in: 2) ? 0 : 20_000 * 86_400_000, until: random.once(in: 2) ? 0 : 20_500 * 86_400_000)
  }
}
