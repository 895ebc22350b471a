// Owns `bench intake`: INTAKE beside raw librdkafka in C, in turn, on the same broker.
import Console

enum IntakeCommand {
  static let events = Option<Int>.integer(
    "events", nil, "N", "Events in the backlog that each turn drains.", in: 1_000...100_000_000,
    default: 500_000)
  static let rate = Option<Int>.integer(
    "rate", nil, "N", "Events a second while latency is measured; 0 leaves it out.", in: 0...1_000_000,
    default: 10_000)
  static let likeSignals = Option<Bool>.flag(
    "like-signals", nil,
    "Measure raw C with outputs as large as signals as well: what is left is the price of the decision.")

  static let command = Command(
    "intake", "INTAKE against a transactional pass-through in C: throughput, CPU, memory, latency",
    details: [
      "Both read the same topics (four sources, four partitions each) and commit by the same rule; each input gives "
        + "one output. First each drains the same backlog, in turn, from its beginning; then events come at a rate, "
        + "and a reader that reads committed measures how old each is when its output arrives. --seconds is the "
        + "length of one such measurement."
    ],
    options: [
      OptionGroup(
        "Options", [Common.seconds.spec, Common.rounds.spec, events.spec, rate.spec, likeSignals.spec])
    ],
    body: { invocation, terminal in
      let broker = try BenchBroker()
      defer { broker.close() }
      let world = try IntakeWorld(on: broker)
      var contest = IntakeContest(
        world: world, sides: invocation[likeSignals] ? Side.allCases : [.intake, .raw],
        deck: try EventTemplates.deck())
      try contest.fill(invocation[events])
      try contest.drain(rounds: invocation[Common.rounds])
      if invocation[rate] > 0 {
        try contest.age(
          rounds: invocation[Common.rounds], rate: invocation[rate], seconds: invocation[Common.seconds])
      }
      try contest.report(rate: invocation[rate]).print(to: terminal)
      try broker.clear(prefix: world.prefix)
      return .success
    })
}

/// Both sides and what they came to.
struct IntakeContest {
  let world: IntakeWorld
  let sides: [Side]
  let deck: [EventTemplate]
  private var drains: [Side: [WorkerFigures]] = [:]
  private var ages: [Side: [(Latency.Ages, WorkerFigures)]] = [:]
  private var backlog: Int64 = 0

  init(world: IntakeWorld, sides: [Side], deck: [EventTemplate]) {
    self.world = world
    self.sides = sides
    self.deck = deck
  }

  /// Puts the backlog there.
  mutating func fill(_ count: Int) throws {
    try EventLoad.send(deck, count: count, rate: 0, brokers: world.broker.list, prefix: world.prefix)
    backlog = try world.backlog()
  }

  /// The first round warms the broker up and is not counted.
  mutating func drain(rounds: Int) throws {
    for round in 0...rounds {
      for side in sides {
        try world.rewind(side)
        let figures = try world.start(side, records: backlog).finish(WorkerFigures.self)
        if round > 0 { drains[side, default: []].append(figures) }
      }
    }
  }

  mutating func age(rounds: Int, rate: Int, seconds: Int) throws {
    for _ in 0..<rounds {
      // Outputs that are always the same carry no time of sending.
      for side in sides where side != .rawLikeSignals {
        ages[side, default: []].append(
          try Latency.measure(side, in: world, deck: deck, rate: rate, seconds: seconds))
      }
    }
  }

  func report(rate: Int) -> Report {
    var report = Report("intake", columns: [""] + sides.map(\.title) + ["of raw C", ""])
    report.figure("events", Double(backlog))
    func row(
      _ title: String, _ name: String, _ digits: Int, difference: Bool = false,
      goal: (Double, Double) -> String,
      _ value: (Side) -> Double?
    ) {
      let values = sides.map { value($0) ?? .nan }
      let compared = difference ? values[0] - values[1] : values[0] / values[1]
      for (side, value) in zip(sides, values) { report.figure("\(name).\(side.rawValue)", value) }
      report.figure("\(name).\(difference ? "difference" : "ratio")", compared)
      report.row(
        [title] + values.map { $0.text(digits) }
          + [(difference && compared >= 0 ? "+" : "") + compared.text(2), goal(values[0], compared)])
    }
    func drained(_ value: @escaping (WorkerFigures) -> Double) -> (Side) -> Double? {
      { side in drains[side]?.map(value).median }
    }
    row(
      "drained, thousand events/s", "throughput", 1,
      goal: { Common.goal("0.75 or more", $1 >= 0.75) }, drained { $0.perSecond / 1000 })
    row(
      "CPU, µs an event", "cpu", 2, difference: true, goal: { Common.goal("+2 or less", $1 <= 2) },
      drained { $0.cpuPerRecord })
    row(
      "peak memory, MB", "memory", 0, goal: { ours, _ in Common.goal("under 100 MB", ours < 100) },
      drained { $0.megabytes })
    row("commit, ms", "commit", 1, goal: { _, _ in "" }, drained { $0.millisecondsPerCommit })
    guard rate > 0 else { return report }
    func aged(_ value: @escaping (Latency.Ages) -> Double) -> (Side) -> Double? {
      { side in ages[side]?.map { value($0.0) }.median }
    }
    row("p50 at \(rate)/s, ms", "p50", 1, goal: { _, _ in "" }, aged { $0.p50 })
    row("p99 at \(rate)/s, ms", "p99", 1, goal: { Common.goal("1.25 or less", $1 <= 1.25) }, aged { $0.p99 })
    row("p99.9 at \(rate)/s, ms", "p999", 1, goal: { _, _ in "" }, aged { $0.p999 })
    row("CPU at \(rate)/s, µs an event", "cpuAtRate", 2, difference: true, goal: { _, _ in "" }) { side in
      ages[side]?.map { $0.1.cpuPerRecord }.median
    }
    return report
  }
}
