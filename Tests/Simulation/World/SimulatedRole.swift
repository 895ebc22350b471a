// Owns a role as a world runs it, whatever its processor: what it is called and how one of its workers is made.
import Streams

/// A worker as a world drives it.
protocol SimulatedWorker: AnyObject {
  var status: WorkerStatus { get }
  var state: WorkerState { get }
  var snapshot: WorkerSnapshot { get }
  /// When the first timer of a running task is due; nil when none is set.
  var firstTimer: Int64? { get }
  func step(wait: Int)
}

extension Worker: SimulatedWorker where L == GatedLog {}

/// What is given to a worker when its process starts.
struct WorkerSeat {
  let log: GatedLog
  let identity: WorkerIdentity
  let index: Int
  let settings: WorkerSettings
  let clock: WorkerClock
  let listener: RuntimeListener
}

/// A role of a workload.
package struct SimulatedRole {
  package let definition: RoleDefinition
  let worker: (WorkerSeat) -> any SimulatedWorker

  package init<P: Processor>(_ role: Role<P>) {
    definition = role.definition
    worker = { seat in
      Worker(
        log: seat.log, role: role, identity: seat.identity, index: seat.index, settings: seat.settings,
        clock: seat.clock, listener: seat.listener)
    }
  }
}
