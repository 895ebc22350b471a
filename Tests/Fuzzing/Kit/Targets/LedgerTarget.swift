// Owns the target `ledger`: claims, acts, time, policies and damage through delegation's engine over a store of bytes.
import Delegation
import Events
import Policy
import StateBytes

final class LedgerTarget: FuzzTarget {
  static let name = "ledger"
  static let summary =
    "claims, acts, time and damaged state through delegation's engine: the books balance, or the task stops"
  static let share = 40
  static let batch = 2_000

  private let inputs = EventInputs()
  private let decoder = ClaimDecoder()
  private let encoder = ClaimEncoder()
  private let policies: LedgerPolicies
  private let people: [String]

  init() throws {
    guard let document = PolicyLoader.check(files: Corpus.policy).document, let rules = document.delegation
    else {
      throw SetupError(description: "Config/policy is refused, or has no delegation.yaml")
    }
    policies = LedgerPolicies(document)
    let roles = Set(rules.grants.map(\.role) + rules.approvers.map(\.role))
    people = document.people.filter { roles.contains($0.role) }.map(\.id) + ["nobody"]
  }

  // MARK: Inputs

  static let currencies = ["EUR", "CHF", "JPY", "KWD", "USD"]
  private static let cases = (1...3).map { "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-\($0)" }
  private static let acts = [
    "approve", "approve", "decline", "cancel", "settle", "settle", "return", "return",
  ]
  /// Which budgets a claim of a site names; those of the second stand under another root.
  private static let pots = [
    "refund": ["goodwill-lyon-1"], "upgrade": ["goodwill-lyon-1"], "waive": ["goodwill-lyon-1"],
    "engage-repair": ["repairs-lyon-1"],
    "voucher": ["vouchers-lyon-1", "goodwill-lyon-1"],
  ]

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    var input = FuzzInput()
    // Most trials are of what a task can get: records that are claims, under a policy that a file can state.
    let isPlain = !random.once(in: 3)
    // Few people, so that they meet each other.
    let few = (0..<4).map { _ in random.pick(people) }
    var claims: [String] = []
    if random.once(in: 2) { input.add("policy", "\(random.below(LedgerPolicies.count))") }
    for _ in 0...random.below(30) {
      switch random.below(16) {
      case 0, 1, 2: input.add(random.once(in: 4) ? "late" : "time", "\(length(&random, isPlain: isPlain))")
      case 3 where random.once(in: 2): input.add("policy", "\(random.below(LedgerPolicies.count))")
      case 4 where !isPlain && random.once(in: 4):
        input.add("damage", "\(random.below(1 << 30)) \(random.byte())")
      case 5 where !isPlain && random.once(in: 4):
        input.add("entry", "\(random.below(1 << 30))")
        input.add("bytes", entry(&random))
      default: add(to: &input, &claims, few, isPlain: isPlain, &random)
      }
    }
    return input
  }

  private func add(
    to input: inout FuzzInput, _ claims: inout [String], _ few: [String], isPlain: Bool,
    _ random: inout FuzzRandom
  ) {
    var line = ClaimLine()
    line[.person] = random.pick(random.once(in: 3) ? people : few)
    line[.owner] = random.pick(["front-desk", "billing", "building-technique"])
    line[.site] = random.once(in: 8) ? random.pick(["", "geneva-1", "nowhere"]) : "lyon-1"
    line[.root] = random.once(in: 20) ? "team/billing" : "site/lyon-1"
    line[.priority] = "\(1 + random.below(4))"
    line[.currency] = random.once(in: 3) ? random.pick(Self.currencies) : "EUR"
    line[.minor] = "\(amount(&random, isPlain: isPlain))"
    if claims.isEmpty || random.once(in: 2) {
      line[.kind] = "request"
      line[.caseID] = random.pick(Self.cases)
      line[.claim] = "\(line[.caseID])-r\(claims.count + 1)"
      line[.action] = random.once(in: 20) ? "nothing" : random.pick(Self.pots.keys.sorted())
      line[.evidence] = random.once(in: 4) ? "" : "photo;invoice"
      line[.budgets] = (Self.pots[line[.action]] ?? []).joined(separator: ";")
      if random.once(in: 12) {
        line[.budgets] = random.pick(["", "reserve-lyon-1", "gone", "refunds-billing"])
      }
      claims.append(line[.claim])
    } else {
      line[.kind] = random.pick(Self.acts)
      line[.claim] = random.pick(random.once(in: 3) ? claims : claims.suffix(3))
      line[.caseID] = line[.claim].split(separator: "-r").first.map(String.init) ?? "c-1"
      if random.once(in: 2) { line[.minor] = "0" }
    }
    guard isPlain || random.once(in: 2) else {
      strange(&line, &random)
      return input.add("line", line.bytes)
    }
    input.add("claim", value(line, &random))
  }

  /// The record of a line, now and then changed.
  private func value(_ line: ClaimLine, _ random: inout FuzzRandom) -> [UInt8] {
    let scratch = Scratch()
    var claim = line.claim(scratch)
    claim.id = "claim-0-1"
    claim.occurredAt = LedgerTrial.start
    claim.at = LedgerTrial.start
    claim.epoch = 1
    let bytes = Array(encoder.encode(claim).value)
    guard random.once(in: 5), var tree = JSONTree(bytes) else { return bytes }
    inputs.json.mutate(&tree, with: tree, &random)
    return inputs.json.bytes(tree, &random)
  }

  private func amount(_ random: inout FuzzRandom, isPlain: Bool) -> Int64 {
    if random.once(in: 8) {
      return random.pick([1, 1_000_000_000_000_000, 9_007_199_254_740_991, isPlain ? 99 : .max])
    }
    if !isPlain, random.once(in: 8) { return random.pick([.min, .min + 1, -1, 0, .max - 1, 1 << 62]) }
    return Int64(1 + random.below(random.once(in: 3) ? 60_000 : 16_000))
  }

  /// Milliseconds.
  private func length(_ random: inout FuzzRandom, isPlain: Bool) -> Int64 {
    let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)
    switch random.below(12) {
    case 0: return Int64(random.below(3))
    case 1: return Int64(random.below(100_000)) * day
    case 2 where !isPlain && random.once(in: 3): return random.pick([.max, -hour, -1_000 * day, .min])
    case 3...6: return Int64(random.below(60)) * day + Int64(random.below(24)) * hour
    default: return Int64(random.below(40)) * hour / 2 + Int64(random.below(2))
    }
  }

  private func strange(_ line: inout ClaimLine, _ random: inout FuzzRandom) {
    guard random.once(in: 2) else { return }
    let field = random.pick(ClaimLine.Field.allCases)
    switch random.below(4) {
    case 0: line[field] = random.pick(Edges.numbers + Edges.characters)
    case 1: line.replace(field, random.pick(Edges.invalid))
    case 2:
      line[field] = String(repeating: random.pick(["a", ";", "é", "-r1"]), count: random.pick(Edges.lengths))
    default: line[field] = ""
    }
  }

  /// What may stand in the state: bytes out of nothing that begin as a value does.
  private func entry(_ random: inout FuzzRandom) -> [UInt8] {
    let count = random.once(in: 8) ? random.below(400) : random.below(40)
    let likely: [UInt8] = [0, 1, 2, 3, 4, 0x7F, 0x80, 0xFE, 0xFF]
    let bytes = (0..<count).map { _ in random.once(in: 2) ? random.pick(likely) : random.byte() }
    return random.once(in: 6) ? bytes : [2, 1] + bytes
  }

  // MARK: Trials

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    var trial = LedgerTrial(policies.variant(0))
    var place = 0
    for part in input.parts {
      var step = LedgerTrial.Step.ignored
      switch part.name {
      case "policy": trial.adopt(policies.variant(Self.number(part)))
      case "time", "late": step = try trial.pass(Int64(Self.text(part)) ?? 0, isLate: part.name == "late")
      case "damage":
        let words = Self.text(part).split(separator: " ")
        if let place = words.first.flatMap({ Int($0) }), let byte = words.last.flatMap({ UInt8($0) }) {
          trial.damage(place: place, byte: byte)
        }
      case "entry": place = Self.number(part)
      case "bytes": trial.damage(place: place, value: part.bytes)
      case "claim": step = try trial.hear(part.bytes, decoder)
      default: step = try trial.hear(ClaimLine(part.bytes))
      }
      if step == .stopped { return "the task stops" }
    }
    try trial.end()
    return Self.order.first(where: trial.answers.contains).map { "\($0)" } ?? "no claim"
  }

  /// The furthest that any claim of a trial came.
  private static let order: [Events.Delegation.Answer] = [
    .returned, .settled, .lapsed, .approved, .expired, .cancelled, .referred, .declined, .refused,
  ]

  private static func text(_ part: FuzzInput.Part) -> String { String(decoding: part.bytes, as: UTF8.self) }
  private static func number(_ part: FuzzInput.Part) -> Int { Int(text(part)) ?? 0 }
}
