// Owns the policies topic as authors use it: publish, show, history. Workers follow it by themselves.
import Kafka
import Policy
import Streams

/// One published policy.
public struct PublishedPolicy: Sendable {
  /// The record's offset: what signals carry.
  public let epoch: Int64
  /// When it was appended, milliseconds since 1970, UTC.
  public let appendedAt: Int64
  public let record: PolicyRecord
}

/// The `policies` topic of a deployment.
public struct PolicyTopic<L: Log> {
  private let log: L
  private let topic: String
  private let transactionalID: String

  public init(_ log: L, prefix: String) {
    self.log = log
    topic = Topic.policies.name(prefix: prefix)
    transactionalID = "\(prefix)answerable-policy"
  }

  /// Every policy published, oldest first. Throws what `PolicyRecord` throws about a record that this binary
  /// cannot read.
  public func history() throws -> [PublishedPolicy] {
    var found: [PublishedPolicy] = []
    var failure: (any Error)?
    try RecordScan(log).read([topic]) { record in
      do {
        let policy = try PolicyRecord.decode(record.value ?? [])
        found.append(PublishedPolicy(epoch: record.offset, appendedAt: record.timestamp, record: policy))
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
    return found
  }

  /// The policy in force now, or at a time (milliseconds since 1970); nil when there was none yet.
  public func inForce(at time: Int64? = nil) throws -> PublishedPolicy? {
    try history().last { policy in time.map { policy.appendedAt <= $0 } ?? true }
  }

  /// What publishing came to.
  public enum Outcome: Sendable, Hashable {
    case published(epoch: Int64)
    /// The policy in force has the same content: nothing was appended.
    case unchanged(epoch: Int64)
  }

  /// Appends a policy, unless the one in force has the same content, and waits until readers see it. Throws a
  /// `PolicyRefusal` when it contradicts one that was published before it, and a retriable error when readers do not see
  /// it within ten seconds: the policy is committed all the same.
  public func publish(_ record: PolicyRecord) throws -> Outcome {
    let earlier = try history()
    let current = earlier.last
    if let current, current.record.revision == record.revision { return .unchanged(epoch: current.epoch) }
    let contradictions = record.document.contradictions(
      of: earlier.lazy.map(\.record.document), files: record.files)
    guard contradictions.isEmpty else { throw PolicyRefusal(findings: contradictions) }
    let appender = try RecordAppender(log, topics: [topic], transactionalID: transactionalID)
    defer { appender.close() }
    let key = Array(record.revision.utf8)
    try appender.append(0, partition: 0, key: key, value: record.encode())
    try appender.commit()
    guard let epoch = try seen(key, after: current?.epoch ?? -1) else {
      throw KafkaError(
        code: .timedOut, errorClass: .retriable, operation: "publish policy",
        reason: "committed, but not readable yet: `answerable policy show` will tell")
    }
    return .published(epoch: epoch)
  }

  /// The offset of the record of this key that comes after `epoch`, once it is readable. A commit returns before
  /// its markers are written (KIP-98: the coordinator writes them after it has answered).
  private func seen(_ key: [UInt8], after epoch: Int64) throws -> Int64? {
    var found: Int64?
    let end = ContinuousClock.now + .seconds(10)
    try RecordScan(log).follow([topic], from: .earliest, until: { ContinuousClock.now > end }) { record in
      if record.offset > epoch, record.key == key { found = record.offset }
      return found == nil
    }
    return found
  }
}
