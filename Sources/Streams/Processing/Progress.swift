// Owns how a role tells those behind it how far it has read: so that silence can be told from delay.

/// How often a role tells its progress.
public struct ProgressRule: Sendable, Hashable {
  /// Milliseconds between two tellings of one worker.
  public var interval: Int64
  /// How much older than wall time a record may be that has not come yet when the end of the log is met: fetches take time,
  /// and clocks differ. Milliseconds.
  public var allowance: Int64

  public init(interval: Int64 = 5_000, allowance: Int64 = 2_000) {
    self.interval = interval
    self.allowance = allowance
  }
}

/// How far one partition has been read.
public struct SourceProgress: Sendable, Hashable {
  public var source: TopicPartition
  /// Index among the role's sources.
  public var topicIndex: Int
  /// Everything appended before this time has been handled, and its outputs stand before whatever tells this.
  /// Milliseconds since 1970.
  public var through: Int64
}

/// What a processor may do while it tells its progress: publish to partitions of its choice.
public protocol ProgressContext {
  /// The latest wall time that counts, milliseconds since 1970.
  var now: Int64 { get }
  var epoch: Int64 { get }
  func partitionCount(of output: OutputTopic) -> Int32
  /// Of a source, by its index among the role's.
  func partitionCount(ofSource topicIndex: Int) -> Int32
  mutating func send(
    _ output: OutputTopic, partition: Int32, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>)
}

/// The context of one telling.
struct OutboxProgress<Member: LogMember>: ProgressContext {
  let outbox: Outbox<Member>
  let now: Int64
  let epoch: Int64
  let partitions: [Int32]
  let sourcePartitions: [Int32]

  func partitionCount(of output: OutputTopic) -> Int32 {
    partitions.indices.contains(output.index) ? partitions[output.index] : 0
  }

  func partitionCount(ofSource topicIndex: Int) -> Int32 {
    sourcePartitions.indices.contains(topicIndex) ? sourcePartitions[topicIndex] : 0
  }

  mutating func send(
    _ output: OutputTopic, partition: Int32, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) {
    guard partition >= 0, partition < partitionCount(of: output) else {
      outbox.fail(TaskFailure("output \(output.index) has no partition \(partition)"))
      return
    }
    outbox.send(output.index, partition: partition, key: key, value: value, headers: headers)
  }
}
