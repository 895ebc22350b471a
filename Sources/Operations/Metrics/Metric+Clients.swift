// Owns the metrics of librdkafka's clients, from the statistics they take every few seconds.

extension Metric {
  private static let client = ["client"]
  private static let connection = ["client", "broker"]

  static let sendQueueRecords = Metric(
    "answerable_client_send_queue_records", .gauge, client, "Records waiting to be sent by a producer.")
  static let sendQueueBytes = Metric(
    "answerable_client_send_queue_bytes", .gauge, client, "Bytes waiting to be sent by a producer.")
  static let sendQueueLimit = Metric(
    "answerable_client_send_queue_limit_bytes", .gauge, client, "Where a producer stops to take more.")
  static let readAheadRecords = Metric(
    "answerable_client_read_ahead_records", .gauge, client, "Records that a consumer has fetched ahead.")
  static let readAheadBytes = Metric(
    "answerable_client_read_ahead_bytes", .gauge, client, "Bytes that a consumer has fetched ahead.")
  static let rebalances = Metric(
    "answerable_client_rebalances_total", .counter, client,
    "Rebalances of a consumer's group that it took part in.")

  static let brokerUp = Metric(
    "answerable_client_broker_up", .gauge, connection,
    "1 while the connection to a broker is up, 0 while it is not.")
  static let roundTripAverage = Metric(
    "answerable_client_round_trip_average_seconds", .gauge, connection,
    "Mean round trip of requests to a broker over the last interval.")
  static let roundTripHigh = Metric(
    "answerable_client_round_trip_p99_seconds", .gauge, connection,
    "99th percentile of round trips to a broker over the last interval; a fetch waits there for records.")
  static let throttle = Metric(
    "answerable_client_throttle_max_seconds", .gauge, connection,
    "Longest wait that a broker's quota imposed over the last interval.")
  static let requestTimeouts = Metric(
    "answerable_client_request_timeouts_total", .counter, connection, "Requests to a broker that timed out.")
  static let requestRetries = Metric(
    "answerable_client_request_retries_total", .counter, connection,
    "Requests to a broker that were sent again.")
  static let disconnects = Metric(
    "answerable_client_disconnects_total", .counter, connection, "Connections to a broker that ended.")
}
