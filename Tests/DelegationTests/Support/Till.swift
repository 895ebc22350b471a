// Owns the till at which tests play delegation: a policy, a clock moved by hand, claims, and everything that was said.
import Events
import Policy
import StateBytes
import StateSupport
import Testing

@testable import Delegation

/// One for each test. Decides by the engine of production over bytes.
final class Till {
  private(set) var now = Sample.monday
  private(set) var epoch: Int64 = 1
  private(set) var policy: CompiledPolicy
  private(set) var said: [Said] = []
  /// What the records add up to.
  private(set) var ledger = Ledger()
  private(set) var store = BytesStore()
  /// Which budgets pay where a request names none.
  static let pots = [
    "refund": ["desk-lyon-1"], "repair": ["repairs-lyon-1"], "voucher": ["vouchers-lyon-1", "desk-lyon-1"],
  ]

  private var engine: DelegationEngine
  private let format: StateFormat
  private let bugs: PlantedDelegationBugs
  private let scratch = Scratch()
  private let texts = Texts()
  private var numbers: [String: Int] = [:]
  private var records = 0
  /// What was asked for last.
  private(set) var latest: Asked?
  /// Every record as it is published, for whoever reads them later.
  private(set) var published: [[UInt8]] = []
  private let encoder = DelegationEncoder()

  struct Asked {
    var claim: String
    var action: String
    var currency: String
    var by: String
    var caseID: String
  }
  /// A new engine before every decision, as after a restart at any moment.
  var restarts = false

  init(
    _ sample: Sample? = nil, format: StateFormat = .current, bugs: PlantedDelegationBugs = []
  ) throws {
    policy = try (sample ?? Sample()).compiled()
    self.format = format
    self.bugs = bugs
    engine = DelegationEngine(policy: policy, epoch: 1, format: format, bugs: bugs)
  }

  func adopt(_ sample: Sample) {
    epoch += 1
    policy = sample.compiled()
    engine.adopt(policy, epoch: epoch)
  }

  func keep(_ text: String) -> ByteSlice {
    Array(text.utf8).withUnsafeBytes { ByteSlice(scratch.keep($0)) }
  }

  // MARK: Claims

  /// Euros, unless `minor` says it in minor units.
  @discardableResult
  func ask(
    _ action: String = "refund", _ euros: Int64 = 0, minor: Int64? = nil, _ currency: String = "EUR",
    by person: String = "rita", on caseID: String = "case-1", evidence: [String] = [],
    budgets: [String]? = nil,
    _ change: (inout Claim) -> Void = { _ in }
  ) -> Said {
    numbers[caseID, default: 0] += 1
    var claim = claim(.request, "\(caseID)-r\(numbers[caseID] ?? 0)")
    claim.caseID = keep(caseID)
    claim.action = keep(action)
    claim.amount = minor ?? euros * 100
    claim.currency = keep(currency)
    claim.actor.id = keep(person)
    claim.evidence = evidence.map(keep)
    claim.budgets = (budgets ?? Self.pots[action] ?? []).map(keep)
    change(&claim)
    latest = Asked(
      claim: claim.claim.string, action: action, currency: currency, by: person, caseID: caseID)
    return hear(claim)
  }

  @discardableResult
  func act(
    _ kind: Claim.Kind, _ claimID: String, _ euros: Int64 = 0, minor: Int64? = nil, _ currency: String = "",
    by person: String = "rita"
  ) -> Said {
    var claim = claim(kind, claimID)
    claim.actor.id = keep(person)
    claim.amount = minor ?? euros * 100
    claim.currency = keep(currency)
    return hear(claim)
  }

  private func claim(_ kind: Claim.Kind, _ id: String) -> Claim {
    records += 1
    var claim = Claim()
    claim.id = keep("record-\(records)")
    claim.kind = kind
    claim.claim = keep(id)
    claim.root = "site/lyon-1"
    claim.owner = "technique"
    claim.site = "lyon-1"
    claim.subjectKey = "subject-1"
    claim.occurredAt = now
    claim.at = now
    claim.epoch = epoch
    claim.causeID = keep("event-\(records)")
    return claim
  }

