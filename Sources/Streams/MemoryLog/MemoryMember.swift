// Owns a worker thread's seat on an in-memory log: consuming, and the client's side of its group.
import Kafka

/// A member of a group with its transactional producer. Not Sendable: one thread makes every call.
///
/// What a client knows lags what the brokers know, here as there: a member that was expelled while it did not poll learns
/// so at its next poll, not before, and until then believes in its partitions.
public final class MemoryMember: LogMember {
  let log: MemoryLog
  let configuration: MemberConfiguration
  /// Empty until it has joined, and again from when it learns that it was expelled.
  private(set) var memberID = ""
  private var lost = false
  public var assignmentLost: Bool { lost || memberID.isEmpty }
  var producer = MemoryProducer()
  private var topics: [String] = []
  private var session = FetchSession(isolation: .readCommitted)
  private var scratch: [HeaderView] = []
  private var closed = false
  private var fenced = false

  init(log: MemoryLog, _ configuration: MemberConfiguration) {
    self.log = log
    self.configuration = configuration
  }

  public func subscribe(_ topics: [String]) throws(KafkaError) {
    for topic in topics where try log.partitionCount(of: topic) == nil {
      throw MemoryError.make(.unknownTopicOrPartition, .fatal, "subscribe to \(topic)")
    }
    self.topics = topics
  }

