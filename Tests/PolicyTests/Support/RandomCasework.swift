// Owns random ladders and numbers of cases: sound ones, of every form that there is.
import Events

@testable import Policy

struct RandomCasework {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed &* 0x2545_F491_4F6C_DD1D) }

  mutating func fill(_ document: inout PolicyDocument) {
    var ladders: [PolicyDocument.Ladder] = (0..<Int.random(in: 0...2, using: &random)).map {
      ladder("ladder-\($0)")
    }
    if random.once(in: 2) {
      ladders.append(ladder("standard"))
      ladders.shuffle(using: &random)
    } else {
      ladders.append(.standard)
    }
    document.ladders = ladders
    for index in document.teams.indices where document.teams[index].subcontractorOf == nil {
      if random.once(in: 2) { document.teams[index].ladder = random.pick(ladders).id }
    }
    document.cases = cases()
  }

  mutating func ladder(_ id: String) -> PolicyDocument.Ladder {
    let clocks = (0..<4).map { _ in someClocks() }
    var rungs: [RungRules] = []
    // A clock that one of the priorities lacks has no rung.
    let conditions: [RungRules.Condition] = [.acknowledged, .responded, .resolved].filter { condition in
      clocks.allSatisfy { clocks in
        switch condition {
        case .acknowledged: clocks.acknowledge != nil
        case .responded: clocks.respond != nil
        default: clocks.resolve != nil
        }
      }
    }
    if let condition = conditions.first { rungs.append(rung(unless: condition, after: nil)) }
    for condition in conditions.dropFirst() where random.once(in: 2) {
      rungs.append(rung(unless: condition, after: nil))
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) where !rungs.isEmpty {
      rungs.append(rung(unless: random.pick([.always, .acknowledged, .resolved]), after: duration()))
    }
    if rungs.isEmpty { return ladder(id) }
    rungs[rungs.count - 1].target = .role
    rungs[rungs.count - 1].role = "customer-director"
    let start = (0..<4).map { _ in Int32.random(in: 0..<Int32(rungs.count), using: &random) }
    let repeats = random.once(in: 2)
    let calendars = (0..<4).map { _ in random.once(in: 3) ? "always" : "" }
    let hasCalendars = calendars.contains("always") && random.once(in: 2)
    return PolicyDocument.Ladder(
      id: id, clocks: clocks, rungs: rungs, start: start, repeatEvery: repeats ? duration() : nil,
      repeatAtMost: repeats ? .random(in: 1...100, using: &random) : 0,
      calendars: hasCalendars ? calendars : nil)
  }

  private mutating func someClocks() -> ClockRules {
    var clocks = ClockRules()
    // Longer ones stand later, so that no clock runs out before the one before it.
    if !random.once(in: 8) { clocks.acknowledge = .time(minutes(1...60)) }
    if !random.once(in: 8) { clocks.respond = .time(minutes(61...600)) }
    if !random.once(in: 8) { clocks.resolve = .days(.random(in: 1...9, using: &random)) }
    if !random.once(in: 8) { clocks.silence = .days(.random(in: 1...30, using: &random)) }
    return clocks
  }

  private mutating func rung(unless: RungRules.Condition, after: WorkingDuration?) -> RungRules {
    var rung = RungRules()
    rung.unless = unless
    rung.after = after
    rung.target = random.pick(RungRules.Target.allCases)
    rung.role = rung.target == .accountableOfOwner ? "" : random.pick(["shift-lead", "site-director"])
    rung.audience = random.pick(RungRules.Audience.allCases)
    return rung
  }

  private mutating func minutes(_ range: ClosedRange<Int64>) -> Int64 {
    .random(in: range, using: &random) * 60_000
  }

  mutating func duration() -> WorkingDuration {
    random.once(in: 2) ? .days(.random(in: 1...30, using: &random)) : .time(minutes(1...10_000))
  }

  mutating func cases() -> PolicyDocument.Cases {
    var cases = PolicyDocument.Cases()
    cases.rules.openFrom = random.pick(Priority.allCases)
    cases.rules.deduplicateAtMost = .random(in: 1...64, using: &random)
    cases.rules.groupBy = random.pick([[.journey], [.cause], [.journey, .cause]])
    cases.rules.groupWithin = minutes(1...500_000)
    cases.rules.gatherServices = random.pick([[], ["payment"], ["payment", "wifi"]])
    cases.rules.reopenRungs = .random(in: 0...16, using: &random)
    cases.rules.closeRating = .random(in: 0...10_000, using: &random)
    cases.rules.unverified = random.pick(CaseRules.Unverified.allCases)
    cases.rules.acknowledgementLease = duration()
    cases.rules.ownershipLease = duration()
    cases.rules.longestWait = minutes(1...100_000)
    cases.rules.escalationLimit = .random(in: 1...1_000, using: &random)
    cases.rules.evidenceGrace = .random(in: 0...3_600, using: &random) * 1_000
    cases.rules.evidenceWait =
      Bool.random(using: &random) ? nil : .random(in: 0...800, using: &random) * 1_000
    cases.memory = memory()
    return cases
  }

  mutating func memory() -> MemoryRules {
    var memory = MemoryRules()
    memory.halfLife = minutes(60...500_000)
    memory.peakShare = .random(in: 0...100, using: &random)
    memory.repeatedContact = .random(in: 0...100, using: &random)
    var accounts: Set<Int32> = []
    let count = Int.random(in: 2...5, using: &random)
    while accounts.count < count { accounts.insert(.random(in: 0...100, using: &random)) }
    memory.adds = accounts.sorted().map { .init(account: $0, points: .random(in: 0...100, using: &random)) }
    return memory
  }
}
