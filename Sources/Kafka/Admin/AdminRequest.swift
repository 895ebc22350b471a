// Owns one admin request in flight: its options, its queue, and the event that answers it.
import CRDKafka

/// A box around the answer. Views into it are valid while it lives: readers extend its life to their end.
final class AdminAnswer {
  let event: OpaquePointer
  init(owning event: OpaquePointer) { self.event = event }
  deinit { rd_kafka_event_destroy(event) }
}

extension Admin {
  /// Sends a request and waits for its answer.
  ///
  /// - Parameter configure: options beyond the time-out.
  /// - Parameter send: starts the request with these options, answering to this queue.
  func request(
    _ kind: rd_kafka_admin_op_t, _ operation: String, configure: (OpaquePointer) -> Void = { _ in },
    send: (_ options: OpaquePointer, _ queue: OpaquePointer) -> Void
  ) throws(KafkaError) -> AdminAnswer {
    let options = rd_kafka_AdminOptions_new(client.handle, kind)!
    defer { rd_kafka_AdminOptions_destroy(options) }
    rd_kafka_AdminOptions_set_request_timeout(options, timeout, nil, 0)
    // For topics: how long the controller may take to carry a change out everywhere. Others have none.
    if kind == RD_KAFKA_ADMIN_OP_CREATETOPICS || kind == RD_KAFKA_ADMIN_OP_DELETETOPICS {
      rd_kafka_AdminOptions_set_operation_timeout(options, timeout, nil, 0)
    }
    configure(options)
    let queue = rd_kafka_queue_new(client.handle)!
    defer { rd_kafka_queue_destroy(queue) }
    send(options, queue)
    // The request times out by itself; the second on top is only for the way through the queue.
    guard let event = rd_kafka_queue_poll(queue, timeout &+ 1000) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation, phase: .query)
    }
    let answer = AdminAnswer(owning: event)
    let code = rd_kafka_event_error(event)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw KafkaError(
        code, operation, phase: .query,
        reason: rd_kafka_event_error_string(event).map { String(cString: $0) })
    }
    return answer
  }

  /// Repeats a request while the group's coordinator moves, loads or is being made: on a new cluster the first
  /// question about a group finds none, and librdkafka asks again for consumers only. Up to the time-out.
  func retrying<Answer>(_ request: () throws(KafkaError) -> Answer) throws(KafkaError) -> Answer {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int64(timeout))
    while true {
      do throws(KafkaError) {
        return try request()
      } catch {
        guard error.errorClass == .retriable, error.code != .timedOut, clock.now < end else { throw error }
        sleepMilliseconds(50)
      }
    }
  }

  /// The elements of an array that an answer holds.
  func elements(_ array: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) -> [OpaquePointer] {
    UnsafeMutableBufferPointer(start: array, count: array == nil ? 0 : count).compactMap { $0 }
  }

  /// Throws the first topic's failure.
  func check(topicResults: [OpaquePointer], _ operation: String) throws(KafkaError) {
    for result in topicResults {
      let code = rd_kafka_topic_result_error(result)
      guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
      let name = rd_kafka_topic_result_name(result).map { String(cString: $0) } ?? ""
      throw KafkaError(
        code, "\(operation) \(name)", phase: .query,
        reason: rd_kafka_topic_result_error_string(result).map { String(cString: $0) })
    }
  }
}
