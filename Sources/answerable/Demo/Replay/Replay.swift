// Owns the replay of a week: the real workers of all roles on the in-memory log, driven step by step by the week's clock.
import Kafka
import Policy
import Privacy
import Roles
import Streams

/// A week through the processors that also run on a Kafka. One thread and a manual clock: the same seed and the same
/// policy leave the same bytes in the log.
///
/// Events are appended when their systems send them, in the week's time, and the workers take their turns; staff read the
/// assignments and act on them. On Wednesday evening one process is killed in the middle of a transaction and comes back
/// some minutes later; on Thursday morning a new policy is published.
final class Replay {
  let world: World
  let log: MemoryLog
  /// What befell the workers so far.
  private(set) var news: [WorkerNews] = []
  /// Events of the world that were sent; the acts of staff come beside them.
  private(set) var sent = 0
  private(set) var acts = 0
  /// What casework told so far.
  private(set) var cases = CaseDay()

  private let clock = ManualClock(at: WeekTime.start)
  private let intake: Role<IntakeProcessor>
  private let casework: Role<CaseworkProcessor>
  private var processes: [DemoProcess?] = []
  private var staff: Staff
  private var reader: CaseworkReader
  private let reports = PendingReports()
  private var crash = Crash()
  private var change: PolicyCheck?

  /// - Parameter policy: a sound policy; its document decides from Monday on.
  init(seed: UInt64, policy: PolicyCheck) throws {
    let keys = try SubjectKeyMaker(secret: DemoDeployment.secret)
    world = World(seed: seed) { kind, id in
      Self.key(keys, kind, id)
    }
    log = MemoryLog(
      .init(
        time: .manual(clock), sessionTimeout: DemoDeployment.sessionTimeout,
        transactionTimeout: DemoDeployment.transactionTimeout,
        maxRecordBytes: TopicCatalogue.largestRecord))
    let layout = try log.deploy(DemoDeployment.catalogue, secret: DemoDeployment.secret)
    let (prefix, fingerprint) = (DemoDeployment.catalogue.prefix, layout.fingerprint)
    // Time goes by in steps that are longer than clocks wait for acts: at each of them everything is read.
    intake = try IntakeRole.role(
      prefix: prefix, layout: fingerprint, secret: DemoDeployment.secret, telling: .never)
    casework = try CaseworkRole.role(prefix: prefix, layout: fingerprint, secret: DemoDeployment.secret)
    guard let document = policy.document else { throw UnsoundPolicy() }
    staff = Staff(seed: seed, policy: document)
    reader = CaseworkReader(log)
    change = MidweekChange.made(in: policy.files)
    try publish(policy, note: "")
    for index in 0..<DemoDeployment.workers { processes.append(process(index)) }
    // They find the policy, join, and share the partitions, before the first event.
    advance(to: WeekTime.start + DemoDeployment.turn)
  }

  /// Plays on up to a moment.
  func play(until end: Int64) throws {
    while let record = nextRecord(before: end) {
      try happen(before: record.sentAt)
      advance(to: record.sentAt)
      let place = try send(record)
      if crash.strikes(at: record.sentAt, holder(of: place)) { kill(place) }
      settle()
      try listen()
    }
    try happen(before: end)
    advance(to: end)
    try listen()
  }

  /// What is sent next: an event of the world, or what somebody of the staff does. Nil when nothing is before `end`.
  private func nextRecord(before end: Int64) -> WireRecord? {
    let event = sent < world.records.count ? world.records[sent] : nil
    if let act = staff.due(by: min(event?.sentAt ?? end, end) - 1) {
      acts += 1
      return act.record(id: "desk-\(acts)") { $0.id }
    }
    guard let event, event.sentAt < end else { return nil }
    sent += 1
    return event
  }

  /// Staff hear what casework published.
  private func listen() throws {
    for record in try reader.read() {
      switch record {
      case .journal(let entry): cases.journal.append(entry)
      case .assignment(let assignment):
        cases.assignments.append(assignment)
        staff.hear(assignment)
      case .escalation(let escalation):
        cases.escalations.append(escalation)
        staff.hear(escalation)
      case .tombstone: break
      }
    }
  }

  /// Ends the week: every worker commits what it has decided, leaves, and stops.
  func drain() throws {
    // Intake first, so that casework decides what intake has decided last.
    for process in processes { process?.intake.status.requestDrain() }
    settle()
    for process in processes { process?.casework.status.requestDrain() }
    settle()
    log.settle()
    try listen()
  }
}

extension Replay {
  /// The key intake makes for a subject: staff name cases by it. Empty when none can be made, and then intake
  /// refuses what names it, where everybody sees it.
  private static func key(_ keys: SubjectKeyMaker, _ kind: String, _ id: String) -> String {
    var key: [UInt8] = []
    Array(kind.utf8).withUnsafeBytes { kind in
      Array(id.utf8).withUnsafeBytes { id in
        do { try keys.key(kind: kind, id: id, into: &key) } catch { key = [] }
      }
    }
    return String(decoding: key, as: UTF8.self)
  }
}

