// Owns a world: workers on an in-memory log and a manual clock, one thread, turn by turn, and what befalls them.
import Kafka
import Streams

/// A workload in a world of faults.
///
/// Everything happens on one thread, in turns: disturbances, inputs, one step of each worker, and a little time. A
/// worker that freezes does so in the middle of a call: the turns that pass meanwhile run inside of that call, and when
/// it thaws it goes on as if nothing had happened. Freezes therefore end in the opposite order of their beginning: a
/// worker that freezes inside of another one's freeze thaws before it.
package final class World<W: Workload> {
  package let scenario: Scenario
  package let workload: W
  package let clock = ManualClock()
  package let log: MemoryLog
  /// In the order of the stream: the first one reads what comes from outside.
  let roles: [SimulatedRole]
  private let settings: WorkerSettings
  var places: [Place]
  var ghosts: [Life] = []
  let reports: Reports
  /// Hears of every call and report, line by line.
  private let trace: ((String) -> Void)?

  /// Hears of every call of a worker, from the next process on.
  var heard: ((_ worker: Int, _ call: Call) -> Void)?
  /// Hears of everything that befalls a process, when it does.
  var struck: ((Gate.Action) -> Void)?

  /// Turns so far.
  package private(set) var turn = 0
  /// No disturbance happens any more.
  package internal(set) var isHealed = false
  private var nextDisturbance = 0
  private var nextInput = 0
  private var depth = 0
  /// What a turn inside of a freeze failed with.
  private var failed: (any Error)?
  /// What was appended, in order, as the log has it.
  package internal(set) var fed: [Fed] = []
  /// Who sends the inputs where they come in transactions.
  lazy var upstream = Result { try Upstream(log, topics: roles[0].definition.sources) }
  /// Policies published so far: the epoch of the last one is one less.
  package private(set) var published = 0

  /// - Parameter roles: How many of the workload's roles take part, from the first.
  package init(
    _ workload: W, _ scenario: Scenario, bug: PlantedBug? = nil, roles count: Int = .max,
    trace: ((String) -> Void)? = nil
  ) throws {
    self.workload = workload
    self.trace = trace
    reports = Reports(trace: trace)
    self.scenario = scenario
    let shape = scenario.shape
    log = MemoryLog(
      MemoryLog.Configuration(
        time: .manual(clock), sessionTimeout: shape.sessionTimeout,
        transactionTimeout: shape.transactionTimeout, markerDelay: shape.markerDelay))
    roles = Array(try workload.deploy(on: log, shape, bug: bug).prefix(count))
    let clock = clock
    places = (0..<shape.workers * roles.count).map { Place(role: $0 / shape.workers, clock: clock) }
    var settings = WorkerSettings()
    settings.pollLimit = shape.pollLimit
    settings.commitInterval = shape.commitInterval
    settings.commitBytes = shape.commitBytes
    settings.timersPerTransaction = shape.timersPerTransaction
    settings.restoreSlice = shape.restoreSlice
    settings.followInterval = shape.followInterval
    // The budget has tests of its own; here it would end runs early.
    settings.recreations = 1_000
    settings.plantedBugs = bug?.planted ?? []
    self.settings = settings
    if shape.firstPolicy == 0 { try publish() }
  }

  // MARK: Time

  /// One turn.
  package func step() throws {
    let now = turn
    turn += 1
    if !isHealed {
      if now == scenario.shape.firstPolicy && published == 0 { try publish() }
      while nextDisturbance < scenario.disturbances.count, scenario.disturbances[nextDisturbance].turn <= now
      {
        nextDisturbance += 1
        try apply(scenario.disturbances[nextDisturbance - 1].event)
      }
      var batch: [Input] = []
      while nextInput < scenario.inputs.count, scenario.inputs[nextInput].turn <= now {
        batch.append(scenario.inputs[nextInput])
        nextInput += 1
      }
      try feed(batch)
    }
    for index in places.indices { step(place: index) }
    for ghost in ghosts where !ghost.isBusy { haunt(ghost) }
    clock.advance(milliseconds: pace(now))
    if let failed { throw failed }
  }

  /// One step of each worker, without time passing.
  func idle() throws {
    for index in places.indices { step(place: index) }
    turn += 1
  }

  private func pace(_ turn: Int) -> Int64 {
    if isHealed { return Self.healedPace }
    // A number of the turn alone: a scenario with one disturbance less keeps its time.
    var random = SeededRandom(seed: scenario.seed ^ UInt64(turn) << 20)
    return Int64(random.below(scenario.shape.pace + 1))
  }

  private func step(place index: Int) {
    let place = places[index]
    guard let life = place.life else {
      if turn > place.emptyUntil { place.life = begin(index) }
      return
    }
    if life.isBusy { return }
    run(life)
    if life.isOver && place.life === life {
      place.life = nil
      place.emptyUntil = turn + place.absence
      place.absence = 0
    }
  }

  private func run(_ life: Life) {
    life.isBusy = true
    life.worker.step(wait: 0)
    life.isBusy = false
  }

  private func begin(_ index: Int) -> Life {
    let gate = Gate(trace: trace(of: index)) { [unowned self] gate, freeze in self.freeze(gate, freeze) }
    for armed in waiting where armed.worker == index { gate.arm(armed.action, at: armed.moment) }
    waiting.removeAll { $0.worker == index }
    let (walls, clock) = (places[index].clock, clock)
    let (prefix, number) = seat(index)
    gate.struck = struck
    gate.fault = { [log, id = transactionalID(index)] in log.inject($1, at: $0, transactionalID: id) }
    let role = roles[places[index].role]
    let worker = role.worker(
      WorkerSeat(
        log: GatedLog(log: log, gate: gate, changelog: role.definition.changelog),
        identity: WorkerIdentity(
          transactionalPrefix: prefix, instancePrefix: scenario.shape.isStatic ? prefix : nil),
        index: number, settings: settings,
        clock: WorkerClock(wall: { walls.now }, monotonic: { clock.now }), listener: reports.listener(gate)))
    gate.killed = { [reports, unowned worker] in
      reports.count(.kills)
      if worker.snapshot.tasks.contains(where: { $0.state == .restoring }) { reports.count(.tornRestores) }
    }
    return Life(index: index, gate: gate, worker: worker)
  }

  /// The name under which processes live at a place.
  private func seat(_ index: Int) -> (prefix: String, number: Int) {
    let role = places[index].role
    return (role == 0 ? "w" : "w\(role + 1)", index - role * scenario.shape.workers)
  }

  func transactionalID(_ worker: Int) -> String {
    guard places.indices.contains(worker) else { return "nobody" }
    let (prefix, number) = seat(worker)
    return "\(prefix)-\(number)"
  }

  private func trace(of worker: Int) -> ((Call) -> Void)? {
    guard trace != nil || heard != nil else { return nil }
    return { [unowned self] call in
      heard?(worker, call)
      trace?("turn \(self.turn) at \(self.clock.now % 1_000_000) worker \(worker): \(call.rawValue)")
    }
  }

  // MARK: What befalls workers

  /// What is to befall the next process of a place that is empty.
  var waiting: [(worker: Int, action: Gate.Action, moment: Moment)] = []

  func arm(_ worker: Int, _ action: Gate.Action, at moment: Moment) {
    guard places.indices.contains(worker) else { return }
    if let life = places[worker].life {
      life.gate.arm(action, at: moment)
    } else {
      waiting.append((worker, action, moment))
    }
  }

  func forgetWhatIsArmed() {
    waiting = []
    for place in places { place.life?.gate.disarm() }
  }

  /// A process stands still inside of a call: the world goes on in here.
  private func freeze(_ gate: Gate, _ freeze: Freeze) {
    guard !isHealed, depth < 4 else { return }
    depth += 1
    defer { depth -= 1 }
    reports.count(.freezes)
    let place = places.first { $0.life?.gate === gate }
    if case .replaced(let turns) = freeze.fate, let place, let life = place.life {
      life.turnsLeft = turns
      ghosts.append(life)
      place.life = nil
    }
    let thaw = clock.now &+ freeze.milliseconds
    trace?("turn \(turn) a worker freezes until \(thaw % 1_000_000)")
    defer { trace?("turn \(turn) it thaws") }
    let limit = scenario.turns
    while clock.now < thaw && turn < limit {
      do { try step() } catch {
        // Inside of a worker's call nobody can hear of it: the turn this one lies in ends with it.
        failed = error
        return
      }
    }
    if freeze.milliseconds > scenario.shape.sessionTimeout || freeze.fate != .thaws {
      reports.count(.zombies)
    }
  }

  /// A process whose name is taken goes on for a while.
  private func haunt(_ ghost: Life) {
    run(ghost)
    let left = (ghost.turnsLeft ?? 0) - 1
    ghost.turnsLeft = left
    if left > 0 && !ghost.isOver { return }
    ghost.gate.kill()
    ghosts.removeAll { $0 === ghost }
  }

  // MARK: What comes from outside

  /// Publishes the next policy.
  package func publish() throws {
    guard let topic = roles.lazy.compactMap(\.definition.broadcast).first else { return }
    try log.append(topic, key: nil, value: workload.policies[published % workload.policies.count])
    published += 1
  }

  private func apply(_ event: Disturbance.Event) throws {
    trace?("turn \(turn) at \(clock.now % 1_000_000) \(event)")
    switch event {
    case .kill(let worker, let moment, let absent):
      arm(worker, .kill, at: moment)
      vacate(worker, turns: absent)
    case .freeze(let worker, let moment, let freeze): arm(worker, .freeze(freeze), at: moment)
    case .refuse(let worker, let call): arm(worker, .refuse, at: .before(call))
    case .fault(let worker, let point, let fault):
      log.inject(fault, at: point, transactionalID: transactionalID(worker))
    case .drain(let worker, let absent):
      guard places.indices.contains(worker) else { return }
      places[worker].life?.worker.status.requestDrain()
      vacate(worker, turns: absent)
    case .rebalance: rebalance()
    case .compact:
      for changelog in roles.compactMap(\.definition.changelog) { log.compact(changelog) }
    case .policy: if published > 0 { try publish() }
    case .leap(let milliseconds): clock.advance(milliseconds: milliseconds)
    case .clock(let worker, let ahead):
      if places.indices.contains(worker) { places[worker].clock.set(ahead: ahead) }
    }
  }

  /// Whoever comes after the process that lives there now comes so many turns later.
  private func vacate(_ worker: Int, turns: Int) {
    if places.indices.contains(worker) { places[worker].absence = turns }
  }
}
