// Owns the contract between the runtime and a log: what a worker thread may ask of Kafka, or of the
// in-memory log that behaves like it. One conformance suite holds both to it.
import Kafka

/// A log of partitioned topics with consumer groups and transactions.
public protocol Log: Sendable {
  associatedtype Member: LogMember
  associatedtype Reader: LogReader

  /// Opens what one worker thread owns: a place in a consumer group and a transactional producer.
  func member(_ configuration: MemberConfiguration) throws(KafkaError) -> Member
  /// Opens a reader outside of any group.
  func reader(_ configuration: ReaderConfiguration) throws(KafkaError) -> Reader
  /// The number of partitions of a topic, or nil when it does not exist. Never creates a topic.
  func partitionCount(of topic: String) throws(KafkaError) -> Int32?
}

/// How a worker thread takes part.
public struct MemberConfiguration: Sendable {
  /// The consumer group: one for each role.
  public var group: String
  /// Unique for each worker thread of a deployment, at any one time.
  public var transactionalID: String
  /// For static membership (KIP-345); nil for a dynamic member. Needs names that are stable and unique.
  public var instanceID: String?
  /// Topics the member produces to, primed before the first transaction; `OutputTopic` indexes them.
  public var outputs: [String]
  /// Whether records come with their headers, which have to be parsed for it. Default: true.
  public var readsHeaders: Bool

  public init(
    group: String, transactionalID: String, instanceID: String? = nil, outputs: [String],
    readsHeaders: Bool = true
  ) {
    self.group = group
    self.transactionalID = transactionalID
    self.instanceID = instanceID
    self.outputs = outputs
    self.readsHeaders = readsHeaders
  }
}

/// How a reader reads.
public struct ReaderConfiguration: Sendable {
  public var isolation: Isolation
  public init(isolation: Isolation = .readCommitted) { self.isolation = isolation }
}

/// Receives what a poll brings, on the thread that polls. Nothing is ever called outside of a poll or
/// a close.
public protocol MemberEvents {
  /// One record. Pointers are valid for the length of the call.
  mutating func record(_ record: RecordView)
  /// Every record up to `offset` (exclusive) that this member may see now has been delivered.
  mutating func endReached(_ partition: TopicPartition, offset: Int64)
  /// Partitions were added (incremental); never an empty list. Called before any of their records; each is read
  /// from the group's committed offset. A partition without one fails with `noOffset`, and one whose offset is no
  /// longer in the log with `offsetReset`: neither is ever guessed, the partition is silent until a seek.
  mutating func assigned(_ partitions: [TopicPartition])
  /// Partitions are about to be taken away: the last moment to commit their work, synchronously. With
  /// `lost`, they are gone already: nothing of theirs may be committed.
  mutating func revoked(_ partitions: [TopicPartition], lost: Bool)
  /// Something went wrong outside of any call: an offset out of range, an authorization that ended.
  mutating func failed(_ error: KafkaError)
}

/// A worker thread's seat: consumer and transactional producer. Not Sendable: the thread that opened it
/// makes every call. All calls block.
public protocol LogMember: AnyObject {
  // Consuming.

  /// Joins the group for these topics; `RecordView.topicIndex` indexes them. Read committed, always.
  func subscribe(_ topics: [String]) throws(KafkaError)
  /// Waits up to `milliseconds` for the first event, delivers it and whatever else is ready at once, at
  /// most `limit` records (at least 1). Returns the number of records delivered.
  func poll<E: MemberEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int
  /// Stops delivery from partitions of the assignment until `resume`; nothing is lost or skipped.
  func pause(_ partitions: [TopicPartition]) throws(KafkaError)
  func resume(_ partitions: [TopicPartition]) throws(KafkaError)
  /// The next record delivered from each partition is the one at the offset given.
  func seek(_ offsets: [TopicPartition: Int64]) throws(KafkaError)
  /// The group's committed offsets, stable ones only (KIP-447): waits while a transaction that holds one
  /// of them is open, and throws a retriable error when it has waited long enough (a simulated log: at once).
  /// Partitions without one are absent from the answer.
  func committed(_ partitions: [TopicPartition]) throws(KafkaError) -> [TopicPartition: CommittedOffset]
  /// The end of a partition of the assignment, of what this member may see, as far as it has heard; nil while it has
  /// not. Asks nobody, so it may lag what the log knows.
  func knownEnd(of partition: TopicPartition) -> Int64?
  /// True from the moment this member's partitions were lost (not revoked) until its next assignment, and
  /// when it has no member id: then nothing may be committed.
  var assignmentLost: Bool { get }
  /// Leaves the group; revocations are delivered to `events` first. The member is unusable afterwards.
  func close<E: MemberEvents>(_ events: inout E)

  // Producing.

  /// Fences older producers of the same transactional id and finishes their transactions. Also used to
  /// replace a dead producer: the old one is destroyed first.
  func initTransactions() throws(KafkaError)
  func begin() throws(KafkaError)
  /// Queues a record; its bytes are copied. `partition` nil: chosen from the key by murmur2, as Java clients
  /// do; any partition without a key. A full queue blocks until there is room, delivering nothing meanwhile.
  /// Records travel in the background: what a broker refuses surfaces at a later call, at the commit at the latest.
  func produce(
    _ topic: OutputTopic, partition: Int32?, key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>
  ) throws(KafkaError)
  /// Adds source offsets to the open transaction, under this member's current generation.
  ///
  /// - Throws: `invalidArgument` (fatal: a defect of the caller), adding nothing and leaving the transaction as it
  ///   was, when `offsets` is empty or holds a negative offset: librdkafka would silently do nothing. Abortable when
  ///   the group has gone on without this member, also when only this member knows (`assignmentLost`): a broker takes
  ///   offsets in the name of nobody even while the group lives (measured on 4.3.1).
  func sendOffsets(_ offsets: [TopicPartition: CommittedOffset]) throws(KafkaError)
  /// Flushes and commits. When it returns `committed`, the decision is final, but readers may still see less: the
  /// markers that move the last stable offset are written after it. A transaction without offsets is not fenced by the
  /// group: any member whose transactional id is current can commit it (measured on 4.3.1).
  func commit() -> CommitOutcome
  func abort() throws(KafkaError)
}

/// Receives what a reader reads, on the thread that polls.
public protocol ReaderEvents {
  mutating func record(_ record: RecordView)
  /// The reader's position stands at `offset`, and nothing it may see now lies between.
  mutating func endReached(_ partition: TopicPartition, offset: Int64)
  mutating func failed(_ error: KafkaError)
}

/// A reader outside of any group: for restores, followers and people. Not Sendable.
public protocol LogReader: AnyObject {
  /// Reads these partitions from these offsets, in place of all earlier ones. `RecordView.topicIndex` indexes
  /// `topics`. An offset below the log's start reads from the start.
  func assign(_ offsets: [TopicPartition: Int64], topics: [String]) throws(KafkaError)
  /// As `LogMember.poll`.
  func poll<E: ReaderEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int
  /// First offset, and the offset after the last one: of everything appended (`readUncommitted`), or of
  /// what is stable (`readCommitted`).
  func bounds(of partition: TopicPartition, _ isolation: Isolation) throws(KafkaError) -> Range<Int64>
  /// The first offset whose timestamp is at or after `milliseconds` (since 1970), or the end.
  func offset(of partition: TopicPartition, at milliseconds: Int64) throws(KafkaError) -> Int64
  func close()
}
