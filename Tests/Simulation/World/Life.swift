// Owns one life of a worker: a process from its start to its end, and the place it takes among the workers.
import Streams
import Synchronization

/// A worker process.
final class Life {
  let index: Int
  let gate: Gate
  let worker: any SimulatedWorker
  /// In the middle of a step: frozen, since one thread runs everything.
  var isBusy = false
  /// Turns left to one whose name another process has taken; nil for everybody else.
  var turnsLeft: Int?

  init(index: Int, gate: Gate, worker: any SimulatedWorker) {
    self.index = index
    self.gate = gate
    self.worker = worker
  }

  /// Nothing more will come of it.
  var isOver: Bool { gate.isDead || worker.state.isFinal }
}

/// A worker's place: a name under which one process after the other lives.
final class Place {
  /// Which of the workload's roles its processes run.
  let role: Int
  var life: Life?
  /// Nobody lives here before this turn.
  var emptyUntil = 0
  /// For how many turns the place stays empty once the present process has ended.
  var absence = 0
  let clock: SkewedClock

  init(role: Int, clock: ManualClock) {
    self.role = role
    self.clock = SkewedClock(clock)
  }
}

/// A wall clock that is off by some milliseconds.
final class SkewedClock: Sendable {
  private let clock: ManualClock
  private let ahead = Atomic<Int64>(0)

  init(_ clock: ManualClock) { self.clock = clock }

  var now: Int64 { clock.now &+ ahead.load(ordering: .relaxed) }
  func set(ahead milliseconds: Int64) { ahead.store(milliseconds, ordering: .relaxed) }
}
