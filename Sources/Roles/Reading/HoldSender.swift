// Owns telling every task of casework that escalations are held or released: one signal a partition, all or none.
import Events
import Kafka
import Streams

/// Sends an operator's hold.
public struct HoldSender<L: Log> {
  private let log: L
  private let prefix: String

  public init(_ log: L, prefix: String) {
    self.log = log
    self.prefix = prefix
  }

  /// Appends one signal to each partition of `signals`, in one transaction. Its id is made from the time, the operator
  /// and the partition, so the same call makes the same records. Returns how many tasks are told.
  ///
  /// - Parameters:
  ///   - owner: the team; nil for all.
  ///   - until: milliseconds since 1970; at or before `now`, the hold is released.
  ///   - epoch: the policy in force, told for the record.
  public func send(
    owner: String?, until: Int64, reason: String, by: String, now: Int64, epoch: Int64
  ) throws -> Int32 {
    let topic = Topic.signals.name(prefix: prefix)
    guard let count = try log.partitionCount(of: topic) else {
      throw KafkaError(
        code: .unknownTopicOrPartition, errorClass: .fatal, operation: "hold escalations",
        reason: "there is no topic \(topic)")
    }
    let appender = try RecordAppender(
      log, topics: [topic], transactionalID: "\(prefix)answerable-hold-\(by)")
    defer { appender.close() }
    let encoder = SignalEncoder(source: "/answerable/operator")
    for partition in 0..<count {
      try Self.encoded(
        encoder, id: "hold-\(now)-\(by)-\(partition)", owner: owner ?? "", until: until, reason: reason,
        by: by,
        now: now, epoch: epoch
      ) { value, headers throws(KafkaError) in
        try appender.append(0, partition: partition, key: nil, value: value, headers: headers)
      }
    }
    try appender.commit()
    return count
  }

  private static func encoded(
    _ encoder: SignalEncoder, id: String, owner: String, until: Int64, reason: String, by: String, now: Int64,
    epoch: Int64, _ body: ([UInt8], [ScannedRecord.Header]) throws(KafkaError) -> Void
  ) throws(KafkaError) {
    var bytes = BorrowedBytes()
    defer { bytes.release() }
    func slice(_ text: String) -> ByteSlice { ByteSlice(bytes.hold(Array(text.utf8))) }
    var hold = Hold()
    hold.owner = slice(owner)
    hold.until = until
    hold.reason = slice(reason)
    hold.by = slice(by)
    var signal = Signal(message: .hold(hold))
    signal.id = slice(id)
    signal.occurredAt = now
    signal.epoch = epoch
    let record = encoder.encode(signal)
    let headers = record.headers.map {
      ScannedRecord.Header(name: String(decoding: $0.name, as: UTF8.self), value: Array($0.value))
    }
    try body(Array(record.value), headers)
  }
}
