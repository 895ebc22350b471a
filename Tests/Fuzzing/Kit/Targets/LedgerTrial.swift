// Owns one trial of the ledger: an engine, its store and its clock, an auditor who sees records only, and the laws.
import Delegation
import Events
import StateBytes

/// What was asked, paid and let pass; nothing of it may trap, whatever the state is. Where the state is as the engine
/// left it and the clock never went back, the books balance after every record.
struct LedgerTrial {
  static let start: Int64 = 1_790_000_000_000
  private static let day: Int64 = 86_400_000

  private var engine: DelegationEngine
  private var epoch: Int64 = 1
  private var store = TrialStore()
  private var now = Self.start
  private var ledger = Ledger()
  private var asked: Set<[UInt8]> = []
  private var heard: Int64 = 0
  private let scratch = Scratch()
  private let encoder = DelegationEncoder()
  private let decoder = DelegationDecoder()
  /// False once the state was damaged, or the clock went back, which a task's never does.
  private var isLawful = true
  /// Whether every record has to be one that a reader takes: what comes in is.
  private var isReadable: Bool
  /// How far the claims of the trial came.
  private(set) var answers: Set<Events.Delegation.Answer> = []

  init(_ variant: LedgerPolicies.Variant) {
    engine = DelegationEngine(policy: variant.policy, epoch: 1)
    isReadable = variant.isStatable
  }

  mutating func adopt(_ variant: LedgerPolicies.Variant) {
    epoch += 1
    engine.adopt(variant.policy, epoch: epoch)
    isReadable = isReadable && variant.isStatable
  }

  // MARK: What comes in

  /// A record's value. False when it is no claim.
  mutating func hear(_ value: [UInt8], _ decoder: ClaimDecoder) throws(Violation) -> Step {
    let copy = value.withUnsafeBytes { scratch.keep($0) }
    guard let claim = try? decoder.decode(copy) else { return .ignored }
    return try hear(claim)
  }

  mutating func hear(_ line: ClaimLine) throws(Violation) -> Step {
    isReadable = false
    return try hear(line.claim(scratch))
  }

  enum Step {
    case ignored, decided
    /// The task stops: its state cannot be read.
    case stopped
  }

  private mutating func hear(_ claim: Claim) throws(Violation) -> Step {
    let key = [UInt8(ascii: "k")] + claim.claim.bytes
    // CASEWORK never gives a number again.
    if claim.kind == .request, !asked.insert(key).inserted, store.values[key] == nil { return .ignored }
    var claim = claim
    heard += 1
    claim.cause = Coordinates(topic: "claims", partition: 0, offset: heard)
    let now = now
    // What names no claim no role has sent: the task stops at it. Nor do cases, teams and sites have letters beyond ASCII,
    // of which an auditor takes two spellings for one, and with them two claims or two pots. Nor are ids so long that no
    // answer's id finds room behind them.
    let names = [claim.claim, claim.owner, claim.site]
    if claim.claim.isEmpty || !names.allSatisfy({ $0.bytes.allSatisfy { $0 < 0x80 } }) { isLawful = false }
    if claim.claim.count > 200 || claim.id.count > 200 { isReadable = false }
    return try decide(isTimer: false) { engine, store, emit throws(StateFailure) in
      try engine.handle(claim, task: 0, now: now, &store, emit)
    }
  }

  /// The clock goes on, or back; what is due fires unless the worker is late.
  mutating func pass(_ length: Int64, isLate: Bool) throws(Violation) -> Step {
    if length < 0 { isLawful = false }
    let (time, overflow) = now.addingReportingOverflow(length)
    let end = overflow ? (length < 0 ? 0 : Int64.max) : max(0, time)
    // Beyond what a record's time can say; and beyond where a moment can still be followed by another.
    if end > Self.start + 1_000_000 * Self.day { isReadable = false }
    if end > .max / 2 { isLawful = false }
    guard !isLate else {
      now = end
      return .ignored
    }
    var fired = 0
    while let (key, due) = store.takeFirst(dueBy: end) {
      fired += 1
      guard fired < 5_000 else {
        if isLawful { throw Violation("timers fire without an end") }
        return .stopped
      }
      now = max(now, due)
      let (kept, time) = (key.withUnsafeBytes { scratch.keep($0) }, now)
      let step = try decide(isTimer: true) { engine, store, emit throws(StateFailure) in
        try engine.fire(timer: kept, due: due, task: 0, now: time, &store, emit)
      }
      if step == .stopped { return .stopped }
    }
    now = max(now, end)
    return fired > 0 ? .decided : .ignored
  }

