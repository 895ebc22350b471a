// Owns the answers to "is it alive" and "is it ready", each with one line that says why not.
import Streams

/// An answer and its line.
public struct Health: Sendable, Hashable {
  public let isGood: Bool
  /// One line, without payload.
  public let text: String

  /// Alive: no worker has failed or is stuck. Whoever restarts the process may do so when it is not.
  ///
  /// - Parameters:
  ///   - workers: By role, in the order of their indexes.
  ///   - stuckAfter: A loop that has not turned for so many milliseconds is stuck.
  public static func live(_ workers: [String: [WorkerSnapshot]], stuckAfter: Int64) -> Health {
    answer("live", workers) { fault($0, stuckAfter) }
  }

  /// Ready: alive, and every worker takes part in its group with no task that waits for a person.
  public static func ready(_ workers: [String: [WorkerSnapshot]], stuckAfter: Int64) -> Health {
    answer("ready", workers) { worker in
      fault(worker, stuckAfter) ?? (worker.isReady ? nil : obstacle(worker))
    }
  }

  private static func answer(
    _ word: String, _ workers: [String: [WorkerSnapshot]], _ reason: (WorkerSnapshot) -> String?
  ) -> Health {
    let reasons = workers.sorted { $0.key < $1.key }.flatMap { role, snapshots in
      snapshots.enumerated().compactMap { index, snapshot in reason(snapshot).map { "\(role)-\(index) \($0)" }
      }
    }
    guard let first = reasons.first else { return Health(isGood: true, text: word) }
    let line = first.split(whereSeparator: \.isNewline).joined(separator: " ")
    return Health(
      isGood: false, text: line + others(reasons.count - 1, "worker"))
  }

  private static func fault(_ worker: WorkerSnapshot, _ stuckAfter: Int64) -> String? {
    if case .failed(let reason) = worker.state { return "failed: \(reason)" }
    guard !worker.state.isFinal, worker.silence >= stuckAfter else { return nil }
    return "is stuck: its loop has not turned for \(worker.silence / 1_000) s"
  }

  private static func obstacle(_ worker: WorkerSnapshot) -> String {
    switch worker.state {
    case .starting: return "is starting: it has not been let into Kafka yet"
    case .waiting: return "waits for a policy: none is published yet (`answerable policy publish`)"
    case .draining: return "is leaving"
    case .stopped: return "has stopped"
    case .failed(let reason): return "failed: \(reason)"
    case .running: break
    }
    let stopped = worker.tasks.filter { $0.state.isStopped }
    guard let first = stopped.first else { return "is not ready" }
    let more = others(stopped.count - 1, "partition")
    switch first.state {
    case .failed(let reason): return "stopped at \(first.source): \(reason)\(more)"
    case .refused(let reason): return "cannot start \(first.source): \(reason)\(more)"
    default: return "is not ready"
    }
  }

  private static func others(_ count: Int, _ noun: String) -> String {
    count == 0 ? "" : " (and \(count) more \(noun)\(count == 1 ? "" : "s"))"
  }
}
