// What a member's transactions hold on a real cluster: all or nothing, fenced zombies, refused offsets.
import Glibc
import Kafka
import Streams
import Testing

@Suite(.realBroker)
struct KafkaLogTransactionTests {
  /// A member of a group that reads `input` from its start, and writes to `output`.
  private struct Seat {
    let log: KafkaLog
    let input: String
    let output: String
    let group = TestBroker.unique("group")
    let id = TestBroker.unique("tx")
    var source: TopicPartition { TopicPartition(topic: input, partition: 0) }

    init(change: (inout Configuration) -> Void = { _ in }) throws {
      var configuration = try TestBroker.configuration()
      change(&configuration)
      log = try KafkaLog(configuration)
      input = try TestBroker.topic("in")
      output = try TestBroker.topic("out")
      try TestBroker.start(group: group, input)
    }

    /// Opens a member that has its partition.
    func member(id: String? = nil) throws -> (KafkaMember, Recording) {
      let member = try log.member(
        MemberConfiguration(group: group, transactionalID: id ?? self.id, outputs: [output]))
      try member.initTransactions()
      try member.subscribe([input])
      var heard = Recording()
      try #require(member.poll(&heard) { !$0.assignment.isEmpty })
      return (member, heard)
    }

    /// What committed readers see in the output.
    func outputs() throws -> [String] {
      let reader = try log.reader(ReaderConfiguration())
      defer { reader.close() }
      var heard = Recording()
      let partition = TopicPartition(topic: output, partition: 0)
      let end = try reader.bounds(of: partition, .readCommitted).upperBound
      try reader.assign([partition: 0], topics: [output])
      try #require(reader.poll(&heard) { ($0.ends[partition] ?? -1) >= end })
      return heard.texts
    }
  }

