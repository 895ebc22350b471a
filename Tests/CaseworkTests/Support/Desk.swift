// Owns the desk at which tests play casework: a policy, a clock moved by hand, and everything that was decided.
import Events
import Policy
import Testing

@testable import Casework

/// Hears signals and lets time pass; keeps what each decision told. One for each test.
final class Desk {
  /// The moment at which the next signal is heard.
  private(set) var now = monday
  private(set) var epoch: Int64 = 1
  /// Every case is looked at at each multiple of this, whether or not anything is due; nil for at its moments only.
  var pace: Int64?
  /// Everything that was decided, in its order.
  private(set) var decisions: [Told] = []
  /// The last assignment of each case: what a compacted topic holds.
  private(set) var assignments: [String: ToldAssignment] = [:]
  /// How many signals were heard, and how many timers fired.
  private(set) var heard = 0
  private(set) var fired = 0
  /// Every case that there ever was, in the order of their opening.
  private(set) var casesEver: [String] = []
  /// The latest feedback or incident as it was sent.
  private(set) var latest = SignalDraft()

  private let keeper: Keeper
  private(set) var casework: any DeskBacking
  /// What was published back to `signals` and is not delivered yet.
  private var inFlight: [Told] = []

  convenience init(_ files: [String: String] = [:]) throws {
    self.init(try CaseworkSample(files).compiled())
  }

  /// Under a policy that several tests share: it never changes.
  convenience init(_ policy: CompiledPolicy) {
    self.init { DeskCasework(policy, $0) }
  }

  init(_ backing: (Keeper) -> any DeskBacking) {
    keeper = Keeper()
    casework = backing(keeper)
  }

  /// The policy changes: the sample's with these files replaced.
  func adopt(_ files: [String: String]) throws {
    adopt(try CaseworkSample(files).compiled())
  }

  func adopt(_ policy: CompiledPolicy) {
    epoch += 1
    casework.adopt(policy, epoch: epoch)
  }

  func keep(_ text: String) -> ByteSlice { keeper.keep(text) }

  // MARK: Signals

  @discardableResult
  func feedback(_ name: String = "alice", _ change: (inout SignalDraft) -> Void = { _ in }) -> Told {
    var draft = SignalDraft()
    change(&draft)
    draft.kind = .feedback
    draft.subjectKey = DeskNames.key(name)
    return hear(&draft) { keeper.signal($0, now: now, number: $1) }
  }

  @discardableResult
  func incident(_ site: String = "lyon-1", _ change: (inout SignalDraft) -> Void = { _ in }) -> Told {
    var draft = SignalDraft()
    draft.source = "monitor"
    draft.service = "lift"
    draft.entity = "lift-2"
    draft.journey = ""
    draft.touchpoint = ""
    change(&draft)
    draft.kind = .incident
    draft.site = site
    draft.subjectKey = DeskNames.key(site, "s")
    return hear(&draft) { keeper.signal($0, now: now, number: $1) }
  }

  @discardableResult
  func act(
    _ act: Act, on caseID: String, by actor: DeskActor = DeskActor(),
    _ change: (inout SignalDraft) -> Void = { _ in }
  ) -> Told {
    var draft = SignalDraft()
    draft.source = "service-desk"
    change(&draft)
    draft.kind = .caseUpdate
    draft.subjectKey = Self.subjectKey(ofCase: caseID)
    var update = CaseUpdate()
    update.caseID = keep(caseID)
    update.act = act
    update.actor = actor.actor(keeper)
    return hear(&draft) { keeper.signal($0, update, now: now, number: $1) }
  }

  @discardableResult
  func erase(_ name: String, by actor: DeskActor = DeskActor()) -> Told {
    erase(keyed: DeskNames.key(name), by: actor)
  }

  @discardableResult
  func erase(keyed subjectKey: String, by actor: DeskActor = DeskActor()) -> Told {
    var draft = SignalDraft()
    draft.source = "privacy-office"
    draft.kind = .caseUpdate
    draft.subjectKey = subjectKey
    var update = CaseUpdate()
    update.act = .erase(reason: "asked to be forgotten")
    update.actor = actor.actor(keeper)
    return hear(&draft) { keeper.signal($0, update, now: now, number: $1) }
  }

  @discardableResult
  func hold(_ owner: String, until: Int64) -> Told {
    var hold = Hold()
    hold.owner = keep(owner)
    hold.until = until
    hold.reason = "storm"
    hold.by = "operator-1"
    var draft = SignalDraft()
    draft.kind = .hold
    return hear(&draft) { keeper.signal($0, .hold(hold), now: now, number: $1) }
  }

  @discardableResult
  func link(to caseID: String, incident: String) -> Told {
    var link = Link()
    link.caseID = keep(caseID)
    link.incident = keep(incident)
    var draft = SignalDraft()
    draft.kind = .link
    draft.subjectKey = Self.subjectKey(ofCase: caseID)
    return hear(&draft) { keeper.signal($0, .link(link), now: now, number: $1) }
  }

