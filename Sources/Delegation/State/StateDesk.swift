// Owns the moves between a task's store and the values that decisions work on.
import Events
import Policy
import StateBytes

/// Reads and writes values of the state. One for each engine.
struct StateDesk {
  private let writer: StateWriter
  private let key = StateKey()

  init(_ format: StateFormat) { writer = StateWriter(format) }

  /// False when there is no such claim.
  func load<S: StateStore>(
    claim id: ByteSlice, into state: inout DelegationState, _ texts: Texts, _ store: inout S
  )
    throws(StateFailure)
  {
    state.hasClaim = false
    guard let bytes = store.get(key.claim(id)) else { return }
    state.claim = try ClaimAccount(bytes, id: texts.keep(id), texts)
    state.hasClaim = true
  }

  /// Loads everything that the decision asked for.
  func loadAccounts<S: StateStore>(into state: inout DelegationState, _ texts: Texts, _ store: inout S)
    throws(StateFailure)
  {
    for index in state.pots.indices {
      guard let bytes = store.get(key.pot(state.pots[index].pot)) else { continue }
      state.pots[index].account = try BudgetAccount(bytes, texts)
    }
    for index in state.sums.indices {
      guard let bytes = store.get(key.sum(state.sums[index].key)) else { continue }
      state.sums[index].account = try SplitAccount(bytes, texts)
    }
  }

  /// Saves what changed, and the claim with its timer.
  func save<S: StateStore>(_ state: DelegationState, within: Int64, told: Int, _ store: inout S)
    throws(StateFailure)
  {
    for pot in state.pots where pot.isChanged {
      writer.write(pot.account)
      store.put(key.pot(pot.pot), writer.bytes)
    }
    for sum in state.sums where sum.isChanged { save(sum.account, under: sum.key, within: within, &store) }
    if state.hasClaim {
      writer.write(state.claim)
      let key = key.claim(state.claim.id)
      store.put(key, writer.bytes)
      if let due = state.claim.due { store.setTimer(key, due: due) } else { store.cancelTimer(key) }
    }
    guard told > 0 else { return }
    var record = TaskRecord()
    if let bytes = store.get(key.task()) { record = try TaskRecord(bytes) }
    record.told = plus(record.told, Int64(told))
    record.write(to: writer)
    store.put(key.task(), writer.bytes)
  }

  func forget<S: StateStore>(claim id: ByteSlice, _ store: inout S) {
    let key = key.claim(id)
    store.delete(key)
    store.cancelTimer(key)
  }

  /// Takes out of a sum what is older than the window, and the sum itself when nothing is left.
  func prune<S: StateStore>(sum hash: UInt64, now: Int64, within: Int64, _ texts: Texts, _ store: inout S)
    throws(StateFailure)
  {
    guard let bytes = store.get(key.sum(hash)) else { return }
    var account = try SplitAccount(bytes, texts)
    account.prune(before: minus(now, within))
    save(account, under: hash, within: within, &store)
  }

  private func save<S: StateStore>(
    _ account: SplitAccount, under hash: UInt64, within: Int64, _ store: inout S
  ) {
    let key = key.sum(hash)
    guard let last = account.entries.last else {
      store.delete(key)
      return store.cancelTimer(key)
    }
    writer.write(account)
    store.put(key, writer.bytes)
    store.setTimer(key, due: plus(last.at, within))
  }
}