  public func poll<E: MemberEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    guard !closed, !fenced else { return 0 }
    let time = log.configuration.time
    let deadline = time.now &+ Int64(clamping: milliseconds)
    var limit = limit
    var delivered = 0
    if case .few(let records) = sufferFault() { limit = min(limit, records) }
    while true {
      let version = log.locked { world, _ in world.version }
      var something = takeSeat(&events)
      repeat {
        gather(limit: limit &- delivered)
        if !session.batch.isEmpty { something = true }
        delivered &+= deliver(&events)
      } while session.more && delivered < limit && !closed
      if something || !time.blocks || time.now >= deadline || closed { return delivered }
      log.wait(since: version, until: deadline)
    }
  }

  private func sufferFault() -> Fault? {
    log.locked { world, _ in
      let fault = world.fault(.poll, configuration.transactionalID)
      if fault == .rebalance { world.group(configuration.group) { $0.rebalance(moving: true) } }
      if fault == .expelled { world.group(configuration.group) { $0.expel(memberID) } }
      return fault
    }
  }

  private func gather(limit: Int) {
    log.locked { world, now in
      session.gather(&world, limit: limit) { world, slot throws(KafkaError) in
        guard let known = world.committed(configuration.group, [slot.coordinates], now: now) else {
          return -1
        }
        guard let offset = known[slot.coordinates]?.offset else {
          throw MemoryError.make(.noOffset, .fatal, "start \(slot.coordinates)")
        }
        return offset
      }
    }
  }

  private func deliver<E: MemberEvents>(_ events: inout E) -> Int {
    var delivered = 0
    var index = 0
    var headers = scratch
    scratch = []
    while index < session.batch.count {
      defer { index += 1 }
      guard let delivery = session.take(index) else { continue }
      let slot = session.slots[delivery.slot]
      switch delivery.happening {
      case .record(let record):
        delivered += 1
        record.withView(
          topicIndex: slot.topicIndex, partition: slot.coordinates.partition,
          withHeaders: configuration.readsHeaders, scratch: &headers
        ) { events.record($0) }
      case .end(let offset): events.endReached(slot.coordinates, offset: offset)
      case .failed(let error): events.failed(error)
      }
    }
    scratch = headers
    return delivered
  }

  // MARK: The group

  /// Joins, or learns what has become of its seat. True when there was something to tell.
  private func takeSeat<E: MemberEvents>(_ events: inout E) -> Bool {
    guard !topics.isEmpty else { return false }
    if memberID.isEmpty { join(&events) }
    switch log.locked({ world, now in
      world.group(configuration.group) { $0.poll(memberID, now: now) }
    }) {
    case .nothing: return false
    case .unknownMember:
      memberID = ""
      lose(&events)
      return true
    case .fencedInstance:
      fenced = true
      memberID = ""
      lose(&events)
      events.failed(MemoryError.make(.fencedInstance, .fatal, "poll \(configuration.group)"))
      return true
    case .changed(let revoked, let assigned):
      giveUp(revoked, &events)
      receive(assigned, &events)
      return true
    }
  }

  private func join<E: MemberEvents>(_ events: inout E) {
    let kept = log.locked { world, now in
      let eligible = topics.flatMap { world.indices(of: $0) }.sorted()
      let seat = world.group(configuration.group) {
        $0.join(
          name: configuration.transactionalID, instanceID: configuration.instanceID, eligible: eligible,
          now: now)
      }
      world.wake(at: now &+ log.configuration.sessionTimeout)
      memberID = seat.id
      return seat.kept
    }
    receive(kept, &events)
  }

  private func lose<E: MemberEvents>(_ events: inout E) {
    lost = true
    let partitions = session.slots.map(\.coordinates).sorted()
    session.remove(partitions)
    if !partitions.isEmpty { events.revoked(partitions, lost: true) }
  }

  private func giveUp<E: MemberEvents>(_ revoked: [Int], _ events: inout E) {
    guard !revoked.isEmpty else { return }
    let partitions = log.locked { world, _ in revoked.map { world.partitions[$0].coordinates } }
    events.revoked(partitions.sorted(), lost: false)
    if closed { return }
    session.remove(partitions)
    log.locked { world, _ in
      world.group(configuration.group) { $0.acknowledge(memberID, revoked: revoked) }
    }
  }

  private func receive<E: MemberEvents>(_ assigned: [Int], _ events: inout E) {
    guard !assigned.isEmpty else { return }
    lost = false
    let partitions = log.locked { world, _ in assigned.map { world.partitions[$0].coordinates } }
    for (log, partition) in zip(assigned, partitions) {
      session.add(
        .init(
          topicIndex: topics.firstIndex(of: partition.topic) ?? 0, coordinates: partition, log: log,
          position: -1))
    }
    events.assigned(partitions.sorted())
  }

  public func close<E: MemberEvents>(_ events: inout E) {
    guard !closed else { return }
    if !memberID.isEmpty {
      let partitions = session.slots.map(\.coordinates).sorted()
      if !partitions.isEmpty { events.revoked(partitions, lost: assignmentLost) }
      log.locked { world, _ in
        world.group(configuration.group) { if !$0.isStatic(memberID) { $0.leave(memberID) } }
      }
    }
    closed = true
    session.remove(session.slots.map(\.coordinates))
    memberID = ""
    // As the client does when it is closed: what is open is aborted, if it still can be.
    try? abort()
    producer.destroy()
  }

  /// The process that holds this seat is gone: the log hears nothing more of it, and learns nothing. What it left open
  /// stays open until it times out or a successor of the same name comes.
  package func abandon() {
    closed = true
    memberID = ""
    producer.destroy()
  }

  // MARK: Positions

  public func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
    for partition in partitions { try update(partition, "pause") { $0.paused = true } }
  }

  public func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
    for partition in partitions { try update(partition, "resume") { $0.paused = false } }
  }

  public func seek(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
    for (partition, offset) in offsets {
      guard offset >= 0 else { throw MemoryError.make(.invalidArgument, .fatal, "seek \(partition)") }
      try update(partition, "seek") {
        $0.position = offset
        $0.stalled = false
      }
    }
  }

  private func update(
    _ partition: TopicPartition, _ operation: String, _ change: (inout FetchSession.Slot) -> Void
  ) throws(KafkaError) {
    if !session.update(partition, change) {
      throw MemoryError.make(.unknownPartition, .fatal, "\(operation) \(partition)")
    }
  }

  public func knownEnd(of partition: TopicPartition) -> Int64? {
    guard session.slots.contains(where: { $0.coordinates == partition }) else { return nil }
    return log.locked { world, _ in
      world.index(of: partition).map { world.partitions[$0].end(.readCommitted) }
    }
  }

  public func committed(_ partitions: [TopicPartition]) throws(KafkaError)
    -> [TopicPartition: CommittedOffset]
  {
    let time = log.configuration.time
    let deadline = time.now &+ log.configuration.requestTimeout
    if log.locked({ world, _ in world.fault(.committed, configuration.transactionalID) }) == .fails {
      throw MemoryError.make(.timedOut, .retriable, "committed offsets")
    }
    while true {
      let (known, version) = log.locked { world, now in
        (world.committed(configuration.group, partitions, now: now), world.version)
      }
      if let known { return known }
      if !time.blocks || time.now >= deadline {
        throw MemoryError.make(.unstableOffset, .retriable, "committed offsets")
      }
      log.wait(since: version, until: deadline)
    }
  }
}
