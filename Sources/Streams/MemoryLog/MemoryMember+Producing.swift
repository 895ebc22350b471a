// Owns the producing half of a worker thread's seat: transactions as a client makes them.
import Kafka

extension MemoryMember {
  public func initTransactions() throws(KafkaError) {
    let seat = log.locked { world, now -> (producer: Int32, epoch: Int32)? in
      if world.fault(.initTransactions, configuration.transactionalID) == .fails { return nil }
      return world.initialise(configuration.transactionalID, now: now)
    }
    guard let seat else { throw MemoryError.make(.timedOut, .retriable, "init transactions") }
    producer.initialised(id: seat.producer, epoch: seat.epoch)
  }

  public func begin() throws(KafkaError) { try producer.begin() }

  public func produce(
    _ topic: OutputTopic, partition: Int32?, key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>
  ) throws(KafkaError) {
    try producer.requireOpen("produce")
    guard configuration.outputs.indices.contains(topic.index) else {
      throw MemoryError.make(.unknownTopicOrPartition, .fatal, "produce")
    }
    let name = configuration.outputs[topic.index]
    let bytes = headers.reduce((key?.count ?? 0) + (value?.count ?? 0)) {
      $0 + $1.name.count + ($1.value?.count ?? 0)
    }
    let error = log.locked { world, now -> KafkaError? in
      guard let entry = world.topics[name] else {
        return MemoryError.make(.unknownTopicOrPartition, .fatal, "produce")
      }
      guard let target = world.partition(of: entry, explicit: partition, key: key) else {
        return MemoryError.make(.unknownPartition, .abortable, "produce")
      }
      if let error = strike(.produce, &world, now: now) { return error }
      if bytes > log.configuration.maxRecordBytes {
        return MemoryError.make(.messageTooLarge, .abortable, "produce")
      }
      world.group(configuration.group) { $0.heartbeat(memberID, now: now) }
      world.add(producer.id, partition: target, now: now)
      _ = world.append(
        to: target, producer: producer.id, timestamp: now, key: key, value: value, headers: headers)
      producer.register()
      return nil
    }
    // Refusals travel back in the background: they surface at the next call, at the latest at the commit.
    if let error { producer.fail(error) }
  }

  public func sendOffsets(_ offsets: [TopicPartition: CommittedOffset]) throws(KafkaError) {
    try producer.requireOpen("send offsets")
    if offsets.isEmpty || offsets.values.contains(where: { $0.offset < 0 }) {
      throw MemoryError.make(.invalidArgument, .fatal, "send offsets")
    }
    if assignmentLost { throw fail(MemoryError.make(.assignmentLost, .abortable, "send offsets")) }
    let error = log.locked { world, now -> KafkaError? in
      if let error = strike(.sendOffsets, &world, now: now) { return error }
      // The client joins rounds and learns of their end in the background: the generation it claims is current
      // for as long as the group knows it.
      let refusal = world.group(configuration.group) {
        $0.heartbeat(memberID, now: now)
        return $0.refusal(member: memberID, generation: $0.generation)
      }
      if let refusal { return MemoryError.make(refusal, .abortable, "send offsets") }
      world.add(producer.id, group: configuration.group, offsets: offsets, now: now)
      producer.register()
      return nil
    }
    if let error { throw fail(error) }
  }

  public func commit() -> CommitOutcome {
    do { try producer.requireOpen("commit transaction") } catch {
      switch error.errorClass {
      case .fenced: return .fenced(error)
      case .fatal: return .fatal(error)
      case .abortable, .retriable: return .mustAbort(error)
      }
    }
    let fault = log.locked { world, _ in world.fault(.commit, configuration.transactionalID) }
    if case .slow(let milliseconds) = fault { log.configuration.time.pass(milliseconds: milliseconds) }
    let outcome = log.locked { world, now in decide(fault, &world, now: now) }
    switch outcome {
    case .committed: producer.ended()
    case .unknown: producer.unanswered()
    case .mustAbort(let error), .fenced(let error), .fatal(let error): producer.fail(error)
    }
    return outcome
  }

  private func decide(_ fault: Fault?, _ world: inout World, now: Int64) -> CommitOutcome {
    if fault == .fenced { world.fence(producer.id, now: now) }
    guard world.transactions.isCurrent(producer.id, epoch: producer.epoch) else {
      return .fenced(MemoryProducer.fenced("commit transaction"))
    }
    world.group(configuration.group) { $0.heartbeat(memberID, now: now) }
    if fault == .fails { return .mustAbort(MemoryError.make(.timedOut, .abortable, "commit transaction")) }
    var delay = log.configuration.markerDelay
    if case .markersLate(let milliseconds) = fault { delay = max(delay, milliseconds) }
    if case .unknown(let fate) = fault {
      switch fate {
      case .applied: world.end(producer.id, committed: true, markersAfter: delay, now: now)
      case .dropped: break
      case .late(let milliseconds):
        world.commitLater(producer.id, epoch: producer.epoch, after: milliseconds, now: now)
      }
      return .unknown(MemoryError.make(.timedOut, .retriable, "commit transaction"))
    }
    if producer.registered { world.end(producer.id, committed: true, markersAfter: delay, now: now) }
    return .committed
  }

  public func abort() throws(KafkaError) {
    switch producer.phase {
    case .open, .failed: break
    case .dead(let error): throw error
    default: throw MemoryProducer.wrongState("abort transaction")
    }
    let current = log.locked { world, now in
      guard world.transactions.isCurrent(producer.id, epoch: producer.epoch) else { return false }
      world.group(configuration.group) { $0.heartbeat(memberID, now: now) }
      world.end(producer.id, committed: false, markersAfter: log.configuration.markerDelay, now: now)
      return true
    }
    guard current else { throw fail(MemoryProducer.fenced("abort transaction")) }
    producer.ended()
  }

  /// What befalls a call inside of a transaction: an ordered or planned fault, or that somebody fenced it.
  private func strike(_ point: FaultPoint, _ world: inout World, now: Int64) -> KafkaError? {
    let fault = world.fault(point, configuration.transactionalID)
    if fault == .fenced { world.fence(producer.id, now: now) }
    guard world.transactions.isCurrent(producer.id, epoch: producer.epoch) else {
      return MemoryProducer.fenced(point == .produce ? "produce" : "send offsets")
    }
    guard fault == .fails else { return nil }
    return point == .produce
      ? MemoryError.make(.messageTooLarge, .abortable, "produce")
      : MemoryError.make(.rebalanceInProgress, .abortable, "send offsets")
  }

  private func fail(_ error: KafkaError) -> KafkaError {
    producer.fail(error)
    return error
  }
}
