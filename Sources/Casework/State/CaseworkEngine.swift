// Owns the way of one signal or timer: load what its decision needs, decide, save what changed, number the journal.
import Events
import Policy
import StateBytes

/// Decides one task's signals and timers over its state. One for each task; it keeps memory from decision to decision and
/// nothing else: what it knows of the state it checks against the store each time, so an aborted transaction leaves no
/// trace.
public struct CaseworkEngine {
  private var decider: CaseworkDecider
  private var epoch: Int64
  private let bugs: PlantedCaseworkBugs
  private var state = CaseworkState()
  private var outcome = Outcome()
  private var desk: StateDesk
  /// Cases of the subject at hand that were not closed when it was loaded.
  private var openBefore = 0

  /// - Parameter format: how values are written; another one than the current for tests of rolling releases only.
  public init(policy: CompiledPolicy, epoch: Int64, format: StateFormat = .current) {
    self.init(policy: policy, epoch: epoch, format: format, bugs: [])
  }

  package init(policy: CompiledPolicy, epoch: Int64, format: StateFormat, bugs: PlantedCaseworkBugs) {
    decider = CaseworkDecider(policy, bugs: bugs)
    self.epoch = epoch
    self.bugs = bugs
    desk = StateDesk(format)
  }

  /// Decides by another policy from now on. The words it has read of the state stay; what it borrowed from the policy of
  /// before goes with it.
  public mutating func adopt(_ policy: CompiledPolicy, epoch: Int64) {
    decider = CaseworkDecider(policy, bugs: bugs)
    self.epoch = epoch
    state = CaseworkState()
    outcome = Outcome()
  }

  /// Decides about a signal and hands the outcome to `emit`; all of it is valid inside.
  public mutating func handle<S: StateStore>(
    _ signal: Signal, task: Int32, now: Int64, _ store: inout S,
    _ emit: (borrowing Outcome, inout S) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    var record = try desk.begin(&store)
    state.reset(subjectKey: signal.subjectKey)
    var subject: SubjectBytes?
    if !signal.subjectKey.isEmpty {
      guard let key = SubjectBytes(signal.subjectKey) else {
        throw StateFailure("a signal's subject key is none: \(signal.subjectKey.count) bytes")
      }
      subject = key
      try desk.load(key, into: &state.subject, &store)
      openBefore = state.subject.openCases
    } else {
      state.subject = SubjectAccount()
    }
    let triage = decider.triage(signal, &state.subject, now: now)
    if let number = triage.load, let subject { try load(subject, number, &store) }
    if triage.needsOwner { try loadOwners(state.hasCurrent ? state.current.owner : triage.owner, &store) }
    state.evidence = record.evidence
    decider.decide(signal, triage, &state, now: now, epoch: epoch, into: &outcome)
    let owner = state.hasCurrent && triage.needsOwner ? desk.loadedOwner : triage.owner
    try save(subject, owner: owner, &record, task: task, now: now, &store)
    try emit(outcome, &store)
  }

  /// Decides about a timer that is due.
  public mutating func fire<S: StateStore>(
    timer key: UnsafeRawBufferPointer, due: Int64, task: Int32, now: Int64, _ store: inout S,
    _ emit: (borrowing Outcome, inout S) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    guard let parsed = ParsedTimerKey(key) else { throw StateFailure("a timer has a key that is none") }
    var record = try desk.begin(&store)
    var subject: SubjectBytes?
    var owner = ByteSlice()
    let timer: TimerKey
    switch parsed {
    case .caseOf(let bytes, let number):
      subject = bytes
      let text = bytes.text(desk.scratch)
      state.reset(subjectKey: text)
      try desk.load(bytes, into: &state.subject, &store)
      openBefore = state.subject.openCases
      try load(bytes, number, &store)
      guard state.hasCurrent else {
        throw StateFailure("a timer fires for a case that the state does not have")
      }
      owner = state.current.owner
      timer = .ofCase(state.current.id)
    case .subject(let bytes):
      subject = bytes
      let text = bytes.text(desk.scratch)
      state.reset(subjectKey: text)
      try desk.load(bytes, into: &state.subject, &store)
      openBefore = state.subject.openCases
      timer = .ofSubject(text)
    case .owner(let team):
      owner = ByteSlice(desk.scratch.keep(team.bytes))
      state.reset(subjectKey: ByteSlice())
      timer = .ofOwner(owner)
    }
    if subject == nil || state.hasCurrent { try loadOwners(owner, &store) }
    state.evidence = record.evidence
    decider.tick(timer, due: due, &state, now: now, epoch: epoch, into: &outcome)
    try save(subject, owner: desk.loadedOwner, &record, task: task, now: now, &store)
    try emit(outcome, &store)
  }

  /// Takes over how far what people did has been read.
  public mutating func hear<S: StateStore>(_ mark: Mark, _ store: inout S) throws(StateFailure) {
    var record = try desk.begin(&store)
    record.evidence = try desk.hear(mark, &store)
    desk.end(record, &store)
  }