  /// Changes one byte of one value.
  mutating func damage(place: Int, byte: UInt8) {
    if store.damage(place, byte) { isLawful = false }
  }

  /// Puts other bytes under a key that there is.
  mutating func damage(place: Int, value: [UInt8]) {
    if store.damage(place, value) { isLawful = false }
  }

  // MARK: What is decided

  private typealias Emit = (borrowing Outcome, inout TrialStore) throws(StateFailure) -> Void

  private mutating func decide(
    isTimer: Bool,
    _ body: (inout DelegationEngine, inout TrialStore, Emit) throws(StateFailure) -> Void
  ) throws(Violation) -> Step {
    var told: [[UInt8]] = []
    var count = 0
    do throws(StateFailure) {
      try body(&engine, &store) { (outcome, _) throws(StateFailure) in
        count = outcome.records.count
        for record in outcome.records {
          answers.insert(record.answer)
          told.append(Array(encoder.encode(record).value))
          if isLawful, !isReadable { ledger.add(record) }
        }
      }
    } catch {
      if isLawful { throw Violation("state that nobody damaged is refused: \(error)") }
      return .stopped
    }
    if isTimer ? count > 1 : count != 1 { throw Violation("\(count) records of one decision") }
    guard isLawful else { return .decided }
    for value in told where isReadable { try read(value) }
    try check()
    return .decided
  }

  /// A reader sees what was written.
  private mutating func read(_ value: [UInt8]) throws(Violation) {
    let copy = value.withUnsafeBytes { scratch.keep($0) }
    do throws(EventRefusal) {
      let record = try decoder.decode(copy)
      if Array(encoder.encode(record).value) != value {
        throw EventRefusal(.empty, field: "", reason: "differs")
      }
      ledger.add(record)
    } catch {
      throw Violation("what was published cannot be read back: \(error)")
    }
  }

  // MARK: Laws

  private func check() throws(Violation) {
    if let fault = ledger.faults.first { throw Violation(fault) }
    for (key, value) in store.values {
      let kept: KeptPot?
      do throws(StateFailure) { kept = try KeptPot(key: key, value: value) } catch {
        throw Violation("a pot that was written cannot be read: \(error)")
      }
      guard let kept else { continue }
      let account = ledger.accounts[kept.id] ?? Ledger.Account()
      if kept.held != account.held {
        throw Violation("\(kept.held) are held of a pot, \(account.held) were booked")
      }
      // Days that are older than every window are kept by nobody.
      let first = Int64(kept.lastDay ?? .min) - 400
      if kept.spent != account.spent.filter({ $0.value != 0 && $0.key > first })
        || kept.drawn != account.drawn.filter({ $0.value != 0 && $0.key > first })
      {
        throw Violation("the days of a pot are not the sum of its movements")
      }
    }
  }

  /// Lets everything come to its end: one terminal answer for every claim, and nothing is held or kept any more.
  mutating func end() throws(Violation) {
    guard isLawful, now < Self.start + 10_000_000 * Self.day else { return }
    for _ in 0..<2 { _ = try pass(440 * Self.day, isLate: false) }
    if let waiting = ledger.waiting.first { throw Violation("\(waiting) was never answered") }
    if ledger.accounts.values.contains(where: { $0.held != 0 }) {
      throw Violation("something is held for ever")
    }
    if store.values.keys.contains(where: { $0.first == UInt8(ascii: "k") }) {
      throw Violation("a claim is kept for ever")
    }
  }
}