  func hear(_ claim: Claim) -> Said {
    restart()
    var heard: [Said] = []
    do throws(StateFailure) {
      try engine.handle(claim, task: 0, now: now, &store) { (outcome, _) throws(StateFailure) in
        heard = outcome.records.map(Said.init)
        for record in outcome.records {
          ledger.add(record)
          publish(record)
        }
      }
    } catch { Issue.record(error) }
    #expect(heard.count == 1)
    said += heard
    return heard.first ?? Said(Delegation())
  }

  /// What the engine answers to an act, or why it stops.
  func answer(to kind: Claim.Kind, _ claimID: String) throws(StateFailure) {
    var claim = claim(kind, claimID)
    claim.actor.id = "rita"
    try engine.handle(claim, task: 0, now: now, &store) { (_, _) throws(StateFailure) in }
  }

  func answer(asking action: String) throws(StateFailure) {
    var claim = claim(.request, "case-1-r1000")
    claim.caseID = "case-1"
    claim.actor.id = "rita"
    claim.action = keep(action)
    claim.amount = 1_000
    claim.currency = "EUR"
    claim.budgets = (Self.pots[action] ?? []).map(keep)
    try engine.handle(claim, task: 0, now: now, &store) { (_, _) throws(StateFailure) in }
  }

  func answer(toTimer key: [UInt8]) throws(StateFailure) {
    let kept = key.withUnsafeBytes { scratch.keep($0) }
    try engine.fire(timer: kept, due: now, task: 0, now: now, &store) { (_, _) throws(StateFailure) in }
  }

  /// As a disk that lies.
  func damage(_ key: [UInt8], _ value: [UInt8]) { store.damage(key, value) }

  // MARK: Time

  @discardableResult
  func advance(by length: Int64) -> [Said] { advance(to: now + length) }

  /// Lets every timer fire at its moment, in the order of their moments.
  @discardableResult
  func advance(to time: Int64) -> [Said] {
    var all: [Said] = []
    while let (key, due) = store.timers.min(by: { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") }),
      due <= time
    {
      now = max(now, due)
      all += fire(key, due)
    }
    now = max(now, time)
    return all
  }

  /// The clock goes on and no timer fires: a worker that is late.
  func oversleep(by length: Int64) { now += length }

  private func fire(_ key: [UInt8], _ due: Int64) -> [Said] {
    restart()
    store.timers[key] = nil
    var heard: [Said] = []
    do throws(StateFailure) {
      let kept = key.withUnsafeBytes { scratch.keep($0) }
      try engine.fire(timer: kept, due: due, task: 0, now: now, &store) { (outcome, _) throws(StateFailure) in
        heard = outcome.records.map(Said.init)
        for record in outcome.records {
          ledger.add(record)
          publish(record)
        }
      }
    } catch { Issue.record(error) }
    #expect(heard.count <= 1)
    said += heard
    return heard
  }

  /// Without the amount of an act that tests wrote without a currency, which no record on `claims` lacks.
  private func publish(_ record: Delegation) {
    var record = record
    if record.currency.isEmpty { record.amount = 0 }
    published.append(Array(encoder.encode(record).value))
  }

  private func restart() {
    if restarts { engine = DelegationEngine(policy: policy, epoch: epoch, format: format, bugs: bugs) }
  }

  /// What would happen, and nothing of it did.
  func trial<T>(_ body: () throws -> T) rethrows -> T {
    let (before, kept) = (store.copy, (now, said, numbers, ledger))
    defer {
      store = before
      (now, said, numbers, ledger) = kept
    }
    return try body()
  }

  // MARK: Looking

  /// Everything that is kept.
  var state: [[UInt8]: [UInt8]] { store.values }
  var timers: [[UInt8]: Int64] { store.timers }

  /// A pot as it is kept.
  func account(_ budget: String, holder: String = "") -> BudgetAccount {
    let key = StateKey()
    let bytes = store.values[Array(key.pot(Pot(budget: keep(budget), holder: keep(holder))))]
    return bytes?.withUnsafeBytes { try? BudgetAccount($0, texts) } ?? BudgetAccount()
  }

  /// What can be held of a pot now.
  func room(_ budget: String, holder: String = "") -> Int64 {
    var pot = LoadedPot(Pot(budget: keep(budget), holder: keep(holder)), policy.delegation)
    pot.account = account(budget, holder: holder)
    return pot.room(at: now)
  }
}