  /// Until when what people did has been heard, as a task's state has it; nil where nobody has told.
  package static func heardUntil(_ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?)
    throws(StateFailure) -> Int64?
  {
    var key = StateKey()
    guard let bytes = get(key.task()) else { return nil }
    let evidence = try TaskRecord(bytes).evidence
    return evidence == .max ? nil : max(0, evidence)
  }

  /// Cases that are not closed, as a task's state has it; nil before its first decision, and before the first one of this
  /// release over an earlier one's state.
  package static func openCases(_ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?)
    throws(StateFailure) -> Int64?
  {
    var key = StateKey()
    guard let bytes = get(key.task()) else { return nil }
    return try TaskRecord(bytes).open
  }

  // MARK: Loading

  private mutating func load<S: StateStore>(_ subject: SubjectBytes, _ number: UInt32, _ store: inout S)
    throws(StateFailure)
  {
    state.current.id = CaseID(subjectKey: state.subjectKey, number: number)
    state.hasCurrent = try desk.load(subject, number, into: &state.current, &store)
    guard state.hasCurrent else { return }
    let shape = state.current.ladder.shape
    if shape != 0 { try desk.load(shape, into: &state.ladder, &store) } else { state.ladder = LadderShape() }
  }

  private mutating func loadOwners<S: StateStore>(_ owner: ByteSlice, _ store: inout S) throws(StateFailure) {
    try desk.load(owner: owner, into: &state.owner, &store)
    try desk.loadEveryone(into: &state.everyone, &store)
  }

  // MARK: Saving

  private mutating func save<S: StateStore>(
    _ subject: SubjectBytes?, owner: ByteSlice, _ record: inout TaskRecord, task: Int32, now: Int64,
    _ store: inout S
  ) throws(StateFailure) {
    record.journalled = record.journalled &+ 1
    outcome.journal.task = task
    outcome.journal.number = record.journalled
    outcome.journal.id = desk.journalID(task: task, number: record.journalled)
    if state.changes.contains(.owner), !owner.isEmpty { desk.save(owner: owner, state.owner, &store) }
    if state.changes.contains(.everyone) { desk.save(owner: ByteSlice(), state.everyone, &store) }
    // Cases have an owner: a decision about none is about the account of all.
    if let due = state.ownerTimer { desk.setTimer(owner: owner, due: due, &store) }
    for id in state.wake { desk.wake(id, now: now, &store) }
    try save(state.pages, of: owner, now: now, &store)
    if let subject {
      record.open = max(0, (record.open ?? 0) &+ Int64(openChange))
      try save(subject, now: now, &store)
    }
    desk.end(record, &store)
  }

  /// How many more cases of the subject at hand are not closed than before the decision.
  private var openChange: Int {
    if !state.changes.isDisjoint(with: [.erased, .subjectGone]) { return -openBefore }
    return state.changes.contains(.subject) ? state.subject.openCases - openBefore : 0
  }

  private mutating func save<S: StateStore>(
    _ pages: HeldPages, of owner: ByteSlice, now: Int64, _ store: inout S
  ) throws(StateFailure) {
    for number in pages.dropOfOwner { _ = try desk.take(page: number, of: owner, &store) }
    for number in pages.dropOfAll { _ = try desk.take(page: number, of: ByteSlice(), &store) }
    for number in pages.wake {
      for id in try desk.take(page: number, of: owner, &store) { desk.wake(id, now: now, &store) }
    }
    guard !pages.full.isEmpty else { return }
    let holder = pages.isFullOfAll ? ByteSlice() : owner
    desk.save(page: pages.full, pages.number, of: holder, &store)
  }

  private mutating func save<S: StateStore>(_ subject: SubjectBytes, now: Int64, _ store: inout S)
    throws(StateFailure)
  {
    if state.changes.contains(.erased) { return try erase(subject, now: now, &store) }
    if state.changes.contains(.subjectGone) { return desk.delete(subject, &store) }
    if state.changes.contains(.currentGone) {
      desk.delete(subject, state.current.id.number, &store)
    } else if state.changes.contains(.current) {
      if !state.pinned.isEmpty { desk.pin(state.current.ladder.shape, state.pinned, &store) }
      desk.save(subject, state.current, due: decider.nextMoment(state), &store)
    }
    if let number = state.dropped { desk.delete(subject, number, &store) }
    if state.changes.contains(.subject) {
      desk.save(subject, state.subject, isArmed: state.changes.contains(.subjectTimer), &store)
    }
  }

  /// Deletes a subject and its cases; what of them was put off is no debt any more. Of one that had cases the number of
  /// the next stays.
  private mutating func erase<S: StateStore>(_ subject: SubjectBytes, now: Int64, _ store: inout S)
    throws(StateFailure)
  {
    for entry in state.subject.cases {
      if try desk.load(subject, entry.number, into: &state.current, &store), state.current.deferral != .none {
        try desk.load(owner: state.current.owner, into: &state.owner, &store)
        Deferrals.settle(state.current, in: &state.owner, now: now)
        desk.save(owner: desk.loadedOwner, state.owner, &store)
      }
      desk.delete(subject, entry.number, &store)
    }
    guard state.subject.nextCase > 1 else { return desk.delete(subject, &store) }
    state.subject.keepNumberOnly()
    desk.save(subject, state.subject, isArmed: true, &store)
  }
}
