// Owns what the world outside of the workers does with an in-memory log: create, append, read, and set starts.
import Kafka

extension MemoryLog {
  /// Creates a topic; does nothing when it exists. Nothing else ever creates one.
  public func createTopic(_ name: String, partitions: Int32 = 1, _ settings: MemoryTopic = MemoryTopic()) {
    locked { world, _ in world.createTopic(name, partitions: partitions, settings) }
  }

  /// The topics there are, sorted.
  public var topics: [String] { locked { world, _ in world.topics.keys.sorted() } }

  /// Appends a record outside of any transaction, as somebody else's producer would. Returns where it stands.
  ///
  /// - Parameters:
  ///   - partition: By default chosen from the key by murmur2; records without a key take turns.
  ///   - timestamp: Milliseconds since 1970; by default the log's time. Ignored where the topic stamps itself.
  /// - Throws: `KafkaError` when the topic or the partition does not exist.
  @discardableResult
  public func append(
    _ topic: String, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?,
    headers: [MemoryRecord.Header] = [], timestamp: Int64? = nil
  ) throws(KafkaError) -> (partition: Int32, offset: Int64) {
    let place = withBytes(key) { key in
      withBytes(value) { value in
        withHeaders(headers[...], []) { headers in
          locked { world, now -> (Int32, Int64)? in
            guard let entry = world.topics[topic],
              let index = world.partition(of: entry, explicit: partition, key: key)
            else { return nil }
            let settings = world.partitions[index].settings
            let stamp = settings.timestamps == .create ? timestamp ?? now : now
            let offset = world.append(
              to: index, producer: -1, timestamp: stamp, key: key, value: value, headers: headers)
            return (world.partitions[index].coordinates.partition, offset)
          }
        }
      }
    }
    guard let place else { throw MemoryError.make(.unknownTopicOrPartition, .fatal, "append to \(topic)") }
    return place
  }

  /// Appends a record of text.
  @discardableResult
  public func pipe(
    _ topic: String, key: String? = nil, _ value: String?, headers: [String: String] = [:],
    timestamp: Int64? = nil
  ) throws(KafkaError) -> (partition: Int32, offset: Int64) {
    try append(
      topic, key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) },
      headers: headers.sorted { $0.key < $1.key }.map { .init($0.key, Array($0.value.utf8)) },
      timestamp: timestamp)
  }

  /// Everything a reader of that isolation may see of a topic now, by partition and offset.
  public func records(_ topic: String, _ isolation: Isolation = .readCommitted) -> [MemoryRecord] {
    let stored = locked { world, _ in
      world.indices(of: topic).map { index -> (Int32, [StoredRecord]) in
        let log = world.partitions[index]
        let visible = log.records[..<log.index(atOrAfter: log.end(isolation))].filter {
          $0.kind == .data || ($0.kind == .aborted && isolation == .readUncommitted)
        }
        return (log.coordinates.partition, visible)
      }
    }
    var scratch: [HeaderView] = []
    return stored.flatMap { partition, records in
      records.map {
        $0.withView(topicIndex: 0, partition: partition, scratch: &scratch, MemoryRecord.init)
      }
    }
  }

  /// The offset after the last record of each partition: of everything, or of what is stable.
  public func endOffsets(_ topic: String, _ isolation: Isolation = .readUncommitted) -> [Int64] {
    locked { world, _ in world.indices(of: topic).map { world.partitions[$0].end(isolation) } }
  }

  /// The committed offsets of a group, without those of transactions whose markers are missing.
  public func groupOffsets(_ group: String) -> [TopicPartition: CommittedOffset] {
    locked { world, _ in world.groups[group]?.committed ?? [:] }
  }

  /// The generation of a group and how many members it has; nil when nobody ever joined or committed.
  public func groupState(_ group: String) -> (generation: Int32, members: Int)? {
    locked { world, _ in world.groups[group].map { ($0.generation, $0.members.count) } }
  }

  /// Commits offsets for a group, as an administrator does before its first start.
  ///
  /// - Throws: `KafkaError` while the group has members, as a broker does.
  public func commit(_ offsets: [TopicPartition: CommittedOffset], group: String) throws(KafkaError) {
    let done = locked { world, _ in
      world.group(group) {
        guard $0.members.isEmpty else { return false }
        $0.reset(offsets)
        return true
      }
    }
    if !done { throw MemoryError.make(.unknownMember, .fatal, "commit offsets of \(group)") }
  }

  /// Lets an empty group start at the beginning, or with `atEnd` at the end, of every partition of these topics.
  public func setStart(group: String, topics: [String], atEnd: Bool = false) throws(KafkaError) {
    var offsets: [TopicPartition: CommittedOffset] = [:]
    for topic in topics {
      let bounds = locked { world, _ in
        world.indices(of: topic).map { (world.partitions[$0].start, world.partitions[$0].lastStable) }
      }
      for (partition, bound) in bounds.enumerated() {
        offsets[TopicPartition(topic: topic, partition: Int32(clamping: partition))] = CommittedOffset(
          offset: atEnd ? bound.1 : bound.0, metadata: "")
      }
    }
    try commit(offsets, group: group)
  }

  private func withBytes<R>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> R) -> R {
    guard let bytes else { return body(nil) }
    return bytes.withUnsafeBytes(body)
  }

  private func withHeaders<R>(
    _ rest: ArraySlice<MemoryRecord.Header>, _ views: [HeaderView],
    _ body: (UnsafeBufferPointer<HeaderView>) -> R
  ) -> R {
    guard let header = rest.first else { return views.withUnsafeBufferPointer(body) }
    var name = header.name
    return name.withUTF8 { name in
      withBytes(header.value) { value in
        withHeaders(
          rest.dropFirst(), views + [HeaderView(name: UnsafeRawBufferPointer(name), value: value)], body)
      }
    }
  }
}
