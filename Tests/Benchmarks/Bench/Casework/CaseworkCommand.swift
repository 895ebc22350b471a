// Owns `bench casework`: CASEWORK beside raw librdkafka in C that writes as many records, in turn, on the same broker.
import Console
import Roles

enum CaseworkCommand {
  static let signals = Option<Int>.integer(
    "signals", nil, "N", "Signals that each turn drains.", in: 1_000...100_000_000, default: 400_000)
  static let subjects = Option<Int>.integer(
    "subjects", nil, "N", "Customers and employees they are about; 0: a quarter of the signals.",
    in: 0...20_000_000, default: 0)
  static let rate = Option<Int>.integer(
    "rate", nil, "N", "Signals a second while latency is measured; 0 leaves it out.", in: 0...1_000_000,
    default: 10_000)

  static let command = Command(
    "casework", "CASEWORK against a transactional pass-through in C that writes as many records",
    details: [
      "Signals as INTAKE writes them (of a thousand: 700 feedback, 120 incidents, 130 acts of those who own the cases, 50 "
        + "remedies) stand on four partitions. CASEWORK drains them on one thread, and what it tells itself meanwhile; "
        + "then raw C reads the same records and writes as many for each as CASEWORK did, samples of what that wrote: "
        + "once everything, the changelog of its state included, once only what others read. Then signals come at a "
        + "rate, and a reader that reads committed measures how old each is when its journal record arrives. Each round "
        + "has topics of its own; the first one warms the broker up and is not counted."
    ],
    options: [
      OptionGroup(
        "Options", [Common.seconds.spec, Common.rounds.spec, signals.spec, subjects.spec, rate.spec])
    ],
    body: { invocation, terminal in
      let broker = try BenchBroker()
      defer { broker.close() }
      let count = invocation[signals]
      let subjects = invocation[subjects] > 0 ? invocation[subjects] : count / 4
      var contest = CaseworkContest(broker: broker, signals: count, subjects: max(1, subjects))
      for round in 0...invocation[Common.rounds] { try contest.drain(isCounted: round > 0) }
      if invocation[rate] > 0 {
        try contest.age(
          rounds: invocation[Common.rounds], rate: invocation[rate], seconds: invocation[Common.seconds])
      }
      try contest.report(rate: invocation[rate]).print(to: terminal)
      return .success
    })
}

/// The sides and what they came to.
struct CaseworkContest {
  enum Side: String, CaseIterable {
    case casework
    case raw
    /// Raw C without the records of the changelog.
    case rawPublished = "raw-published"

    var title: String {
      switch self {
      case .casework: "CASEWORK"
      case .raw: "raw C"
      case .rawPublished: "raw C without changelog"
      }
    }
  }

  let broker: BenchBroker
  let signals: Int
  let subjects: Int
  private(set) var drains: [Side: [WorkerFigures]] = [:]
  private(set) var ages: [Side: [(Latency.Ages, WorkerFigures)]] = [:]
  /// Of the last round.
  private(set) var outputs: [Topic: Int64] = [:]
  private(set) var inputs: Int64 = 1

  init(broker: BenchBroker, signals: Int, subjects: Int) {
    self.broker = broker
    self.signals = signals
    self.subjects = subjects
  }

  var published: [Topic: Int64] { outputs.filter { $0.key != .caseworkChangelog } }

  mutating func drain(isCounted: Bool) throws {
    let world = try CaseworkWorld(on: broker)
    try world.sender(subjects: subjects, isPaced: false).send(signals)
    let sent = try world.count(.signals)
    let ours = try world.startCasework(records: sent).finish(WorkerFigures.self)
    outputs = try world.outputs(sent: sent)
    inputs = ours.records
    var found: [Side: WorkerFigures] = [.casework: ours]
    for side in Side.allCases where side != .casework {
      try world.place(side.rawValue, atEnd: false)
      found[side] = try world.startRaw(
        side.rawValue, records: inputs, outputs: side == .raw ? outputs : published, inputs: inputs
      ).finish(WorkerFigures.self)
    }
    try world.remove()
    guard isCounted else { return }
    for (side, figures) in found { drains[side, default: []].append(figures) }
  }

  mutating func age(rounds: Int, rate: Int, seconds: Int) throws {
    let world = try CaseworkWorld(on: broker)
    let count = rate * (seconds + 2)
    let sender = try world.sender(subjects: subjects, isPaced: true)
    for _ in 0..<rounds {
      ages[.casework, default: []].append(
        try Latency.measure(
          Topic.caseJournal.name(prefix: world.deployment.prefix), of: broker, capacity: count
        ) {
          try world.startCasework(records: 0)
        } sending: {
          try sender.send(count, rate: rate)
        })
      try world.place(Side.raw.rawValue, atEnd: true)
      let copies = outputs.values.reduce(0, +) / max(1, inputs) + 1
      ages[.raw, default: []].append(
        // Outputs that are always the same carry no time of sending: these are copies of the inputs.
        try Latency.measure(world.deployment.rawOutput, of: broker, capacity: count * Int(copies)) {
          try world.startRaw(Side.raw.rawValue, records: 0, outputs: outputs, inputs: inputs, like: false)
        } sending: {
          try sender.send(count, rate: rate)
        })
    }
    try world.remove()
  }
}
