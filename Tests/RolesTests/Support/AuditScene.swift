// Owns a small deployment whose every record is put by hand, so that a gap can be planted in it.
import Events
import Kafka
import Roles
import Secrets
import Streams

/// Two partitions a topic. What is not planted is as intake and casework leave it.
struct AuditScene {
  let log: MemoryLog
  let clock = ManualClock()
  private let catalogue = TopicCatalogue(prefix: "", partitions: 2)

  init() throws {
    log = MemoryLog(clock: clock)
    try log.deploy(catalogue, secret: Secret("a secret for tests only, long enough"))
  }

  @discardableResult
  func input(_ topic: Topic = .feedback, partition: Int32 = 0) throws -> Int64 {
    try log.append(topic.rawValue, partition: partition, key: Array("k".utf8), value: Array("{}".utf8)).offset
  }

  /// A signal about an input; returns its offset.
  @discardableResult
  func signal(
    about offset: Int64, _ topic: Topic = .feedback, from: Int32 = 0, partition: Int32 = 0, id: String? = nil
  ) throws -> Int64 {
    try log.append(
      Topic.signals.rawValue, partition: partition, key: Array("c-1".utf8), value: Array("{}".utf8),
      headers: cause(topic, from, offset) + [header("ce_id", id ?? "\(topic.rawValue)-\(from)-\(offset)")]
    ).offset
  }

  func deadLetter(about offset: Int64, _ topic: Topic = .feedback, from: Int32 = 0) throws {
    try log.append(
      Topic.deadLetters.rawValue, partition: 1, key: nil, value: Array("{".utf8),
      headers: cause(topic, from, offset) + [header("reason", "invalid-json")])
  }

  /// A journal record; about a signal of the task's partition, or of a timer.
  func journal(_ number: Int64, task: Int32 = 0, about offset: Int64?, partition: Int32 = 0) throws {
    var record = JournalRecord()
    record.id = "1-1"
    record.task = task
    record.number = number
    record.reason = Reason(code: "planted", text: "for a test")
    record.caseID = "c-1-1"
    record.cause = .timer(due: 1_000, heardUntil: nil)
    if let offset {
      record.cause = .signal(
        id: "s-1", Coordinates(topic: "signals", partition: task, offset: offset), causeID: "e-1",
        occurredAt: 1_000)
      record.kind = .feedback
    }
    let encoder = JournalEncoder()
    let value = Array(encoder.encode(record).value)
    withExtendedLifetime(encoder) {}
    try log.append(Topic.caseJournal.rawValue, partition: partition, key: Array("c-1-1".utf8), value: value)
  }

  /// A claim's record on partition 0; returns its offset.
  @discardableResult
  func claim() throws -> Int64 {
    try log.append(
      Topic.claims.rawValue, partition: 0, key: Array("site/lyon-1".utf8), value: Array("{}".utf8)
    ).offset
  }

  /// Answer `number` to claim `r` of a case, about a claim's record or by a timer; its case is told unless said otherwise.
  func answer(
    _ answer: Delegation.Answer, number: Int, claim: String = "c-1-1-r1", about offset: Int64?,
    isTold: Bool = true
  ) throws {
    let id = "\(claim)-d\(number)"
    let cause = offset.map { #""cause":{"topic":"claims","partition":0,"offset":\#($0)},"# } ?? ""
    let value =
      #"{"id":"\#(id)","claim":"\#(claim)","answer":"\#(answer.wire.string)","case":"c-1-1","subjectKey":"c-1","#
      + #""owner":"billing","root":"site/lyon-1",\#(cause)"at":"2026-03-02T09:15:00.000Z","#
      + #""reason":{"code":"planted"},"epoch":1}"#
    try log.append(
      Topic.delegations.rawValue, partition: 1, key: Array("c-1-1".utf8), value: Array(value.utf8),
      headers: [header("ce_id", id), header("ce_source", "/answerable/delegation")])
    guard isTold else { return }
    try log.append(
      Topic.signals.rawValue, partition: 0, key: Array("c-1".utf8), value: Array("{}".utf8),
      headers: [header("ce_id", "answer-\(id)"), header("ce_source", "/answerable/delegation")])
  }

  func delegation(next: Int64, records: Int64) throws {
    try commit(.delegation, .claims, 0, next: next, "\(records) \(records) 0 \(records)")
  }

  /// A request that was referred, approved by an act, and lapsed by its timer.
  func playClaim() throws {
    let request = try claim()
    try answer(.referred, number: 1, about: request)
    try answer(.approved, number: 2, about: try claim())
    try answer(.lapsed, number: 3, about: nil)
    try delegation(next: request + 2, records: request + 2)
  }

  /// What intake says that it has done with a partition.
  func intake(
    _ topic: Topic = .feedback, partition: Int32 = 0, next: Int64, records: Int64, signals: Int64,
    letters: Int64 = 0
  ) throws {
    try commit(.intake, topic, partition, next: next, "\(records) \(records) \(letters) \(signals)")
  }

  func casework(task: Int32 = 0, next: Int64, records: Int64, journalled: Int64) throws {
    try commit(.casework, .signals, task, next: next, "\(records) \(journalled) 0 \(records)")
  }

  private func commit(_ role: RoleName, _ topic: Topic, _ partition: Int32, next: Int64, _ counters: String)
    throws
  {
    try log.commit(
      [
        TopicPartition(topic: topic.rawValue, partition: partition): CommittedOffset(
          offset: next, metadata: "1 1 5 \(next) 0 0 - \(counters)")
      ], group: role.group(prefix: ""))
  }

  private func cause(_ topic: Topic, _ partition: Int32, _ offset: Int64) -> [MemoryRecord.Header] {
    [
      header("cause-topic", topic.rawValue), header("cause-partition", "\(partition)"),
      header("cause-offset", "\(offset)"),
    ]
  }

  private func header(_ name: String, _ value: String) -> MemoryRecord.Header {
    .init(name, Array(value.utf8))
  }

  /// Three inputs, two signals, one dead letter, two journal records and one of a timer.
  func playSound() throws {
    for _ in 0..<3 { try input() }
    try signal(about: 0)
    try deadLetter(about: 1)
    try signal(about: 2)
    try journal(1, about: 0)
    try journal(2, about: nil, partition: 1)
    try journal(3, about: 1, partition: 1)
    try intake(next: 3, records: 3, signals: 2, letters: 1)
    try casework(next: 2, records: 2, journalled: 3)
  }

  func audit(since: Int64? = nil, until: Int64? = nil) throws -> AuditReport {
    try Audit(log, prefix: "", sources: AuditSources(log)).run(since: since, until: until, now: clock.now)
  }
}
