// Owns what stands behind a desk: the decider, and everything that it is given, kept as plain values. No codec and no
// engine: what is tested here are decisions.
import Events
import Policy
import Testing

@testable import Casework

/// What a desk needs of whatever decides for it.
protocol DeskBacking {
  mutating func adopt(_ policy: CompiledPolicy, epoch: Int64)
  mutating func hear(_ signal: Signal, now: Int64, epoch: Int64) -> Told
  /// How far what people did has been read.
  mutating func hear(_ mark: Mark)
  /// Nil when no timer is set.
  mutating func fireNext(now: Int64, epoch: Int64) -> Told?
  /// Moments at which something is looked at again, by whose they are: a subject key, the id of a case, `owner NAME`.
  var timers: [String: Int64] { get }
  /// Makes every case be looked at now, whether or not anything is due; does nothing where that cannot be.
  mutating func lookAtAll(now: Int64)
}

extension DeskBacking {
  /// The earliest moment at which something is looked at again.
  var nextTimer: Int64? { timers.values.min() }
  mutating func lookAtAll(now: Int64) {}
}

struct DeskCasework: DeskBacking {
  /// Whose a timer is: `subject`, the id of a case, `owner NAME`.
  private var due: [String: Int64] = [:]
  private var subjects: [String: SubjectAccount] = [:]
  private var cases: [String: Case] = [:]
  private var shapes: [UInt64: [UInt8]] = [:]
  private var owners: [String: OwnerAccount] = [:]
  /// Cases that a hold lists, by owner and page.
  private var pages: [String: [Int32: [String]]] = [:]
  private let keeper: Keeper
  private var policy: CompiledPolicy
  private var decider: CaseworkDecider
  /// Everything before this time has been heard; `.max` where nobody tells.
  private var evidence = Int64.max
  private var table = EvidenceTable()

  init(_ policy: CompiledPolicy, _ keeper: Keeper) {
    self.keeper = keeper
    self.policy = policy
    decider = CaseworkDecider(policy)
  }

  mutating func adopt(_ policy: CompiledPolicy, epoch: Int64) {
    self.policy = policy
    decider = CaseworkDecider(policy)
  }

  // MARK: Deciding

  mutating func lookAtAll(now: Int64) {
    for name in cases.keys { due[name] = min(due[name] ?? now, now) }
  }

  mutating func hear(_ signal: Signal, now: Int64, epoch: Int64) -> Told {
    var state = loaded(signal.subjectKey.string)
    let triage = decider.triage(signal, &state.subject, now: now)
    if let number = triage.load { load("\(signal.subjectKey.string)-\(number)", into: &state) }
    let owner = state.hasCurrent ? state.current.owner.string : triage.owner.string
    // What was not asked for is not loaded: nothing may be made of it.
    if triage.needsOwner { state.owner = owners[owner] ?? OwnerAccount() }
    var outcome = Outcome()
    decider.decide(signal, triage, &state, now: now, epoch: epoch, into: &outcome)
    let told = Told(outcome)
    if !triage.needsOwner, state.changes.contains(.owner) {
      Issue.record("changed an owner's account that was not loaded: \(told.decision) \(told.code)")
    }
    save(&state, owner: owner, now: now)
    return told
  }

  mutating func hear(_ mark: Mark) {
    table.hear(mark)
    evidence = table.reached
  }

