// Owns what can be done to a deployment, and drawing it from a seed.
import Streams

/// One thing that happens to a worker or a broker.
package enum Fault: Sendable, Hashable {
  case killWorker(Int)
  /// Milliseconds frozen.
  case freezeWorker(Int, milliseconds: Int)
  case drainWorker(Int)
  /// Milliseconds down.
  case killBroker(Int, milliseconds: Int)

  /// The class that figures are gathered under.
  package enum Class: String, CaseIterable, Sendable {
    case killWorker = "worker kill -9"
    case freezeWorker = "worker SIGSTOP"
    case drainWorker = "worker SIGTERM"
    case killBroker = "broker kill -9"

    /// As an argument: `kill-worker`.
    package var word: String {
      switch self {
      case .killWorker: "kill-worker"
      case .freezeWorker: "freeze-worker"
      case .drainWorker: "drain-worker"
      case .killBroker: "kill-broker"
      }
    }
  }

  package var kind: Class {
    switch self {
    case .killWorker: .killWorker
    case .freezeWorker: .freezeWorker
    case .drainWorker: .drainWorker
    case .killBroker: .killBroker
    }
  }

  package var description: String {
    switch self {
    case .killWorker(let worker): "kill -9 worker \(worker)"
    case .freezeWorker(let worker, let time): "SIGSTOP worker \(worker) for \(Double(time) / 1000) s"
    case .drainWorker(let worker): "SIGTERM worker \(worker)"
    case .killBroker(let node, let time): "kill -9 broker \(node) for \(Double(time) / 1000) s"
    }
  }
}

/// Draws faults: the same seed, the same faults.
package struct FaultDice {
  private var random: SeededRandom
  package let workers: Int
  package let brokers: Int
  /// Freezes last beyond it, mostly.
  package let sessionMilliseconds: Int

  /// Faults of one class alone.
  package let only: Fault.Class?

  package init(
    seed: UInt64, workers: Int, brokers: Int, sessionMilliseconds: Int, only: Fault.Class? = nil
  ) {
    random = SeededRandom(seed: seed)
    self.workers = workers
    self.brokers = brokers
    self.sessionMilliseconds = sessionMilliseconds
    self.only = only
  }

  package mutating func fault() -> Fault {
    while true {
      let fault = draw()
      // A node that is a cluster by itself may come back without ending the transactions that it had decided
      // (Kafka 4.3 looks for their partitions before it has read that they exist, takes them for deleted, and leaves
      // them hanging): a fault of its own, that no client survives. Only where it is asked for.
      if fault.kind == only || only == nil && (brokers > 1 || fault.kind != .killBroker) { return fault }
    }
  }

  private mutating func draw() -> Fault {
    let worker = Int.random(in: 0..<workers, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4: return .killWorker(worker)
    case 4..<6:
      let isLong = Int.random(in: 0..<4, using: &random) > 0
      let range = isLong ? sessionMilliseconds + 1_000...sessionMilliseconds + 3_000 : 500...3_000
      return .freezeWorker(worker, milliseconds: Int.random(in: range, using: &random))
    case 6..<8: return .drainWorker(worker)
    default:
      let time = Int.random(in: 500...4_000, using: &random)
      return .killBroker(Int.random(in: 0..<brokers, using: &random), milliseconds: time)
    }
  }

  /// Milliseconds of peace between two faults.
  package mutating func pause() -> Int { Int.random(in: 300...1_500, using: &random) }
}
