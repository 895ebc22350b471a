// Owns what librdkafka's callbacks leave behind for the owner's thread: they note, and decide nothing.
import CRDKafka

/// The one context object of a client, reached from C through its single `opaque` slot.
///
/// Every callback below runs on the thread that polls the client, inside that poll: logs because of
/// `log.queue`, the others by contract. Only the owner's thread ever touches this object, except for the
/// reaper, which outlives all of them and merely keeps it alive until the handle is destroyed.
@usableFromInline
final class ClientContext {
  /// A change of the assignment, waiting to be answered.
  struct Rebalance {
    let isAssignment: Bool
    let partitions: PartitionList
  }

  /// True when anything waits; the one thing the hot loop looks at.
  @usableFromInline var hasPending = false
  private(set) var rebalances: [Rebalance] = []
  private(set) var failures: [KafkaError] = []
  /// Whether anything was said about the transaction coordinator since this was last reset: a request that
  /// timed out, a connection that broke. librdkafka retries both silently (librdkafka#5423).
  var coordinatorTrouble: String?

  let observer: (any ClientObserver)?

  init(observer: (any ClientObserver)?) { self.observer = observer }

  func note(_ rebalance: Rebalance) {
    rebalances.append(rebalance)
    hasPending = true
  }

  func note(_ failure: KafkaError) {
    failures.append(failure)
    hasPending = true
  }

  func takeRebalance() -> Rebalance? { rebalances.isEmpty ? nil : rebalances.removeFirst() }

  func takeFailure() -> KafkaError? { failures.isEmpty ? nil : failures.removeFirst() }

  func settle() { hasPending = !rebalances.isEmpty || !failures.isEmpty }

  func note(level: Int32, client: String, facility: String, text: String) {
    if (facility == "REQTMOUT" || facility == "FAIL") && text.contains("TxnCoordinator") {
      coordinatorTrouble = text
    }
    var severity = ClientLogLine.Level(rawValue: level) ?? .info
    // Brokers that are not Apache's may hide Produce v0-2, and the client then silently sends uncompressed
    // (KAFKA-18659, librdkafka#4948): several times the bytes is worth more than a notice.
    if text.contains("does not support compression type") { severity = min(severity, .error) }
    observer?.log(ClientLogLine(level: severity, client: client, facility: facility, text: text))
  }

  func note(statistics json: UnsafeRawBufferPointer, of client: String) {
    observer?.statistics(StatisticsReport(client: client, json: Array(json)))
  }
}

extension ClientContext {
  /// Registers the callbacks. `self` must outlive the handle.
  func install(in configuration: OpaquePointer, _ role: ClientRole) {
    rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
    rd_kafka_conf_set_log_cb(configuration) { handle, level, facility, text in
      guard let handle, let context = ClientContext.of(handle) else { return }
      context.note(
        level: level, client: String(cString: rd_kafka_name(handle)),
        facility: facility.map { String(cString: $0) } ?? "", text: text.map { String(cString: $0) } ?? "")
    }
    rd_kafka_conf_set_error_cb(configuration) { handle, code, reason, opaque in
      guard let handle, let opaque else { return }
      let code = rd_kafka_resp_err_t(code)
      // Said again by the call that fails; noted here only where no call would tell.
      if rd_kafka_type(handle) == RD_KAFKA_PRODUCER { return }
      ClientContext.of(opaque: opaque).note(
        KafkaError(
          code, "consume", phase: .consume, client: handle, reason: reason.map { String(cString: $0) }))
    }
    rd_kafka_conf_set_stats_cb(configuration) { handle, json, length, opaque in
      if let handle, let json, let opaque {
        ClientContext.of(opaque: opaque).note(
          statistics: UnsafeRawBufferPointer(start: json, count: length),
          of: String(cString: rd_kafka_name(handle)))
      }
      return 0  // librdkafka keeps and frees the text.
    }
    guard case .member = role else { return }
    // The change is noted and answered by the owner as soon as the poll has returned, which `yield` makes it
    // do at once: commits, errors and generic code then run in Swift, not inside a C frame, and still on the
    // same thread before any record of the new assignment.
    rd_kafka_conf_set_rebalance_cb(configuration) { handle, code, partitions, opaque in
      guard let handle, let opaque else { return }
      ClientContext.of(opaque: opaque).note(
        Rebalance(
          isAssignment: code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS,
          partitions: PartitionList(copying: partitions)))
      rd_kafka_yield(handle)
    }
  }

  private static func of(_ handle: OpaquePointer) -> ClientContext? {
    rd_kafka_opaque(handle).map { of(opaque: $0) }
  }

  private static func of(opaque: UnsafeMutableRawPointer) -> ClientContext {
    Unmanaged<ClientContext>.fromOpaque(opaque).takeUnretainedValue()
  }
}
