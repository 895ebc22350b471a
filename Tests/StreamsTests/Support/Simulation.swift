// Owns a seeded run of workers under crashes, freezes, rebalances and faults, and the judgement of its output.
import Kafka

@testable import Streams

/// What a run is made of: drawn from the seed before it starts, printed when it fails.
struct Scenario: CustomStringConvertible {
  let seed: UInt64
  let partitions: Int32
  let workers: Int
  let keys: Int
  let records: Int
  let pollLimit: Int
  let commitInterval: Int64
  let timersPerTransaction: Int
  let restoreSlice: Int
  let markerDelay: Int64
  /// Per thousand turns of each worker.
  let crashes: Int
  let freezes: Int
  let faults: FaultPlan
  /// Bad records among a thousand.
  let bad: Int

  init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    func pick<T>(_ values: T...) -> T { values[random.below(values.count)] }
    self.seed = seed
    partitions = pick(1, 2, 3)
    workers = pick(1, 2, 3)
    keys = pick(1, 3, 8)
    records = pick(40, 120)
    pollLimit = pick(1, 3, 1_000)
    commitInterval = pick(1, 50, 300)
    timersPerTransaction = pick(1, 4, 1_000)
    restoreSlice = pick(1, 7, 1_000)
    markerDelay = pick(0, 30, 400)
    crashes = pick(0, 10, 40)
    freezes = pick(0, 5, 15)
    bad = pick(0, 50)
    faults = pick(FaultPlan.none, .swarm(seed: seed &+ 1), .swarm(seed: seed &+ 2))
  }

  var description: String {
    "seed \(seed): \(partitions) partitions, \(workers) workers, \(keys) keys, \(records) records, "
      + "poll \(pollLimit), commit \(commitInterval) ms, \(timersPerTransaction) timers, slice \(restoreSlice), "
      + "markers \(markerDelay) ms, crashes \(crashes), freezes \(freezes), bad \(bad), faults \(faults.perMille)"
  }
}

/// A run of one role under a scenario.
struct Simulation<P: Processor> {
  let scenario: Scenario
  let clock = ManualClock()
  let log: MemoryLog
  let reports = Reports()
  private let role: Role<P>
  private let settings: WorkerSettings
  private var random: SeededRandom
  private var workers: [Worker<MemoryLog, P>?]
  private var frozenUntil: [Int64]
  private(set) var fed: [String: Int] = [:]

  init(_ scenario: Scenario, _ role: Role<P>, bugs: PlantedBugs = []) throws {
    self.scenario = scenario
    self.role = role
    log = MemoryLog(clock: clock, markerDelay: scenario.markerDelay, faults: scenario.faults)
    for topic in ["in", "changes", "out"] { log.createTopic(topic, partitions: scenario.partitions) }
    log.createTopic("dead")
    try log.setStart(group: "g", topics: ["in"])
    var settings = WorkerSettings()
    settings.pollLimit = scenario.pollLimit
    settings.commitInterval = scenario.commitInterval
    settings.timersPerTransaction = scenario.timersPerTransaction
    settings.restoreSlice = scenario.restoreSlice
    // The budget has tests of its own; here it would end runs early.
    settings.recreations = 1_000
    settings.plantedBugs = bugs
    self.settings = settings
    random = SeededRandom(seed: scenario.seed ^ 0x5eed)
    workers = Array(repeating: nil, count: scenario.workers)
    frozenUntil = Array(repeating: .min, count: scenario.workers)
  }

  /// The unsafe phase, then calm until everything is through. Returns why it is not, or nil.
  mutating func run() throws -> String? {
    var left = scenario.records
    for _ in 0..<1_500 {
      if left > 0 && random.below(10) < 3 {
        try feed()
        left -= 1
      }
      for index in workers.indices { turn(index) }
      if random.below(400) == 0 { log.compact("changes") }
      clock.advance(milliseconds: Int64(random.below(12)))
    }
    while left > 0 {
      try feed()
      left -= 1
    }
    log.calm()
    frozenUntil = frozenUntil.map { _ in .min }
    for turn in 0..<6_000 {
      for index in workers.indices { step(index) }
      clock.advance(milliseconds: 10)
      if turn % 200 == 199 && turn > 2_000 && isThrough { return nil }
    }
    return "not through: \(workers.compactMap { $0.map { "\($0.state) \($0.snapshot.tasks)" } })"
  }

  private mutating func feed() throws {
    let key = "k\(random.below(scenario.keys))"
    let bad = random.below(1_000) < scenario.bad
    if !bad { fed[key, default: 0] += 1 }
    try log.pipe("in", key: key, bad ? "bad" : "\(key)#\(fed[key] ?? 0)")
  }

  /// One turn of one worker, or what befalls it instead.
  private mutating func turn(_ index: Int) {
    if clock.now < frozenUntil[index] { return }
    if random.below(1_000) < scenario.crashes {
      // Gone between two steps, without a word; its successor has its names.
      workers[index] = nil
      return
    }
    if random.below(1_000) < scenario.freezes {
      frozenUntil[index] = clock.now + Int64(random.below(20_000))
      return
    }
    step(index)
  }

  private mutating func step(_ index: Int) {
    if let worker = workers[index], !worker.state.isFinal { return worker.step() }
    workers[index] = Worker(
      log: log, role: role, identity: WorkerIdentity(transactionalPrefix: "w"), index: index,
      settings: settings, clock: .manual(clock), listener: reports.listener)
  }

  private var isThrough: Bool {
    let ends = log.endOffsets("in")
    return log.groupOffsets("g").allSatisfy { $0.value.offset == ends[Int($0.key.partition)] }
  }

  /// The committed values of a topic by key, in order.
  func outputs(_ topic: String) -> [String: [String]] {
    log.settle()
    return Dictionary(grouping: log.records(topic)) { $0.keyText ?? "" }
      .mapValues { $0.map { $0.valueText ?? "" } }
  }
}
