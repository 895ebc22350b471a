// Owns how a seed becomes a scenario.
import Streams

extension Scenario {
  /// The scenario of a seed. Kinds of disturbances are frequent in some scenarios and absent from others, so that runs
  /// differ in character and not only in detail (swarm testing).
  ///
  /// Source: Groce et al., "Swarm Testing", ISSTA 2012.
  package static func draw(seed: UInt64, workload: WorkloadName, _ inputs: Inputs) -> Scenario {
    var root = SeededRandom(seed: seed &* 3 &+ workload.salt)
    var random = root.split()
    let turns = random.pick([150, 300, 600])
    var shape = Shape.draw(&random)
    shape.roles = workload == .topology ? 3 : 1
    if workload == .topology { shape.isRollingFormats = random.below(4) == 0 }
    var disturbing = root.split()
    var feeding = root.split()
    var fed = draw(inputs, turns: turns, &feeding)
    if shape.isUpstreamTransactional {
      for index in fed.indices { fed[index].isAborted = feeding.below(10) == 0 }
    }
    var disturbances = DisturbanceSource(
      shape: shape, turns: turns, leaps: workload == .topology, &disturbing
    ).draw(&disturbing)
    if workload == .topology {
      movePolicies(in: &disturbances, behindRemediesOf: fed, turns: turns, &disturbing)
    }
    return Scenario(
      seed: seed, workload: workload, shape: shape, turns: turns, inputs: fed, disturbances: disturbances)
  }

  /// Every other policy comes right behind a remedy: while it is on its way from role to role.
  private static func movePolicies(
    in disturbances: inout [Disturbance], behindRemediesOf fed: [Input], turns: Int,
    _ random: inout SeededRandom
  ) {
    let asked = fed.filter { $0.topic == "remedies" && $0.turn < turns }.map(\.turn)
    guard !asked.isEmpty else { return }
    for index in disturbances.indices where disturbances[index].event == .policy && random.below(2) == 0 {
      disturbances[index].turn = min(turns - 1, random.pick(asked) + 1 + random.below(12))
    }
    disturbances = disturbances.inOrder
  }

  /// Records come in bursts, with silence in between; some keys are busier than others.
  private static func draw(_ source: Inputs, turns: Int, _ random: inout SeededRandom) -> [Input] {
    let count = random.pick([20, 80, 250])
    var drawer = source.drawer(keys: random.pick([1, 3, 8]), badPerMille: random.pick([0, 60]), &random)
    var planned: [Int] = []
    let burst = random.pick([1, 4, 20])
    while planned.count < count {
      var turn = random.below(turns)
      for _ in 0..<min(count - planned.count, 1 + random.below(burst)) {
        planned.append(turn)
        turn = min(turns - 1, turn + random.below(3))
      }
    }
    // In the order in which they are fed, so that what is drawn may come of what was drawn before.
    var fed = planned.sorted().map { drawer.next(turn: $0, &random) }
    for _ in 0..<4 { fed.append(drawer.next(turn: Input.afterHealing, &random)) }
    return fed
  }
}

extension Shape {
  fileprivate static func draw(_ random: inout SeededRandom) -> Shape {
    var shape = Shape()
    shape.partitions = Int32(random.pick([1, 2, 3]))
    shape.workers = random.pick([1, 2, 3])
    shape.isStatic = random.below(4) == 0
    shape.pace = random.pick([6, 20, 60])
    shape.pollLimit = random.pick([1, 4, 1_000, 1_000])
    shape.commitInterval = Int64(random.pick([1, 50, 300]))
    shape.commitBytes = random.pick([300, 1 << 20, 1 << 20])
    shape.timersPerTransaction = random.pick([1, 4, 1_000])
    shape.restoreSlice = random.pick([1, 1, 7, 1_000])
    shape.followInterval = Int64(random.pick([1, 50]))
    shape.markerDelay = Int64(random.pick([0, 0, 30, 400]))
    shape.sessionTimeout = Int64(random.pick([400, 1_500, 4_000]))
    shape.transactionTimeout = Int64(random.pick([600, 3_000, 10_000]))
    shape.compactEvery = random.pick([0, 20, 100])
    shape.isUpstreamTransactional = random.below(3) == 0
    shape.firstPolicy = random.pick([0, 0, 0, 10])
    return shape
  }
}

/// Draws disturbances.
private struct DisturbanceSource {
  private enum Kind: CaseIterable {
    case kill, freeze, refuse, commit, produce, offsets, initialise, committed, poll, drain, rebalance,
      compact
    case policy, clock, leap
  }

