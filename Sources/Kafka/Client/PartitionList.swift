// Owns one C list of partitions: the form in which librdkafka takes and gives offsets.
import CRDKafka

/// A box around one `rd_kafka_topic_partition_list_t`, destroyed with it. A live list blocks the destruction
/// of nothing, but leaks.
final class PartitionList {
  let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  /// Takes over a list that C handed out.
  init(owning pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) { self.pointer = pointer }

  convenience init(capacity: Int = 8) {
    self.init(owning: rd_kafka_topic_partition_list_new(Int32(clamping: capacity)))
  }

  /// Copies a list that stays C's; an empty one for NULL.
  convenience init(copying source: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) {
    self.init(
      owning: source.flatMap { rd_kafka_topic_partition_list_copy($0) }
        ?? rd_kafka_topic_partition_list_new(0))
  }

  convenience init(_ partitions: some Collection<TopicPartition>) {
    self.init(capacity: partitions.count)
    for partition in partitions { add(partition) }
  }

  convenience init(_ offsets: [TopicPartition: Int64]) {
    self.init(capacity: offsets.count)
    for (partition, offset) in offsets { add(partition, offset: offset) }
  }

  /// Metadata is copied into memory that librdkafka frees with the list.
  convenience init(_ offsets: [TopicPartition: CommittedOffset]) {
    self.init(capacity: offsets.count)
    for (partition, committed) in offsets {
      let element = add(partition, offset: committed.offset)
      guard !committed.metadata.isEmpty else { continue }
      let bytes = Array(committed.metadata.utf8)
      guard let copy = rd_kafka_mem_malloc(nil, bytes.count) else { continue }
      copy.copyMemory(from: bytes, byteCount: bytes.count)
      element.pointee.metadata = copy
      element.pointee.metadata_size = bytes.count
    }
  }

  deinit { rd_kafka_topic_partition_list_destroy(pointer) }

  var count: Int { Int(pointer.pointee.cnt) }

  /// Borrowed: whoever reads them extends the list's life to the end of the reading.
  var elements: UnsafeMutableBufferPointer<rd_kafka_topic_partition_t> {
    UnsafeMutableBufferPointer(start: pointer.pointee.elems, count: count)
  }

  var partitions: [TopicPartition] { withExtendedLifetime(self) { elements.map { TopicPartition($0) } } }

  /// The first error an element carries.
  var firstFailure: (partition: TopicPartition, code: rd_kafka_resp_err_t)? {
    defer { withExtendedLifetime(self) {} }
    for element in elements where element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
      return (TopicPartition(element), element.err)
    }
    return nil
  }

  @discardableResult
  func add(_ partition: TopicPartition, offset: Int64 = Int64(RD_KAFKA_OFFSET_INVALID))
    -> UnsafeMutablePointer<rd_kafka_topic_partition_t>
  {
    // Never NULL: librdkafka aborts the process when memory runs out.
    let element = rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)!
    element.pointee.offset = offset
    return element
  }
}

extension TopicPartition {
  init(_ element: rd_kafka_topic_partition_t) {
    self.init(topic: String(cString: element.topic), partition: element.partition)
  }
}

extension CommittedOffset {
  /// Nil when nothing was ever committed.
  init?(_ element: rd_kafka_topic_partition_t) {
    guard element.offset >= 0 else { return nil }
    let bytes = UnsafeRawBufferPointer(start: element.metadata, count: element.metadata_size)
    self.init(offset: element.offset, metadata: String(decoding: bytes, as: UTF8.self))
  }
}
