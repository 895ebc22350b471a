// Owns the way of one claim or timer: load what its decision needs, decide, save what changed.
import Events
import Policy
import StateBytes

/// Decides one task's claims and timers over its state. One for each task; it keeps memory from decision to decision and
/// nothing else, so an aborted transaction leaves no trace.
public struct DelegationEngine {
  private var decider: DelegationDecider
  private var epoch: Int64
  private let bugs: PlantedDelegationBugs
  private var state = DelegationState()
  private var outcome = Outcome()
  private let desk: StateDesk

  /// - Parameter format: how values are written; another one than the current for tests of rolling releases only.
  public init(policy: CompiledPolicy, epoch: Int64, format: StateFormat = .current) {
    self.init(policy: policy, epoch: epoch, format: format, bugs: [])
  }

  package init(policy: CompiledPolicy, epoch: Int64, format: StateFormat, bugs: PlantedDelegationBugs) {
    decider = DelegationDecider(policy, bugs: bugs)
    self.epoch = epoch
    self.bugs = bugs
    desk = StateDesk(format)
  }

  /// Decides by another policy from now on; what was borrowed from the one before goes with it.
  public mutating func adopt(_ policy: CompiledPolicy, epoch: Int64) {
    decider = DelegationDecider(policy, bugs: bugs)
    self.epoch = epoch
    state = DelegationState()
    outcome = Outcome()
  }

  /// Decides about a claim's record and hands the outcome to `emit`; all of it is valid inside. Throws where the state
  /// cannot be read, and for a record that names no claim.
  public mutating func handle<S: StateStore>(
    _ claim: Claim, task: Int32, now: Int64, _ store: inout S,
    _ emit: (borrowing Outcome, inout S) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    guard !claim.claim.isEmpty else { throw StateFailure("a record on claims names no claim") }
    decider.texts.reset()
    state.reset()
    try desk.load(claim: claim.claim, into: &state, decider.texts, &store)
    decider.wants(claim, &state, now: now, epoch: epoch)
    try desk.loadAccounts(into: &state, decider.texts, &store)
    decider.decide(claim, &state, now: now, epoch: epoch, into: &outcome)
    try desk.save(state, within: within, told: outcome.records.count, &store)
    try emit(outcome, &store)
  }

  /// Decides about a timer that is due.
  public mutating func fire<S: StateStore>(
    timer key: UnsafeRawBufferPointer, due: Int64, task: Int32, now: Int64, _ store: inout S,
    _ emit: (borrowing Outcome, inout S) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    guard let parsed = ParsedTimerKey(key) else { throw StateFailure("a timer has a key that is none") }
    decider.texts.reset()
    state.reset()
    outcome.begin()
    switch parsed {
    case .sum(let hash):
      try desk.prune(sum: hash, now: now, within: within, decider.texts, &store)
    case .claim(let id):
      try desk.load(claim: id, into: &state, decider.texts, &store)
      guard state.hasClaim else {
        throw StateFailure("a timer fires for a claim that the state does not have")
      }
      decider.wants(nil, &state, now: now, epoch: epoch)
      try desk.loadAccounts(into: &state, decider.texts, &store)
      switch decider.tick(&state, now: now, epoch: epoch, into: &outcome) {
      case .keep: try desk.save(state, within: within, told: outcome.records.count, &store)
      case .forget: desk.forget(claim: state.claim.id, &store)
      }
    }
    try emit(outcome, &store)
  }

  /// Whether a timer that fires now only takes out of the state what nobody asks for any more, and leads to no record.
  package static func isSilent(
    timer key: UnsafeRawBufferPointer, _ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?
  ) throws(StateFailure) -> Bool {
    switch ParsedTimerKey(key) {
    case .claim(let id):
      guard let bytes = get(key) else { return false }
      switch try ClaimAccount(bytes, id: id, Texts()).phase {
      case .referred, .approved: return false
      case .settled, .returned, .lapsed, .declined, .cancelled, .expired: return true
      }
    case .sum: return true
    case nil: return false
    }
  }

  private var within: Int64 { decider.policy.delegation.split.within }
}