// MARK: - Time

extension Replay {
  /// Lets time pass, with a turn of every worker now and then. Where something happens to them, they get as many as
  /// it takes: a transaction left open until the next would be aborted for its age.
  private func advance(to time: Int64) {
    while clock.now < time {
      clock.advance(to: min(time, clock.now + DemoDeployment.turn))
      if turn() { settle() }
    }
  }

  /// One turn of every worker. Returns whether anything happened to them beside their work.
  private func turn() -> Bool {
    for process in processes { process?.step() }
    let reports = reports.take()
    news += crash.watch(reports.filter(Self.isNews), at: clock.now)
    return reports.contains { if case .committed = $0.event { false } else { true } }
  }

  /// Both roles of a process share its fate: who has its partitions is told once.
  private static func isNews(_ report: RuntimeReport) -> Bool {
    if case .state(.failed) = report.event { return true }
    return report.role == RoleName.intake.rawValue
  }

  /// One turn brings the record, the next finds nothing more and commits; after a rebalance or a recovery, more are
  /// needed. Bounded, so that a worker that is never done cannot hold up the week: the referee would tell.
  private func settle() {
    var calm = 0
    for _ in 0..<40 where calm < 2 { calm = turn() ? 0 : calm + 1 }
  }

  /// What stands in the week's calendar before a moment.
  private func happen(before time: Int64) throws {
    if let check = change, time > MidweekChange.time {
      change = nil
      advance(to: MidweekChange.time)
      try publish(check, note: MidweekChange.note)
    }
    if let index = crash.returning(before: time) {
      advance(to: crash.returnsAt)
      processes[index] = process(index)
    }
  }

  private func send(_ record: WireRecord) throws -> TopicPartition {
    let topic = Topic(record.kind).name(prefix: DemoDeployment.catalogue.prefix)
    let place = try log.append(
      topic, key: record.key, value: record.value,
      headers: record.headers.map { .init($0.name, Array($0.value.utf8)) })
    return TopicPartition(topic: topic, partition: place.partition)
  }

  private func publish(_ policy: PolicyCheck, note: String) throws {
    guard let document = policy.document else { return }
    let record = PolicyRecord(
      document, files: policy.files, publishedAt: clock.now, by: "\(Program.name) demo", note: note)
    let topic = PolicyTopic(log, prefix: DemoDeployment.catalogue.prefix)
    guard case .published(let epoch) = try topic.publish(record) else { return }
    news.append(
      WorkerNews(
        time: clock.now,
        what: .policy(epoch: epoch, note: note, rules: document.ruleCount, teams: document.teams.count)))
  }
}

// MARK: - Workers

extension Replay {
  private func process(_ index: Int) -> DemoProcess {
    DemoProcess(
      intake: worker(intake, index), casework: worker(casework, index))
  }

  private func worker<P: Processor>(_ role: Role<P>, _ index: Int) -> Worker<MemoryLog, P> {
    var settings = WorkerSettings()
    settings.maxMessageBytes = TopicCatalogue.largestRecord
    return Worker(
      log: log, role: role, identity: WorkerIdentity(transactionalPrefix: "demo-\(role.definition.name)"),
      index: index, settings: settings, clock: .manual(clock), listener: reports.listener)
  }

  /// The process whose intake has that partition.
  private func holder(of place: TopicPartition) -> Int? {
    processes.firstIndex { $0?.intake.snapshot.tasks.contains { $0.source == place } == true }
  }

  /// Kills the process that has a record to decide, after it has decided and before it commits.
  private func kill(_ place: TopicPartition) {
    guard let index = holder(of: place), let process = processes[index] else { return }
    process.step()
    processes[index] = nil
    news.append(
      crash.struck(
        index, holding: process.intake.snapshot.tasks.map(\.source), uncommitted: uncommitted, at: clock.now))
  }

  /// Outputs in the log that no reader sees, nor ever will unless they are committed.
  var uncommitted: Int {
    [Topic.signals, .deadLetters, .assignments, .escalations, .caseJournal].reduce(0) { sum, topic in
      let name = topic.name(prefix: DemoDeployment.catalogue.prefix)
      return sum + log.records(name, .readUncommitted).count - log.records(name).count
    }
  }
}

/// The replay needs a policy without mistakes.
private struct UnsoundPolicy: Error {}

/// One process of the demo: a worker of each role. Both die together.
private struct DemoProcess {
  let intake: Worker<MemoryLog, IntakeProcessor>
  let casework: Worker<MemoryLog, CaseworkProcessor>

  func step() {
    intake.step()
    casework.step()
  }
}
