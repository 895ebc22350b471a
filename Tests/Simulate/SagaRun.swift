// Owns the sweep of the saga as a run of the tool: every story, call and mishap, spread over threads, gathered, reported.
import Console
import Simulation
import Streams
import Synchronization

struct SagaRun: Sendable {
  let saga: SagaSweep
  let threads: Int
  let terminal: Terminal

  private struct Point: Sendable {
    var calm: SagaSweep.Calm
    var call: SagaCall
    var mishap: SagaMishap
  }

  /// What came of the points so far.
  private struct Gathered {
    var done = 0
    var findings: [(number: Int, finding: Finding)] = []
    var error: String?
  }

  private final class Shared: Sendable {
    let gathered = Mutex(Gathered())
    let given = Atomic<Int>(0)
  }

  /// Plays every point, and reports the first ten that come to something else.
  func run() throws -> Int32 {
    let start = ContinuousClock.now
    let calms = try saga.stories.map { try saga.calm($0) }
    let points = calms.flatMap { calm in
      calm.calls.flatMap { call in
        SagaMishap.all(at: call.call).map { Point(calm: calm, call: call, mishap: $0) }
      }
    }
    let gathered = try play(points)
    for calm in calms {
      terminal.out.line(
        "\(calm.story): \(calm.calls.count) calls in \(calm.commits) transactions, \(calm.story.answers.joined(separator: ", "))"
      )
    }
    let seconds = start.duration(to: .now).components.seconds
    terminal.out.line(
      "\(gathered.done) runs: each of \(calms.reduce(0) { $0 + $1.calls.count }) calls, in every way; \(seconds) s"
    )
    let findings = gathered.findings.sorted { $0.number < $1.number }.map(\.finding)
    guard let first = findings.first else {
      terminal.out.line(terminal.out.styled("passed", .green, .bold))
      return 0
    }
    for finding in findings.prefix(10) { terminal.out.line("\(finding)") }
    terminal.out.line("\(findings.count) runs come to something else")
    return first.kind.exitCode
  }

  private func play(_ points: [Point]) throws -> Gathered {
    let shared = Shared()
    let running = (0..<threads).compactMap { thread in
      OSThread.start("saga-\(thread)") {
        while true {
          let number = shared.given.wrappingAdd(1, ordering: .relaxed).oldValue
          guard number < points.count, shared.gathered.withLock({ $0.error == nil }) else { return }
          let point = points[number]
          let outcome = Swift.Result { try saga.disturb(point.calm, at: point.call, point.mishap) }
          shared.gathered.withLock { gathered in
            switch outcome {
            case .success(let finding):
              gathered.done += 1
              if let finding { gathered.findings.append((number, finding)) }
            case .failure(let error): gathered.error = "\(error)"
            }
          }
        }
      }
    }
    guard !running.isEmpty else { throw Console.Failure("the system refuses threads", code: .software) }
    var progress = Progress("saga", total: points.count, terminal)
    while running.contains(where: { !$0.isDone }) {
      OSThread.sleep(milliseconds: 20)
      progress.update(shared.gathered.withLock { $0.done })
    }
    progress.finish()
    for thread in running { thread.join() }
    let gathered = shared.gathered.withLock { $0 }
    if let error = gathered.error { throw Console.Failure(error, code: .software) }
    return gathered
  }
}
