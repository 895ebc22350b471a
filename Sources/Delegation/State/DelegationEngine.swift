// Owns the way of one claim or timer: load what its decision needs, decide, save what changed.
import Events
import Policy
import StateBytes

/// Decides one task's claims and timers over its state. One for each task; it keeps memory from decision to decision and
/// nothing else, so an aborted transaction leaves no trace.
public struct DelegationEngine {
  private var policy: CompiledPolicy
  private var epoch: Int64
  private let bugs: PlantedDelegationBugs
  private var outcome = Outcome()

  /// - Parameter format: how values are written; another one than the current for tests of rolling releases only.
  public init(policy: CompiledPolicy, epoch: Int64, format: StateFormat = .current) {
    self.init(policy: policy, epoch: epoch, format: format, bugs: [])
  }

  package init(policy: CompiledPolicy, epoch: Int64, format: StateFormat, bugs: PlantedDelegationBugs) {
    self.policy = policy
    self.epoch = epoch
    self.bugs = bugs
  }

  /// Decides by another policy from now on.
  public mutating func adopt(_ policy: CompiledPolicy, epoch: Int64) {
    self.policy = policy
    self.epoch = epoch
    outcome = Outcome()
  }

  /// Decides about a claim's record and hands the outcome to `emit`; all of it is valid inside.
  public mutating func handle<S: StateStore>(
    _ claim: Claim, task: Int32, now: Int64, _ store: inout S,
    _ emit: (borrowing Outcome, inout S) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    try emit(outcome, &store)
  }

  /// Decides about a timer that is due.
  public mutating func fire<S: StateStore>(
    timer key: UnsafeRawBufferPointer, due: Int64, task: Int32, now: Int64, _ store: inout S,
    _ emit: (borrowing Outcome, inout S) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    try emit(outcome, &store)
  }
}
