// Owns the answers to rebalances: on the owner's thread, in the order owner - librdkafka, never skipped.
import CRDKafka

extension Consumer {
  /// Answers every change that was noted, then hands over failures.
  @usableFromInline
  func servePending<E: ConsumerEvents>(_ events: inout E) {
    while let rebalance = client.context.takeRebalance() { answer(rebalance, &events) }
    while let failure = client.context.takeFailure() { events.failed(failure, partition: nil, offset: -1) }
    client.context.settle()
  }

  /// Every change is acknowledged, empty ones too: they arrive, and the group waits for the answer. Always
  /// incrementally: the protocol is given by the one assignor, and asking for it may block (librdkafka#4041).
  ///
  /// Additions are acknowledged before the owner hears of them, so that it can pause and seek in them at once.
  /// Removals after: it commits while they are still its own.
  private func answer<E: ConsumerEvents>(_ rebalance: ClientContext.Rebalance, _ events: inout E) {
    let partitions = rebalance.partitions.partitions
    if rebalance.isAssignment {
      hasLostAssignment = false
      hasBeenAssigned = true
      client.isJoining = false
      paused.subtract(partitions)
      acknowledge(rd_kafka_incremental_assign(client.handle, rebalance.partitions.pointer), &events)
      events.assigned(partitions)
    } else {
      // Asked before any other call: unassigning resets it.
      let lost = rd_kafka_assignment_lost(client.handle) != 0
      if lost { hasLostAssignment = true }
      events.revoked(partitions, lost: lost)
      paused.subtract(partitions)
      acknowledge(rd_kafka_incremental_unassign(client.handle, rebalance.partitions.pointer), &events)
    }
  }

  private func acknowledge<E: ConsumerEvents>(_ failure: OpaquePointer?, _ events: inout E) {
    guard let failure else { return }
    events.failed(
      KafkaError(consuming: failure, "answer rebalance", phase: .consume), partition: nil, offset: -1)
  }

  /// True from the moment partitions were lost, rather than revoked, until the next assignment, and while this
  /// consumer has no member id: a live group accepts offsets without one, and would then be overwritten by a
  /// member it threw out (measured).
  public var assignmentLost: Bool {
    switch life {
    case .closed: true
    // Asking for the member id while the client closes may wait for ever, as asking for the protocol does
    // (librdkafka#4041).
    case .closing: hasLostAssignment || rd_kafka_assignment_lost(client.handle) != 0
    case .open, .leaving:
      hasLostAssignment || rd_kafka_assignment_lost(client.handle) != 0 || memberID.isEmpty
    }
  }

  /// The id the group gave to this member; empty when it gave none.
  public var memberID: String {
    guard life == .open || life == .leaving, let text = rd_kafka_memberid(client.handle) else { return "" }
    defer { rd_kafka_mem_free(client.handle, text) }
    return String(cString: text)
  }

  /// Partitions held now.
  public var assignment: [TopicPartition] { currentAssignment()?.partitions.sorted() ?? [] }

  var hasAssignment: Bool { (currentAssignment()?.count ?? 0) > 0 }

  private func currentAssignment() -> PartitionList? {
    var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    guard rd_kafka_assignment(client.handle, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else {
      return nil
    }
    return PartitionList(owning: list)
  }
}
