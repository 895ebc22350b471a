// Owns the engines of a worker: one for each task, by the policy that is in force there.
import Casework
import Delegation
import Policy

/// What decides about one task, by one policy after the other.
protocol TaskDecider {
  mutating func adopt(_ policy: CompiledPolicy, epoch: Int64)
}

extension CaseworkEngine: TaskDecider {}
extension DelegationEngine: TaskDecider {}

/// One for each processor. What an engine keeps is memory and nothing that counts.
struct TaskEngines<Decider: TaskDecider> {
  private var engines: [Int32: TaskEngine<Decider>] = [:]

  /// The engine of a task under this epoch; `make` makes the first one.
  mutating func engine(of task: Int32, _ policy: CompiledPolicy, epoch: Int64, _ make: () -> Decider)
    -> TaskEngine<Decider>
  {
    if let engine = engines[task] {
      if engine.epoch != epoch { engine.adopt(policy, epoch: epoch) }
      return engine
    }
    let engine = TaskEngine(make(), epoch: epoch)
    engines[task] = engine
    return engine
  }
}

/// An engine in one place: moving it out and back for each record would count references to all it holds.
final class TaskEngine<Decider: TaskDecider> {
  var engine: Decider
  private(set) var epoch: Int64

  init(_ engine: Decider, epoch: Int64) {
    self.engine = engine
    self.epoch = epoch
  }

  func adopt(_ policy: CompiledPolicy, epoch: Int64) {
    engine.adopt(policy, epoch: epoch)
    self.epoch = epoch
  }
}
