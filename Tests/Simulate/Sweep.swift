// Owns runs over many seeds: spread over threads, gathered, reported.
import Console
import Simulation
import Streams
import Synchronization

/// Runs seeds.
struct Sweep: Sendable {
  let workloads: Workloads
  let names: [WorkloadName]
  let threads: Int
  let terminal: Terminal

  /// What came of the seeds so far.
  private struct Gathered {
    var done = 0
    var failures: [Trial] = []
    var coverage = Coverage()
    /// Of all trials, in no particular order.
    var fingerprint: UInt64 = 0
    var error: String?
    var isOver = false
  }

  init(workloads: Workloads, names: [WorkloadName], threads: Int, _ terminal: Terminal) {
    self.workloads = workloads
    self.names = names
    self.threads = threads
    self.terminal = terminal
  }

  /// Every seed, every workload. Reports all failures, the first one in full.
  func run(_ seeds: Range<UInt64>) throws -> Int32 {
    let start = ContinuousClock.now
    let gathered = try gather(seeds, names, bug: nil, label: "simulate", enough: 20)
    let seconds = Self.seconds(since: start)
    let rate = Double(gathered.done) / max(seconds, 0.001)
    terminal.out.line(
      "\(gathered.done) of \(seeds.count) seeds (\(names.map(\.rawValue).joined(separator: ", "))) in "
        + "\(Self.text(seconds)) s, \(Self.text(rate)) a second")
    terminal.out.line("met: \(gathered.coverage)")
    terminal.out.line("fingerprint \(String(gathered.fingerprint, radix: 16))")
    let failures = gathered.failures.sorted { $0.scenario.seed < $1.scenario.seed }
    guard let first = failures.first, let failure = first.failure else {
      terminal.out.line(terminal.out.styled("passed", .green, .bold))
      return 0
    }
    for trial in failures {
      terminal.out.line(
        "seed \(trial.scenario.seed) \(trial.scenario.workload.rawValue): \(trial.failure?.kind.rawValue ?? "")"
      )
    }
    try report(first, failure, bug: nil)
    return failure.kind.exitCode
  }

  /// One seed again, with its scenario.
  func repeatSeed(_ seed: UInt64, bug: PlantedBug?, trace: Bool) throws -> Int32 {
    var code: Int32 = 0
    for name in names where bug == nil || bug?.workload == name {
      CrashNote.begin(seed, thread: 0)
      let trial = try workloads.run(workloads.scenario(seed: seed, name), bug: bug)
      CrashNote.end(thread: 0)
      terminal.out.line("\(trial.scenario)")
      terminal.out.line("met: \(trial.coverage)")
      terminal.out.line("fingerprint \(String(trial.fingerprint, radix: 16))")
      guard let failure = trial.failure else {
        terminal.out.line(terminal.out.styled("passed", .green, .bold) + "\n")
        continue
      }
      try report(trial, failure, bug: bug, trace: trace)
      if code == 0 { code = failure.kind.exitCode }
    }
    return bug == nil ? code : code == 0 ? 1 : 0
  }

  /// Plants bugs, and says which seed catches each.
  func hunt(_ bugs: [PlantedBug], seeds: Range<UInt64>) throws -> Int32 {
    var missed = 0
    for bug in bugs {
      let gathered = try gather(seeds, [bug.workload], bug: bug, label: bug.rawValue, enough: 1)
      guard let trial = gathered.failures.min(by: { $0.scenario.seed < $1.scenario.seed }) else {
        missed += 1
        terminal.out.line("\(bug.rawValue): not caught by \(seeds.count) seeds")
        continue
      }
      let reason = "\(trial.failure?.description ?? "")".split(separator: "\n").first.map(String.init) ?? ""
      terminal.out.line(
        "\(bug.rawValue): caught by seed \(trial.scenario.seed) of \(bug.workload.rawValue): \(reason.prefix(140))"
      )
    }
    return missed == 0 ? 0 : 1
  }

  // MARK: Threads

  private func gather(
    _ seeds: Range<UInt64>, _ names: [WorkloadName], bug: PlantedBug?, label: String, enough: Int
  ) throws -> Gathered {
    let state = Shared()
    let running = (0..<threads).compactMap { thread in
      OSThread.start("seeds-\(thread)") {
        // Seeds are given out in order: the first failure found is the first or close to it.
        while let seed = state.next(in: seeds) {
          CrashNote.begin(seed, thread: thread)
          state.take(trials(seed, names, bug), enough: enough)
          CrashNote.end(thread: thread)
        }
      }
    }
    guard !running.isEmpty else { throw Console.Failure("the system refuses threads", code: .software) }
    var progress = Progress(label, total: seeds.count, terminal)
    while running.contains(where: { !$0.isDone }) {
      OSThread.sleep(milliseconds: 20)
      progress.update(state.gathered.withLock { $0.done })
    }
    progress.finish()
    for thread in running { thread.join() }
    let gathered = state.gathered.withLock { $0 }
    if let error = gathered.error { throw Console.Failure(error, code: .software) }
    return gathered
  }

  private func trials(_ seed: UInt64, _ names: [WorkloadName], _ bug: PlantedBug?)
    -> Swift.Result<[Trial], any Error>
  {
    Swift.Result { try names.map { try workloads.run(workloads.scenario(seed: seed, $0), bug: bug) } }
  }

  private final class Shared: Sendable {
    let gathered = Mutex(Gathered())
    private let given = Atomic<UInt64>(0)

    func next(in seeds: Range<UInt64>) -> UInt64? {
      if gathered.withLock({ $0.isOver }) { return nil }
      let number = given.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < UInt64(seeds.count) ? seeds.lowerBound + number : nil
    }

    func take(_ trials: Swift.Result<[Trial], any Error>, enough: Int) {
      gathered.withLock { gathered in
        switch trials {
        case .failure(let error):
          gathered.error = "\(error)"
          gathered.isOver = true
        case .success(let trials):
          gathered.done += 1
          for trial in trials {
            gathered.coverage.add(trial.coverage)
            gathered.fingerprint ^= trial.fingerprint &* (2 &* trial.scenario.seed &+ 1)
            if trial.failure != nil { gathered.failures.append(trial) }
          }
          if gathered.failures.count >= enough { gathered.isOver = true }
        }
      }
    }
  }

  // MARK: Reports

  private func report(_ trial: Trial, _ failure: Finding, bug: PlantedBug?, trace: Bool = false) throws {
    let out = terminal.out
    out.line()
    out.line(out.styled("\(failure)", .red, .bold))
    out.line()
    out.line("\(trial.scenario)")
    for restart in trial.restarts.prefix(10) { out.line("  gave up: \(restart)") }
    let small = try workloads.shrink(trial.scenario, failure, bug: bug)
    let again = try workloads.run(small, bug: bug, trace: trace ? { out.line($0) } : nil).failure
    if small != trial.scenario, let again {
      out.line()
      out.line("The smallest scenario found that fails in the same class:")
      out.line("\(small)")
      for input in small.inputs.prefix(20) {
        let turn = input.turn == Input.afterHealing ? "healed" : "turn \(input.turn)"
        out.line(
          "  \(turn): \(input.topic) \(input.key) = \(String(decoding: input.value.prefix(100), as: UTF8.self))"
        )
      }
      out.line("\(again)")
    }
    out.line()
    let planted = bug.map { " --bug \($0.rawValue)" } ?? ""
    out.line(
      "Again: swift run -c release simulate --seed \(trial.scenario.seed) --workload "
        + "\(trial.scenario.workload.rawValue)\(planted)")
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }

  private static func text(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
