// Owns the verbs by which a script drives a world: what happens, in the order it is written.
import Kafka
import Streams

extension World {
  /// A world without any disturbance but those that a script makes.
  package convenience init(
    _ workload: W, partitions: Int32 = 1, workers: Int = 1, bug: PlantedBug? = nil,
    _ change: (inout Shape) -> Void = { _ in }
  ) throws {
    var shape = Shape()
    shape.partitions = partitions
    shape.workers = workers
    change(&shape)
    try self.init(workload, Scenario(workload: workload.name, shape: shape), bug: bug)
  }

  /// Lets so many turns pass.
  package func run(_ turns: Int) throws { for _ in 0..<turns { try step() } }

  /// Lets turns pass until something holds; gives up after a thousand.
  package func run(until holds: () -> Bool) throws {
    for _ in 0..<1_000 where !holds() { try step() }
  }

  /// Lets turns pass until nothing has been pending for a while.
  ///
  /// - Returns: What still is after a thousand turns; nil when nothing is.
  package func settle() throws -> String? {
    var quiet = 0
    var reason: String?
    for _ in 0..<200 {
      for _ in 0..<5 { try step() }
      reason = pending
      quiet = reason == nil ? quiet + 1 : 0
      if quiet == 4 { return nil }
    }
    return reason
  }

  /// Somebody sends records.
  package func feed(_ values: String..., key: String = "k", topic: String = "in") throws {
    for value in values { try feed([Input(turn: turn, topic: topic, key: key, value: Array(value.utf8))]) }
  }

  /// A worker's process is killed at a call to come; another one takes its place.
  package func kill(_ worker: Int, _ moment: Moment) { arm(worker, .kill, at: moment) }

  /// A worker's process stands still at a call to come, and goes on after so many milliseconds.
  package func freeze(
    _ worker: Int, _ moment: Moment, milliseconds: Int64, _ fate: Freeze.Fate = .thaws
  ) {
    arm(worker, .freeze(Freeze(milliseconds: milliseconds, fate: fate)), at: moment)
  }

  /// A call of the process that comes after a worker's present one is refused; which of its kind, from 1.
  package func refuse(_ worker: Int, _ call: Call, _ count: Int = 1) {
    waiting.append((worker, .refuse, .before(call, count)))
  }

  /// The log does something else than a worker asks of it, at the next such call.
  package func fault(_ worker: Int, _ point: FaultPoint, _ fault: Fault) {
    log.inject(fault, at: point, transactionalID: transactionalID(worker))
  }

  /// A worker is asked to stop; another process takes its place.
  package func drain(_ worker: Int) { places[worker].life?.worker.status.requestDrain() }

  /// The groups move partitions from one member to another.
  package func rebalance() { for role in roles { log.rebalance(group: role.definition.group) } }

  /// The values committed to an output topic, in order.
  package func committed(_ topic: String) -> [String] {
    log.settle()
    return log.records(topic).map { $0.valueText ?? "-" }
  }

  /// What happened so far.
  package var coverage: Coverage { reports.coverage }

  /// Which partitions each worker has, by worker.
  package var assignments: [[Int32]] {
    places.map { place in (place.life?.worker.snapshot.tasks ?? []).map(\.source.partition) }
  }

  /// Whether a worker is in the middle of restoring a task.
  package func isRestoring(_ worker: Int) -> Bool {
    (places[worker].life?.worker.snapshot.tasks ?? []).contains { $0.state == .restoring }
  }
}