  /// Nil when no timer is set.
  mutating func fireNext(now: Int64, epoch: Int64) -> Told? {
    guard let (name, moment) = due.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return nil }
    due[name] = nil
    var state: CaseworkState
    let key: TimerKey
    let owner: String
    if name.hasPrefix("owner ") {
      owner = String(name.dropFirst(6))
      state = loaded("")
      key = .ofOwner(keeper.keep(owner))
    } else if subjects[name] != nil {
      owner = ""
      state = loaded(name)
      key = .ofSubject(state.subjectKey)
    } else {
      state = loaded(String(name[..<(name.lastIndex(of: "-") ?? name.endIndex)]))
      load(name, into: &state)
      owner = state.current.owner.string
      key = .ofCase(state.current.id)
    }
    state.owner = owners[owner] ?? OwnerAccount()
    var outcome = Outcome()
    decider.tick(key, due: moment, &state, now: now, epoch: epoch, into: &outcome)
    let told = Told(outcome)
    save(&state, owner: owner, now: now)
    return told
  }

  // MARK: Loading and saving

  private func loaded(_ subjectKey: String) -> CaseworkState {
    var state = CaseworkState()
    state.reset(subjectKey: keeper.keep(subjectKey))
    state.subject = subjects[subjectKey] ?? SubjectAccount()
    state.everyone = owners[""] ?? OwnerAccount()
    state.evidence = evidence
    return state
  }

  private func load(_ caseID: String, into state: inout CaseworkState) {
    guard let kept = cases[caseID] else { return }
    state.current = kept
    state.hasCurrent = true
    _ = state.ladder.read(bytes(ofShape: kept.ladder.shape))
  }

  private func bytes(ofShape hash: UInt64) -> UnsafeRawBufferPointer {
    keeper.keep(bytes: shapes[hash] ?? [])
  }

  private mutating func save(_ state: inout CaseworkState, owner: String, now: Int64) {
    let subjectKey = state.subjectKey.string
    let changes = state.changes
    if changes.contains(.erased) || changes.contains(.subjectGone) {
      for name in keys(of: subjectKey) {
        if let item = cases[name], item.deferral != .none {
          Deferrals.settle(item, in: &owners[item.owner.string, default: OwnerAccount()], now: now)
        }
        subjects[name] = nil
        cases[name] = nil
        due[name] = nil
      }
      if changes.contains(.erased), state.subject.nextCase > 1 {
        state.subject.keepNumberOnly()
        subjects[subjectKey] = state.subject
        due[subjectKey] = state.subject.expiresAt
      }
    } else if !subjectKey.isEmpty {
      if changes.contains(.subject) {
        subjects[subjectKey] = keeper.keep(state.subject)
        if changes.contains(.subjectTimer) { due[subjectKey] = state.subject.timerAt }
      }
      if let number = state.dropped {
        cases["\(subjectKey)-\(number)"] = nil
        due["\(subjectKey)-\(number)"] = nil
      }
      if state.hasCurrent { saveCurrent(state) }
    }
    if changes.contains(.owner) { owners[owner] = keeper.keep(state.owner) }
    if changes.contains(.everyone) { owners[""] = keeper.keep(state.everyone) }
    if let timer = state.ownerTimer { due["owner \(owner)"] = timer }
    save(state.pages, owner: owner, now: now)
    for caseID in state.wake where cases[caseID.string] != nil { due[caseID.string] = now }
  }

  private mutating func save(_ moves: HeldPages, owner: String, now: Int64) {
    for number in moves.dropOfOwner { pages[owner]?[number] = nil }
    for number in moves.dropOfAll { pages[""]?[number] = nil }
    for number in moves.wake {
      for caseID in pages[owner]?.removeValue(forKey: number) ?? [] where cases[caseID] != nil {
        due[caseID] = now
      }
    }
    guard !moves.full.isEmpty else { return }
    pages[moves.isFullOfAll ? "" : owner, default: [:]][moves.number] = moves.full.map(\.string)
  }

  private mutating func saveCurrent(_ state: CaseworkState) {
    let caseID = "\(state.current.id.subjectKey.string)-\(state.current.id.number)"
    if state.changes.contains(.currentGone) {
      cases[caseID] = nil
      due[caseID] = nil
      return
    }
    if !state.pinned.isEmpty { shapes[state.current.ladder.shape] = Array(state.pinned.bytes) }
    guard state.changes.contains(.current) else { return }
    cases[caseID] = keeper.keep(state.current)
    due[caseID] = decider.nextMoment(state)
  }

  // MARK: Looking

  var timers: [String: Int64] { due }

  func keys(of subjectKey: String) -> [String] {
    (Array(subjects.keys) + Array(cases.keys)).filter { $0 == subjectKey || $0.hasPrefix(subjectKey + "-") }
  }

  var everySubject: [String: SubjectAccount] { subjects }
  var everyCase: [String: Case] { cases }
  var everyOwner: [String: OwnerAccount] { owners }
  /// Cases on pages.
  var pagedCases: Int { pages.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } } }

  /// Every value that is kept, field by field.
  var described: [String] {
    subjects.sorted { $0.key < $1.key }.flatMap { [$0.key] + describe($0.value) }
      + cases.sorted { $0.key < $1.key }.flatMap { [$0.key] + describe($0.value) }
      + owners.sorted { $0.key < $1.key }.flatMap { [$0.key] + describe($0.value) }
      + due.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
  }

  private func describe(_ value: Any) -> [String] {
    if let text = value as? ByteSlice { return [text.string] }
    let children = Mirror(reflecting: value).children
    if children.isEmpty { return ["\(value)"] }
    return children.flatMap { child in describe(child.value).map { "\(child.label ?? "") \($0)" } }
  }
}