  @Test func recordsAndOffsetsCommitTogether() throws {
    let seat = try Seat()
    var (member, heard) = try seat.member()
    try member.begin()
    try member.send("one")
    try member.sendOffsets([seat.source: CommittedOffset(offset: 7, metadata: "header é")])
    #expect(member.commit() == .committed)
    #expect(
      try member.committed([seat.source]) == [seat.source: CommittedOffset(offset: 7, metadata: "header é")])
    #expect(try seat.outputs() == ["one"])
    let other = TopicPartition(topic: seat.output, partition: 0)
    #expect(try member.committed([other]) == [:], "absent, where nothing was committed")
    member.close(&heard)
  }

  @Test func anAbortLeavesNeitherRecordsNorOffsets() throws {
    let seat = try Seat()
    var (member, heard) = try seat.member()
    try member.begin()
    try member.send("never")
    try member.sendOffsets([seat.source: CommittedOffset(offset: 7, metadata: "")])
    try member.abort()
    #expect(try member.committed([seat.source])[seat.source]?.offset == 0)
    try member.begin()
    try member.send("after")
    #expect(member.commit() == .committed)
    #expect(try seat.outputs() == ["after"])
    member.close(&heard)
  }

  @Test func offsetsThatLibrdkafkaWouldSilentlyDropAreRefused() throws {
    let seat = try Seat()
    var (member, heard) = try seat.member()
    try member.begin()
    #expect(throws: KafkaError.self) { try member.sendOffsets([:]) }
    let negative = #expect(throws: KafkaError.self) {
      try member.sendOffsets([seat.source: CommittedOffset(offset: -1001, metadata: "")])
    }
    #expect(negative?.code == .invalidArgument)
    try member.abort()
    member.close(&heard)
  }

  @Test func aZombieWorkerCannotCommit() throws {
    let seat = try Seat()
    var (zombie, heard) = try seat.member()
    try zombie.begin()
    try zombie.send("zombie")
    let successor = try seat.log.member(
      MemberConfiguration(
        group: TestBroker.unique("g"), transactionalID: seat.id, outputs: [seat.output]))
    try successor.initTransactions()
    let outcome = zombie.commit()
    guard case .fenced(let error) = outcome else {
      Issue.record("expected fenced, got \(outcome)")
      return
    }
    #expect(error.errorClass == .fenced)
    #expect(try seat.outputs() == [])
    // The seat can be taken back: a new producer fences in its turn.
    try zombie.initTransactions()
    try zombie.begin()
    try zombie.send("back")
    #expect(zombie.commit() == .committed)
    zombie.close(&heard)
    var nobody = Recording()
    successor.close(&nobody)
  }

  @Test func aMemberThatStoppedPollingLosesItsRightToCommit() throws {
    let seat = try Seat {
      $0.socketTimeout = .seconds(5)
      $0.producer.transactionTimeout = .seconds(5)
      $0.consumer.maxPollInterval = .seconds(6)
      $0.consumer.sessionTimeout = .seconds(6)
    }
    var (member, heard) = try seat.member()
    try member.begin()
    // Not a wait for a clock of ours: the group's coordinator has to give up on this member.
    let end = ContinuousClock.now + .seconds(20)
    while !member.assignmentLost, ContinuousClock.now < end { usleep(100_000) }
    #expect(member.assignmentLost)
    let refused = #expect(throws: KafkaError.self) {
      try member.sendOffsets([seat.source: CommittedOffset(offset: 3, metadata: "")])
    }
    #expect(refused?.errorClass == .abortable)
    #expect(member.poll(&heard) { !$0.revocations.isEmpty })
    #expect(heard.revocations.first?.lost == true)
    // Polling again joins again, with a new right.
    #expect(member.poll(&heard) { !$0.assignment.isEmpty })
    #expect(!member.assignmentLost)
    member.close(&heard)
  }

  @Test func revokedPartitionsCanStillBeCommittedInsideTheEvent() throws {
    let seat = try Seat()
    var (member, heard) = try seat.member()
    try member.begin()
    try member.send("last words")
    var outcome: CommitOutcome?
    var failure: KafkaError?
    heard.whenRevoked = { partitions, lost in
      guard !lost, !partitions.isEmpty else { return }
      do throws(KafkaError) {
        try member.sendOffsets([seat.source: CommittedOffset(offset: 5, metadata: "m")])
        outcome = member.commit()
      } catch { failure = error }
    }
    member.close(&heard)
    #expect(failure == nil)
    #expect(outcome == .committed)
    #expect(heard.revocations.flatMap(\.partitions) == [seat.source])
    #expect(try seat.outputs() == ["last words"])
    let (next, _) = try seat.member(id: TestBroker.unique("tx"))
    #expect(try next.committed([seat.source]) == [seat.source: CommittedOffset(offset: 5, metadata: "m")])
    var nobody = Recording()
    next.close(&nobody)
  }

  @Test func partitionsMoveWithoutStoppingTheOthers() throws {
    let log = try KafkaLog(TestBroker.configuration())
    let topic = try TestBroker.topic("in", partitions: 4)
    let group = TestBroker.unique("group")
    try TestBroker.start(group: group, topic, partitions: 4)
    func open() throws -> KafkaMember {
      let member = try log.member(
        MemberConfiguration(group: group, transactionalID: TestBroker.unique("tx"), outputs: []))
      try member.subscribe([topic])
      return member
    }
    let first = try open()
    var heardFirst = Recording()
    #expect(first.poll(&heardFirst) { $0.assignment.count == 4 })
    let second = try open()
    var heardSecond = Recording()
    let end = ContinuousClock.now + .seconds(30)
    while heardFirst.assignment.count != 2 || heardSecond.assignment.count != 2, ContinuousClock.now < end {
      _ = first.poll(milliseconds: 50, limit: 10, &heardFirst)
      _ = second.poll(milliseconds: 50, limit: 10, &heardSecond)
    }
    #expect(heardFirst.assignment.count == 2)
    #expect(heardFirst.assignment.isDisjoint(with: heardSecond.assignment))
    #expect(heardFirst.revocations.flatMap(\.partitions).count == 2, "the two that moved, and no others")
    second.close(&heardSecond)
    #expect(heardSecond.assignment == [])
    #expect(first.poll(&heardFirst, seconds: 30) { $0.assignment.count == 4 })
    first.close(&heardFirst)
    #expect(heardFirst.failures == [])
  }

  @Test func aMissingOutputIsRefusedBeforeTheFirstTransaction() throws {
    let log = try KafkaLog(TestBroker.configuration())
    let member = try log.member(
      MemberConfiguration(
        group: "g", transactionalID: TestBroker.unique("tx"), outputs: [TestBroker.unique("missing")]))
    let error = #expect(throws: KafkaError.self) { try member.initTransactions() }
    #expect(error?.code == .unknownTopicOrPartition)
    var nobody = Recording()
    member.close(&nobody)
  }

  @Test func aRecordThatIsTooLargeIsNamedAsSuch() throws {
    let seat = try Seat()
    var (member, heard) = try seat.member()
    try member.begin()
    let error = #expect(throws: KafkaError.self) {
      try member.send(String(repeating: "x", count: 1_000_100))
    }
    #expect(error?.isOutputRefused == true)
    #expect(error?.errorClass == .abortable)
    try member.abort()
    member.close(&heard)
  }

  @Test func aFullQueueBlocksUntilThereIsRoom() throws {
    let seat = try Seat { $0.producer.queueRecords = 50 }
    var (member, heard) = try seat.member()
    try member.begin()
    for number in 0..<2000 { try member.send("\(number)") }
    #expect(member.commit() == .committed)
    #expect(try seat.outputs() == (0..<2000).map { "\($0)" })
    member.close(&heard)
  }
}
