// Owns a life by chance: who asks for what, who says yes, what is paid, how time passes, how the policy changes.
import Events
import Policy

struct RandomLife {
  private var seed: Seed
  private var claims: [String] = []
  /// Who asked for what.
  private var askers: [String: String] = [:]
  private let changesPolicy: Bool
  private let people: [String]
  private let cases = (1...6).map { "case-\($0)" }
  private static let currencies = ["EUR", "EUR", "EUR", "CHF", "JPY", "KWD", "USD"]

  private static let acts: [Claim.Kind] = [
    .approve, .approve, .decline, .cancel, .settle, .settle, .settle, .giveBack,
  ]

  init(seed: UInt64, changesPolicy: Bool = true) {
    self.seed = Seed(seed)
    self.changesPolicy = changesPolicy
    people = Sample.directory.map(\.id) + ["nobody"]
  }

  static func sample(_ seed: inout Seed) throws -> Sample {
    var sample = try Sample()
    sample.delegation.rates = [
      Sample.rate("JPY", "EUR", 6_100_000), Sample.rate("KWD", "EUR", 3_000_000_000),
      Sample.rate("CHF", "EUR", 1_050_000_000),
    ]
    sample.delegation.split.byCause = seed.once(in: 4)
    sample.delegation.split.within = Int64(1 + seed.below(48)) * Sample.hour
    sample.delegation.grants[0].upTo = Sample.euros(Int64(50 + seed.below(150)))
    for index in sample.delegation.budgets.indices {
      sample.delegation.budgets[index].limit.minor = Int64(5_000 + seed.below(60_000))
      sample.delegation.budgets[index].window =
        seed.one(of: [.sliding(days: 1 + seed.below(9)), .day, .week, .month]) ?? .day
    }
    return sample
  }

  static func absences(_ sample: inout Sample, _ seed: inout Seed) {
    for index in sample.people.indices where seed.once(in: 3) {
      sample.people[index].absentFrom = Sample.monday + Int64(seed.below(200)) * Sample.hour
      sample.people[index].absentUntil =
        sample.people[index].absentFrom + Int64(seed.below(100)) * Sample.hour
      sample.people[index].delegate = sample.people[seed.below(8)].id
    }
  }

  /// One step; what was said in it.
  mutating func step(_ till: Till) throws -> [Said] {
    switch seed.below(20) {
    case 0..<8: return [ask(till)]
    case 8..<15: return act(till)
    case 15..<18: return till.advance(by: Int64(seed.below(30)) * Sample.hour / 2 + Int64(seed.below(3)))
    case 18: till.oversleep(by: Int64(seed.below(60)) * Sample.hour)
    default:
      guard changesPolicy else { return [] }
      var sample = try Self.sample(&seed)
      Self.absences(&sample, &seed)
      till.adopt(sample)
    }
    return []
  }

  private mutating func ask(_ till: Till) -> Said {
    let action = seed.one(of: ["refund", "refund", "repair", "voucher", "nothing"]) ?? "refund"
    let currency = seed.one(of: Self.currencies) ?? "EUR"
    let minor = Int64(seed.below(seed.once(in: 5) ? 60_000 : 16_000)) - (seed.once(in: 40) ? 20_000 : 0)
    let person = seed.one(of: people) ?? "rita"
    let said = till.ask(
      action, minor: minor, currency, by: person, on: seed.one(of: cases) ?? "case-1",
      evidence: seed.once(in: 5) ? [] : ["photo"])
    askers[said.claim] = person
    claims.append(said.claim)
    return said
  }

  private mutating func act(_ till: Till) -> [Said] {
    // Mostly about what is recent.
    guard let claim = seed.one(of: seed.once(in: 4) ? claims : claims.suffix(6)) else { return [] }
    let kind = seed.one(of: Self.acts) ?? .settle
    let minor = seed.once(in: 3) ? Int64(seed.below(20_000)) - 100 : 0
    let anybody = seed.once(in: 8) ? "" : seed.one(of: people) ?? "dora"
    let by = seed.once(in: 4) ? askers[claim] ?? anybody : anybody
    return [till.act(kind, claim, minor: minor, by: by)]
  }
}
