// Owns random values of everything that casework keeps, the extremes of each type included.

import Events
import Policy
import StateBytes
import Streams

@testable import Casework

/// Draws values; the same for the same seed. Texts live as long as it does.
final class RandomState {
  private var random: SeededRandom
  private let scratch = Scratch()

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  func next() -> UInt64 { random.next() }
  func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
  func flag() -> Bool { below(2) == 0 }

  /// Small, around a moment of this century, or any number at all.
  func int64() -> Int64 {
    switch below(8) {
    case 0: [.min, .max, .min + 1, -1, 1_000, -1_000, 999][below(7)]
    case 1: Int64(bitPattern: next())
    case 2, 3: Int64(below(100)) - 50
    default: 1_790_000_000_000 + Int64(below(1 << 36)) / (flag() ? 1 : 1_000) * (flag() ? 1 : 1_000)
    }
  }

  func int32() -> Int32 { Int32(truncatingIfNeeded: flag() ? Int64(below(1_000)) - 200 : int64()) }

  /// Not 0, so that a field that is left out is noticed.
  func some64() -> Int64 {
    let value = int64()
    return value == 0 ? 7 : value
  }
  func some32() -> Int32 {
    let value = int32()
    return value == 0 ? 7 : value
  }

  func text(_ longest: Int = 200) -> ByteSlice {
    let bytes = (0..<(1 + below(longest))).map { _ in UInt8(truncatingIfNeeded: next()) }
    return bytes.withUnsafeBytes { ByteSlice(scratch.keep($0)) }
  }

  /// One of few texts, or one of many.
  func word() -> ByteSlice { flag() ? keep("team-\(below(40))") : text() }

  func keep(_ text: String) -> ByteSlice {
    Array(text.utf8).withUnsafeBytes { ByteSlice(scratch.keep($0)) }
  }

  func subjectKey() -> ByteSlice {
    let digits = (0..<32).map { _ in Array("0123456789abcdef")[below(16)] }
    return keep("\(["c", "e", "s", "x"][below(4)])-\(String(digits))")
  }

  /// In the usual form, nearly in it, or in none.
  func caseID() -> ByteSlice {
    switch below(4) {
    case 0: text()
    case 1: keep("\(subjectKey().string)-0\(below(9))")
    default: keep("\(subjectKey().string)-\(flag() ? UInt32.max : UInt32(1 + below(1_000)))")
    }
  }

  func pick<V>(_ values: [V]) -> V { values[below(values.count)] }
  func list<V>(_ longest: Int, _ make: () -> V) -> [V] { (0..<(1 + below(longest))).map { _ in make() } }

  /// A case in which every field is drawn.
  func fullCase() -> Case {
    var item = Case(id: CaseID(subjectKey: subjectKey(), number: 1 + UInt32(below(1 << 20))))
    item.phase = pick(CasePhase.allCases)
    item.kind = pick(EventKind.allCases)
    item.respondent = pick(Respondent.allCases)
    item.owner = word()
    item.worker = word()
    item.witness = word()
    item.priority = pick(Priority.allCases)
    item.score = some32()
    item.contributions = list(8) { .init(name: word(), points: int32(), because: word()) }
    item.rule = word()
    item.ruleAt = word()
    item.epoch = some64()
    item.site = word()
    item.journey = word()
    item.touchpoint = word()
    item.service = word()
    item.entity = text()
    item.group = next()
    item.incident = caseID()
    item.gathered = some32()
    item.gatheredCases = list(32, caseID)
    item.openedAt = some64()
    item.happenedAt = some64()
    item.signals = some32()
    item.lastContactAt = some64()
    item.respondedAt = some64()
    item.acknowledgedAt = some64()
    item.resolvedAt = some64()
    item.closedAt = some64()
    item.evidence = pick(Evidence.allCases)
    item.edges = some32()
    item.reopened = some32()
    item.promisesBroken = some32()
    item.lastActAt = some64()
    item.transferredAt = some64()
    item.clocks = clocks()
    item.promises = list(4, promise)
    item.remedies = list(6, remedy)
    item.nextRemedy = 2 + UInt32(below(1 << 20))
    item.acknowledgementLease = some64()
    item.ownershipLease = some64()
    item.acknowledgementLeft = some64()
    item.ownershipLeft = some64()
    item.lapses = some32()
    item.putOff = some64()
    item.waitingUntil = some64()
    item.deferredUntil = some64()
    item.deferral = pick(Deferral.allCases)
    item.deferredFrom = some64()
    item.verifyBy = some64()
    item.expiresAt = some64()
    item.behindSince = some64()
    item.ladder = ladder()
    item.revision = some64()
    item.escalations = some64()
    return item
  }

  private func remedy() -> RemedyEntry {
    var entry = RemedyEntry()
    entry.number = UInt32(truncatingIfNeeded: next())
    entry.state = pick(RemedyState.allCases)
    entry.action = word()
    entry.amount = int64()
    entry.asked = flag() ? entry.amount : int64()
    entry.mayBeAskedAgain = flag()
    entry.currency = word()
    entry.root = word()
    entry.requester = text()
    entry.decider = text()
    entry.at = int64()
    entry.expiresAt = int64()
    entry.isCancelling = flag()
    return entry
  }

  private func given() -> GivenRemedy {
    var given = GivenRemedy()
    given.caseNumber = UInt32(truncatingIfNeeded: next())
    given.number = UInt32(truncatingIfNeeded: next())
    given.action = word()
    given.amount = int64()
    given.currency = word()
    given.root = word()
    given.owner = word()
    given.at = int64()
    given.isOpen = flag()
    return given
  }

