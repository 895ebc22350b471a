// Owns the decision when repeated aborts mean that one record can never be committed, and which one.
import Kafka

/// Follows aborts of the log's making. After several identical ones in a row the worker goes through the aborted
/// range one record a transaction; the record whose own transaction is aborted the same way is the one at
/// fault. Without this a single output too large for the broker would be tried for ever: it surfaces at the
/// commit, as an abortable error that names no record.
struct AbortStreak: Sendable, Hashable {
  /// Identical aborts before the search begins.
  let limit: Int
  /// Identical aborts of one item alone before it is held to be at fault: about a second's worth, so that a
  /// broker that refuses at random for a while condemns nothing.
  static let aloneLimit = 20
  private var alone = 0
  private var code: KafkaError.Code?
  private(set) var count = 0
  /// True while each record is a transaction of its own.
  private(set) var isSearching = false
  /// Records the search has still to look at.
  private var remaining = 0

  init(limit: Int) { self.limit = limit }

  /// True when the broker judged a record and not the connection, the group or the producer.
  ///
  /// MSG_SIZE_TOO_LARGE, RECORD_LIST_TOO_LARGE and INVALID_RECORD name themselves. `_INCONSISTENT` is
  /// librdkafka's "some messages failed delivery" at the commit, whatever the cause: a refusal comes at
  /// once, a time-out after `message.timeout.ms`, so the time the commit took tells them apart.
  static func isRecordFault(_ error: KafkaError, milliseconds: Int64) -> Bool {
    switch error.code.rawValue {
    case 10, 18, 87: true
    case -149: milliseconds < 5_000
    default: false
    }
  }

  /// A transaction of so many records and timers was aborted, so long after its commit began. Returns true
  /// when its only item is at fault.
  mutating func aborted(_ error: KafkaError, items records: Int, milliseconds: Int64) -> Bool {
    let isFault = Self.isRecordFault(error, milliseconds: milliseconds)
    if error.code == code { count += 1 } else { count = 1 }
    code = error.code
    if isFault && isSearching && records == 1 {
      alone += 1
      if alone < Self.aloneLimit { return false }
      alone = 0
      return true
    }
    alone = 0
    if isFault && count >= limit && records > 0 {
      isSearching = true
      remaining = max(remaining, records)
    }
    return false
  }

  /// A transaction of so many records and timers committed.
  mutating func committed(items records: Int) {
    alone = 0
    remaining -= records
    if remaining > 0 { return }
    remaining = 0
    isSearching = false
    code = nil
    count = 0
  }

  /// Milliseconds to keep out of the way after an abort: none after the first, then doubling to one second; a
  /// search keeps a steady pace.
  var backoff: Int64 {
    if isSearching { return 20 }
    return count <= 1 ? 0 : min(1_000, 10 << Int64(min(count - 2, 7)))
  }
}
