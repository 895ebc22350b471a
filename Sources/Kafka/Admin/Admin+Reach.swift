// Owns the question whether any broker answers, and why not: what clients say while they try.
import CRDKafka

extension Admin {
  /// Returns once a broker has answered, or throws when none has within `limit`: with the reason that the
  /// client met last (a connection refused, a name that does not resolve, a failed handshake). A password that
  /// is refused is not tried until the end.
  ///
  /// - Parameter waiting: called at least twice in between, with the time that has passed.
  public func reach(within limit: Duration, waiting: (Duration) -> Void = { _ in }) throws(KafkaError) {
    let clock = ContinuousClock()
    let start = clock.now
    var slice = Duration.seconds(1)
    var last: KafkaError?
    while true {
      let passed = start.duration(to: clock.now)
      let wait = min(slice, limit - passed)
      if asked(timeout: Int32(clamping: max(1, wait.wholeMilliseconds))) { return }
      last = failures().last { $0.code != .allBrokersDown } ?? last
      let now = start.duration(to: clock.now)
      if let last, now >= limit || last.isAuthorization {
        throw KafkaError(
          code: last.code, errorClass: last.errorClass, operation: "reach a broker", reason: last.reason)
      }
      guard now < limit else {
        throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, "reach a broker", phase: .query)
      }
      waiting(now)
      // Each request waits for its own answer: a slow cluster needs a long one.
      slice = min(slice * 2, max(.seconds(1), (limit - now) / 2))
    }
  }

  /// Whether a broker answered within the time.
  private func asked(timeout: Int32) -> Bool {
    var answer: UnsafePointer<rd_kafka_metadata>?
    // Of the topics this client has named, none, so that the answer is small.
    let code = rd_kafka_metadata(client.handle, 0, nil, &answer, timeout)
    if let answer { rd_kafka_metadata_destroy(answer) }
    return code == RD_KAFKA_RESP_ERR_NO_ERROR
  }

  /// What the client met since this was last asked. Log lines reach the observer on the way.
  private func failures() -> [KafkaError] {
    while let message = rd_kafka_consumer_poll(client.handle, 0) { rd_kafka_message_destroy(message) }
    var found: [KafkaError] = []
    while let failure = client.context.takeFailure() { found.append(failure) }
    client.context.settle()
    return found
  }
}
