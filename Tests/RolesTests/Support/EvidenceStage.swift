// Owns a stage on which INTAKE can be away: its workers and CASEWORK's on one log, second by second.
import Events
import Foundation
import Kafka
import Policy
import Privacy
import Secrets
import Streams

@testable import Roles

/// All roles of a deployment under the shipped policy. Nobody is expelled for being away.
struct EvidenceStage {
  static let start = CaseworkStage.start
  private static let forever: Int64 = 1 << 52
  let clock: ManualClock
  let log: MemoryLog
  let catalogue: TopicCatalogue
  let intake: [Worker<MemoryLog, IntakeProcessor>]
  let casework: Worker<MemoryLog, CaseworkProcessor>

  /// - Parameter intake: how many workers it has.
  init(partitions: Int32 = 2, intake: Int = 1) throws {
    let clock = ManualClock(at: Self.start - 60_000)
    let log = MemoryLog(
      .init(time: .manual(clock), sessionTimeout: Self.forever, transactionTimeout: Self.forever))
    let catalogue = TopicCatalogue(prefix: "", partitions: partitions)
    try log.deploy(catalogue, secret: CaseworkStage.secret)
    _ = try PolicyTopic(log, prefix: "").publish(try IntakeWorld.policy())
    try self.init(clock, log, catalogue, intake: intake)
    run(to: Self.start)
  }

  /// Goes on with a deployment that was moved to other topics.
  init(after stage: EvidenceStage, _ catalogue: TopicCatalogue) throws {
    try self.init(stage.clock, stage.log, catalogue, intake: 1)
  }

  private init(_ clock: ManualClock, _ log: MemoryLog, _ catalogue: TopicCatalogue, intake: Int) throws {
    (self.clock, self.log, self.catalogue) = (clock, log, catalogue)
    let (prefix, secret) = (catalogue.prefix, CaseworkStage.secret)
    let layout = try Layout.computed(on: log, prefix: prefix, secret: secret)
      .verified(on: log, prefix: prefix).fingerprint
    func worker<P: Processor>(_ role: Role<P>, _ index: Int = 0) -> Worker<MemoryLog, P> {
      Worker(
        log: log, role: role, identity: WorkerIdentity(transactionalPrefix: prefix + role.definition.name),
        index: index, clock: .manual(clock))
    }
    self.intake = try (0..<intake).map {
      worker(try IntakeRole.role(prefix: prefix, layout: layout, secret: secret), $0)
    }
    casework = worker(try CaseworkRole.role(prefix: prefix, layout: layout, secret: secret))
  }

  /// Second by second; `awake` are those workers of INTAKE that take part, nil for all of them.
  func run(to time: Int64, awake: [Int]? = nil) {
    while clock.now < time {
      clock.advance(to: min(time, clock.now + 1_000))
      for _ in 0..<4 {
        for index in awake ?? Array(intake.indices) { intake[index].step() }
        casework.step()
      }
    }
  }

  /// Lets the workers commit and leave.
  func close() {
    for worker in intake { worker.status.requestDrain() }
    casework.status.requestDrain()
    for _ in 0..<4 {
      for worker in intake { worker.step() }
      casework.step()
    }
    log.settle()
  }

  // MARK: What people do

  /// A leak in a room; returns the id of its case.
  func feedback(_ guest: String) throws -> String {
    try send(
      .feedback, guest,
      #""id":"fb-\#(guest)","subject":{"kind":"customer","id":"\#(guest)"},"journey":"stay","#
        + #""touchpoint":"room-comfort","site":"lyon-1","rating":{"kind":"nps","value":0}"#)
    var key: [UInt8] = []
    try Array("customer".utf8).withUnsafeBytes { kind in
      try Array(guest.utf8).withUnsafeBytes {
        try SubjectKeyMaker(secret: CaseworkStage.secret).key(kind: kind, id: $0, into: &key)
      }
    }
    return String(decoding: key, as: UTF8.self) + "-1"
  }

  func acknowledge(_ caseID: String) throws {
    try send(
      .caseUpdates, caseID,
      #""id":"act-\#(caseID)","case":"\#(caseID)","act":"acknowledge","actor":{"id":"technician-4","#
        + #""role":"technician","team":"building-technique","site":"lyon-1"}"#)
  }

  private func send(_ topic: Topic, _ key: String, _ fields: String) throws {
    let value = #"{"source":"tests","occurredAt":"\#(RFC3339.string(clock.now))",\#(fields)}"#
    try log.append(topic.name(prefix: catalogue.prefix), key: Array(key.utf8), value: Array(value.utf8))
  }

  // MARK: What was told

  func records(_ topic: Topic) throws -> [[String: Any]] {
    try log.records(topic.name(prefix: catalogue.prefix)).compactMap { record in
      try record.value.map { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] ?? [:] }
    }
  }

  var marks: [MemoryRecord] { log.records(Topic.signals.name(prefix: catalogue.prefix)).filter(\.isMark) }

  /// Rungs that were told for want of an acknowledgement, as JSON.
  func unacknowledged() throws -> [[String: Any]] {
    try records(.escalations).filter {
      $0["type"] as? String == "rung" && $0["unless"] as? String == "acknowledged"
    }
  }

  /// How often a decision's reason has this code.
  func reasons(_ code: String) throws -> Int {
    try records(.caseJournal).count { ($0["reason"] as? [String: Any])?["code"] as? String == code }
  }
}