  private let shape: Shape
  private let turns: Int
  /// Each kind as often as it is frequent.
  private let bag: [Kind]
  private let count: Int

  init(shape: Shape, turns: Int, leaps: Bool, _ random: inout SeededRandom) {
    self.shape = shape
    self.turns = turns
    var bag: [Kind] = []
    for kind in Kind.allCases where kind != .leap || leaps {
      let weight = random.pick(kind == .clock ? [0, 0, 0, 1] : kind == .leap ? [1, 2] : [0, 1, 1, 4])
      bag += Array(repeating: kind, count: weight)
    }
    self.bag = bag
    count = bag.isEmpty ? 0 : random.pick([3, 15, 50, 120])
  }

  func draw(_ random: inout SeededRandom) -> [Disturbance] {
    var policies = 0
    var drawn: [Disturbance] = []
    var turn = 0
    for _ in 0..<count {
      let kind = bag[random.below(bag.count)]
      // Half of them soon after the one before: troubles never come alone.
      turn = random.below(2) == 0 ? random.below(turns) : min(turns - 1, turn + random.below(4))
      let event = event(kind, worker: random.below(shape.workers * shape.roles), &random)
      if event == .policy {
        // A handful of policies: each costs an undisturbed run of its own.
        if policies == 3 { continue }
        policies += 1
      }
      drawn.append(Disturbance(turn: turn, event: event))
    }
    return drawn.inOrder
  }

  private func event(_ kind: Kind, worker: Int, _ random: inout SeededRandom) -> Disturbance.Event {
    switch kind {
    case .kill: .kill(worker: worker, moment(&random), absent: random.pick([0, 0, 1 + random.below(100)]))
    case .freeze: .freeze(worker: worker, moment(&random), freeze(&random))
    case .refuse: .refuse(worker: worker, Call.refusable[random.below(Call.refusable.count)])
    case .commit: .fault(worker: worker, .commit, commitFault(&random))
    case .produce: .fault(worker: worker, .produce, random.below(4) == 0 ? .fenced : .fails)
    case .offsets: .fault(worker: worker, .sendOffsets, random.below(4) == 0 ? .fenced : .fails)
    case .initialise: .fault(worker: worker, .initTransactions, .fails)
    case .committed: .fault(worker: worker, .committed, .fails)
    case .poll: .fault(worker: worker, .poll, random.below(2) == 0 ? .few(random.below(3)) : .expelled)
    case .drain: .drain(worker: worker, absent: random.below(60))
    case .rebalance: .rebalance
    case .compact: .compact
    case .policy: .policy
    case .clock: .clock(worker: worker, ahead: Int64(random.below(600_000)) - 300_000)
    case .leap: .leap(milliseconds: Int64(random.below(random.pick([2_000, 60_000, 20_000_000]))))
    }
  }

  /// Any call, or one of those at which a death is most telling.
  private func moment(_ random: inout SeededRandom) -> Moment {
    let edge: Moment.Edge = random.below(2) == 0 ? .before : .after
    if random.below(2) == 0 { return Moment(edge: edge, call: nil, count: 1 + random.below(20)) }
    let calls: [Call] = [
      .commit, .commit, .sendOffsets, .produce, .flush, .begin, .poll, .committed, .initialise, .abort, .read,
      .read,
      .assign, .bounds, .seek,
    ]
    return Moment(edge: edge, call: calls[random.below(calls.count)], count: 1 + random.below(3))
  }

  private func freeze(_ random: inout SeededRandom) -> Freeze {
    let length = random.pick([
      shape.sessionTimeout / 2, shape.sessionTimeout * 3, shape.transactionTimeout * 2,
    ])
    return Freeze(
      milliseconds: Int64(random.below(Int(length))),
      fate: random.below(4) == 0 ? .replaced(turns: random.below(20)) : .thaws)
  }

  private func commitFault(_ random: inout SeededRandom) -> Fault {
    switch random.below(9) {
    case 0: .fails
    case 1, 2: .unknown(.applied)
    case 3: .unknown(.dropped)
    case 4: .unknown(.late(milliseconds: Int64(random.below(2_000))))
    case 5: .slow(milliseconds: Int64(random.below(Int(shape.transactionTimeout * 2))))
    case 6: .fenced
    default: .markersLate(milliseconds: Int64(random.below(800)))
    }
  }
}

extension [Disturbance] {
  /// By turn; of one turn as they stand.
  fileprivate var inOrder: [Disturbance] {
    enumerated().sorted { ($0.element.turn, $0.offset) < ($1.element.turn, $1.offset) }.map(\.element)
  }
}

extension SeededRandom {
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}