  /// A case in which about half of the fields are as in a new one.
  func sparseCase() -> Case {
    let full = fullCase()
    var item = Case(id: full.id)
    func take<V>(_ path: WritableKeyPath<Case, V>) { if flag() { item[keyPath: path] = full[keyPath: path] } }
    take(\.phase)
    take(\.kind)
    take(\.respondent)
    take(\.owner)
    take(\.worker)
    take(\.witness)
    take(\.priority)
    take(\.score)
    take(\.contributions)
    take(\.rule)
    take(\.ruleAt)
    take(\.epoch)
    take(\.site)
    take(\.journey)
    take(\.touchpoint)
    take(\.service)
    take(\.entity)
    take(\.group)
    take(\.incident)
    take(\.gathered)
    take(\.gatheredCases)
    take(\.openedAt)
    take(\.happenedAt)
    take(\.signals)
    take(\.lastContactAt)
    take(\.respondedAt)
    take(\.acknowledgedAt)
    take(\.resolvedAt)
    take(\.closedAt)
    take(\.evidence)
    take(\.edges)
    take(\.reopened)
    take(\.promisesBroken)
    take(\.lastActAt)
    take(\.transferredAt)
    take(\.clocks)
    take(\.promises)
    take(\.remedies)
    take(\.nextRemedy)
    take(\.acknowledgementLease)
    take(\.ownershipLease)
    take(\.acknowledgementLeft)
    take(\.ownershipLeft)
    take(\.lapses)
    take(\.putOff)
    take(\.waitingUntil)
    take(\.deferredUntil)
    take(\.deferral)
    take(\.deferredFrom)
    take(\.verifyBy)
    take(\.expiresAt)
    take(\.behindSince)
    take(\.ladder)
    take(\.ladder.due)
    take(\.revision)
    take(\.escalations)
    return item
  }

  private func clocks() -> Clocks {
    var clocks = Clocks()
    func clock() -> Clock {
      var clock = Clock()
      clock.state = pick(Clock.State.allCases)
      clock.due = flag() ? 0 : int64()
      clock.remaining = flag() ? 0 : int64()
      return clock
    }
    clocks.acknowledge = clock()
    clocks.respond = clock()
    clocks.resolve = clock()
    clocks.silence = clock()
    return clocks
  }

  private func promise() -> Promise {
    var promise = Promise()
    promise.due = some64()
    promise.madeAt = some64()
    promise.what = flag() ? ByteSlice() : text()
    promise.state = pick(PromiseState.allCases)
    return promise
  }

  private func ladder() -> LadderPosition {
    var ladder = LadderPosition()
    ladder.shape = next()
    ladder.next = some32()
    ladder.due = some64()
    ladder.repeats = some32()
    ladder.isExhausted = true
    ladder.nobodyUntil = some64()
    ladder.firedRung = some32()
    ladder.firedAt = some64()
    ladder.standing = list(4) {
      var standing = StandingEscalation()
      standing.unless = pick(RungRules.Condition.allCases)
      standing.number = int64()
      standing.rung = int32()
      standing.firedAt = int64()
      return standing
    }
    return ladder
  }

  func subject() -> SubjectAccount {
    var account = SubjectAccount()
    account.nextCase = UInt32(truncatingIfNeeded: next())
    account.memory.peak = some32()
    account.memory.recent = some32()
    account.memory.brokenPromises = some32()
    account.memory.at = some64()
    account.heard = list(64) { HeardEvent(hash: next(), at: int64()) }
    account.cases = list(64) {
      var entry = CaseEntry()
      entry.number = UInt32(truncatingIfNeeded: next())
      entry.group = next()
      entry.phase = pick(CasePhase.allCases)
      entry.kind = pick(EventKind.allCases)
      if flag() { entry.cause = next() }
      entry.touchedAt = int64()
      entry.contacts = some32()
      return entry
    }
    account.parked = list(8) {
      var parked = ParkedResolution()
      parked.group = next()
      parked.occurredAt = int64()
      parked.at = int64()
      return parked
    }
    account.notices = list(16) {
      var notice = KeptNotice()
      notice.caseID = caseID()
      notice.owner = word()
      notice.touchpoint = word()
      notice.at = int64()
      return notice
    }
    account.given = list(8, given)
    account.expiresAt = some64()
    account.timerAt = some64()
    return account
  }

  func sparseSubject() -> SubjectAccount {
    let full = subject()
    var account = SubjectAccount()
    if flag() { account.nextCase = full.nextCase }
    if flag() { account.memory.peak = full.memory.peak }
    if flag() { account.memory.brokenPromises = full.memory.brokenPromises }
    if flag() { account.memory.at = full.memory.at }
    if flag() { account.heard = full.heard }
    if flag() { account.cases = full.cases }
    if flag() { account.parked = full.parked }
    if flag() { account.notices = full.notices }
    if flag() { account.given = full.given }
    if flag() { account.expiresAt = full.expiresAt }
    if flag() { account.timerAt = full.timerAt }
    return account
  }

  func owner() -> OwnerAccount {
    var account = OwnerAccount()
    account.windowFrom = some64()
    account.inWindow = some32()
    account.digestCount = some64()
    account.digestCases = list(20, caseID)
    account.digests = some64()
    account.heldUntil = some64()
    account.heldReason = text()
    account.heldBy = text()
    account.deferredNow = some32()
    account.deferredTotal = some64()
    account.heldCases = list(64, caseID)
    account.pageFrom = some32()
    account.pageTo = some32()
    account.wakeTo = some32()
    return account
  }
}