  @discardableResult
  func notice(_ told: ToldNotice) -> Told {
    var notice = Notice()
    notice.caseID = keep(told.caseID)
    notice.owner = keep(told.owner)
    notice.site = keep(told.site)
    notice.touchpoint = keep(told.touchpoint)
    var draft = SignalDraft()
    draft.kind = .notice
    draft.subjectKey = DeskNames.key(told.site, "s")
    return hear(&draft) { keeper.signal($0, .notice(notice), now: now, number: $1) }
  }

  /// INTAKE tells that it has read what was appended to one of the partitions of `case-updates` before a time.
  func mark(until time: Int64, partition: Int32 = 0, of partitions: Int32 = 1) {
    var mark = Mark()
    mark.partitions = partitions
    mark.through = [Mark.Reach(partition: partition, until: time)]
    casework.hear(mark)
  }

  /// Carries what a decision sent back to `signals` to where it goes, and what follows from that.
  @discardableResult
  func deliver(_ told: Told) -> [Told] {
    inFlight.removeAll { $0.outputs == told.outputs && $0.caseID == told.caseID }
    let first =
      told.notices.map { notice($0) } + told.links.map { link(to: $0.caseID, incident: $0.incident) }
    return first + first.flatMap { deliver($0) }
  }

  /// Everything that is on its way.
  func deliverAll() -> [Told] {
    var all: [Told] = []
    while let told = inFlight.first {
      inFlight.removeFirst()
      all += deliver(told)
    }
    return all
  }

  func keep(_ actor: DeskActor) -> Actor { actor.actor(keeper) }

  func hear(_ remedy: Remedy, of subjectKey: String) -> Told {
    var draft = SignalDraft()
    draft.source = "service-desk"
    draft.kind = .remedy
    draft.subjectKey = subjectKey
    return hear(&draft) { keeper.signal($0, remedy, now: now, number: $1) }
  }

  func hear(_ message: Signal.Message, of subjectKey: String) -> Told {
    var draft = SignalDraft()
    draft.kind = .answer
    draft.subjectKey = subjectKey
    return hear(&draft) { keeper.signal($0, message, now: now, number: $1) }
  }

  private func hear(_ draft: inout SignalDraft, _ signal: (SignalDraft, Int64) -> Signal) -> Told {
    heard += 1
    if draft.id.isEmpty { draft.id = "event-\(heard)" }
    latest = draft
    return record(casework.hear(signal(draft, Int64(heard)), now: now, epoch: epoch))
  }

  // MARK: Time

  @discardableResult
  func advance(by length: Int64) -> [Told] { advance(to: now + length) }

  /// Lets every timer fire at its moment, in the order of their moments.
  @discardableResult
  func advance(to time: Int64) -> [Told] {
    var all: [Told] = []
    while true {
      let next = casework.nextTimer ?? .max
      if let pace, now < time, (now / pace + 1) * pace < min(next, time) {
        now = (now / pace + 1) * pace
        casework.lookAtAll(now: now)
        continue
      }
      guard next <= time else { break }
      now = max(now, next)
      all += fire()
      guard all.count < 5_000 else {
        Issue.record("timers fire without an end: \(all.suffix(3).map(\.code))")
        return all
      }
    }
    now = max(now, time)
    return all
  }

  /// Nobody runs meanwhile: what became due fires now, in the order of its moments.
  @discardableResult
  func sleep(until time: Int64) -> [Told] {
    now = max(now, time)
    var all: [Told] = []
    while let next = casework.nextTimer, next <= now { all += fire() }
    return all
  }

  private func fire() -> [Told] {
    guard let told = casework.fireNext(now: now, epoch: epoch) else { return [] }
    fired += 1
    return [record(told)]
  }

  private func record(_ told: Told) -> Told {
    decisions.append(told)
    for assignment in told.assignments {
      let caseID = assignment.view.caseID
      if assignments[caseID] == nil { casesEver.append(caseID) }
      assignments[caseID] = assignment
    }
    for caseID in told.tombstones { assignments[caseID] = nil }
    if !told.notices.isEmpty || !told.links.isEmpty { inFlight.append(told) }
    return told
  }

  // MARK: Looking

  func assignment(_ caseID: String) -> ToldAssignment? { assignments[caseID] }
  /// Everything that is kept, as text; equal when nothing changed.
  var state: [String] { kept?.described ?? [] }
  /// What is kept of a subject.
  func keysOfSubject(_ name: String) -> [String] { kept?.keys(of: DeskNames.key(name)) ?? [] }
  /// Everything that is kept as values; nil where it is kept as bytes.
  var kept: DeskCasework? { casework as? DeskCasework }
  /// Moments at which something is looked at again, by whose they are.
  var timers: [String: Int64] { casework.timers }

  func hasTimer(_ caseID: String) -> Bool { timers[caseID] != nil }

  static func subjectKey(ofCase caseID: String) -> String {
    String(caseID[..<(caseID.lastIndex(of: "-") ?? caseID.endIndex)])
  }
}

/// Who acts. By default somebody of the team that owns what tests send.
struct DeskActor {
  var id = "anna"
  var role = "technician"
  var team = "technique"
  var site = "lyon-1"

  func actor(_ keeper: Keeper) -> Actor {
    var actor = Actor()
    actor.id = keeper.keep(id)
    actor.role = keeper.keep(role)
    actor.team = keeper.keep(team)
    actor.site = keeper.keep(site)
    return actor
  }
}
