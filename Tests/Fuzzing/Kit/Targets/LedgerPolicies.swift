// Owns the policies that a trial of the ledger changes between: the shipped one with other amounts, windows and people.
import Policy

/// Policies by their number, each compiled once.
final class LedgerPolicies {
  struct Variant {
    let policy: CompiledPolicy
    /// Whether every amount is one that a policy's file can state.
    let isStatable: Bool
  }

  static let count = 24
  private let shipped: PolicyDocument
  private var made: [Int: Variant] = [:]

  init(_ shipped: PolicyDocument) { self.shipped = shipped }

  /// 0 is the shipped policy, 1 has no delegation.yaml, every fifth has amounts at the ends of 64 bits.
  func variant(_ number: Int) -> Variant {
    let number = Int(UInt(bitPattern: number) % UInt(Self.count))
    if let variant = made[number] { return variant }
    var random = FuzzRandom(seed: UInt64(number))
    let isStatable = number % 5 != 4
    var document = shipped
    if number == 1 { document.delegation = nil }
    if number > 1 { Self.change(&document, isStatable ? Self.statable : Self.extreme, &random) }
    let variant = Variant(policy: CompiledPolicy(document), isStatable: isStatable)
    made[number] = variant
    return variant
  }

  /// Most are amounts that requests of a trial come up to.
  private static let statable: [Int64] = [
    0, 1, 100, 5_000, 8_000, 15_000, 25_000, 60_000, 200_000, 1_000_000_000_000_000,
  ]
  private static let extreme: [Int64] = [0, 1, 15_000, 1 << 53, .max - 1, .max]

  private static func change(
    _ document: inout PolicyDocument, _ amounts: [Int64], _ random: inout FuzzRandom
  ) {
    guard var rules = document.delegation else { return }
    for index in rules.budgets.indices {
      rules.budgets[index].limit.minor = random.pick(amounts)
      rules.budgets[index].overdraft = random.pick(amounts)
      rules.budgets[index].window = random.pick([.sliding(days: 1), .sliding(days: 366), .day, .week, .month])
      if random.once(in: 4) { rules.budgets[index].window = random.pick([.quarter, .year]) }
      if random.once(in: 4) {
        rules.budgets[index].per = random.pick([.person, .role, .team, .site, .cause])
      }
      if random.once(in: 9) { rules.budgets[index].limit.currency = random.pick(LedgerTarget.currencies) }
    }
    rules.budgets.removeAll { _ in random.once(in: 12) }
    for index in rules.grants.indices {
      rules.grants[index].upTo.minor = random.pick(amounts)
      if random.once(in: 6) { rules.grants[index].upTo.currency = random.pick(LedgerTarget.currencies) }
    }
    for index in rules.approvers.indices where random.once(in: 2) {
      rules.approvers[index].upTo?.minor = random.pick(amounts)
    }
    let lengths: [Int64] = [60_000, 3_600_000, 86_400_000, 35 * 86_400_000, 400 * 86_400_000]
    for index in rules.actions.indices {
      rules.actions[index].validFor = random.pick(lengths)
      rules.actions[index].referFor = random.pick(lengths)
      if random.once(in: 3) { rules.actions[index].ceiling = nil }
    }
    rules.split.within = random.pick(lengths)
    rules.split.byPerson = random.once(in: 2)
    rules.split.byCase = !random.once(in: 3)
    rules.split.byCause = random.once(in: 4)
    let rates: [Int64] =
      amounts.contains(.max) ? [1, .max] : [1, 6_100_000, 1_043_200_000, 999_999_999_999_999_999]
    for (from, to) in [("CHF", "EUR"), ("EUR", "CHF"), ("JPY", "EUR"), ("KWD", "EUR"), ("EUR", "JPY")] {
      guard !random.once(in: 4) else { continue }
      guard var rate = rules.rates.first else { continue }
      (rate.from, rate.to, rate.billionths, rate.since) = (from, to, random.pick(rates), 0)
      rules.rates.append(rate)
    }
    document.delegation = rules
    let names = document.people.map(\.id)
    for index in document.people.indices where random.once(in: 8) {
      document.people[index].absentFrom = LedgerTrial.start + Int64(random.below(20)) * 86_400_000
      document.people[index].absentUntil =
        document.people[index].absentFrom + Int64(random.below(30)) * 86_400_000
      document.people[index].delegate = random.pick(names)
    }
  }
}
