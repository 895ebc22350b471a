// Owns the following of a broadcast topic: one partition, read from its start, whose latest record decides.
import Kafka

/// Why a worker cannot follow its broadcast.
enum FollowerError: Error, Hashable {
  case log(KafkaError)
  /// A record that this build cannot compile: the worker halts, loudly.
  case uncompilable(offset: Int64, reason: String)
  case empty(offset: Int64)

  var reason: String {
    switch self {
    case .log(let error): error.description
    case .uncompilable(let offset, let reason): "cannot compile the broadcast at offset \(offset): \(reason)"
    case .empty(let offset): "the broadcast record at offset \(offset) has no value"
    }
  }
}

/// Follows a broadcast topic. Everything that stood in it when the worker started is read before the first
/// value is given out; of several records read at once only the last is compiled.
final class Follower<Reader: LogReader, Broadcast: Sendable> {
  private let reader: Reader
  private let partition: TopicPartition
  private let compile: @Sendable (UnsafeRawBufferPointer, Int64) throws -> Broadcast
  private var inbox: Inbox?
  /// The latest value and its offset, the epoch.
  private(set) var latest: (value: Broadcast, epoch: Int64)?

  init(
    reader: Reader, topic: String,
    compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> Broadcast
  ) {
    self.reader = reader
    partition = TopicPartition(topic: topic, partition: 0)
    self.compile = compile
  }

  /// Reads what is there, waiting at most `milliseconds` for the first of it.
  func follow(milliseconds: Int) throws(FollowerError) {
    do {
      if inbox == nil {
        // What is appended, not what is stable: a policy published before this start is never missed.
        let end = try reader.bounds(of: partition, .readUncommitted).upperBound
        try reader.assign([partition: 0], topics: [partition.topic])
        inbox = Inbox(end: end)
      }
    } catch {
      throw .log(error)
    }
    guard var box = inbox else { return }
    var wait = milliseconds
    while reader.poll(milliseconds: wait, limit: 1_000, &box) > 0 { wait = 0 }
    inbox = box
    inbox?.error = nil
    if let error = box.error { throw .log(error) }
    guard box.position >= box.end, let offset = box.offset else { return }
    inbox?.offset = nil
    guard let value = box.value else { throw .empty(offset: offset) }
    inbox?.value = nil
    do {
      latest = (try value.withUnsafeBytes { try compile($0, offset) }, offset)
    } catch {
      throw .uncompilable(offset: offset, reason: String(describing: error))
    }
  }

  func close() { reader.close() }

  /// The last record delivered and not yet compiled.
  private struct Inbox: ReaderEvents {
    let end: Int64
    var position: Int64 = 0
    var offset: Int64?
    var value: [UInt8]?
    var error: KafkaError?

    init(end: Int64) { self.end = end }

    mutating func record(_ record: RecordView) {
      position = max(position, record.offset &+ 1)
      offset = record.offset
      value = record.value.map { Array($0) }
    }
    mutating func endReached(_ partition: TopicPartition, offset: Int64) {
      position = max(position, offset)
    }
    mutating func failed(_ error: KafkaError) { self.error = error }
  }
}
