// Owns handing what an encoder made to the runtime, in memory that is reused from record to record.
import Events
import Kafka
import Streams

/// Sends encoded records. One for each processor.
final class EncodedRecordSender {
  private var headers = UnsafeMutableBufferPointer<HeaderView>.allocate(capacity: 24)

  deinit { headers.deallocate() }

  func send<C: TaskContext>(
    _ record: EncodedRecord, key: ByteSlice, to topic: OutputTopic, _ context: inout C
  ) {
    context.send(topic, key: key.bytes, value: record.value, headers: views(of: record))
  }

  /// To a partition of one's choice, without a key.
  func send<C: ProgressContext>(
    _ record: EncodedRecord, to topic: OutputTopic, partition: Int32, _ context: inout C
  ) {
    context.send(topic, partition: partition, key: nil, value: record.value, headers: views(of: record))
  }

  @inline(__always)
  private func views(of record: EncodedRecord) -> UnsafeBufferPointer<HeaderView> {
    if record.headers.count > headers.count {
      headers.deallocate()
      headers = .allocate(capacity: record.headers.count)
    }
    for (index, header) in record.headers.enumerated() {
      headers.initializeElement(at: index, to: HeaderView(name: header.name, value: header.value))
    }
    return UnsafeBufferPointer(rebasing: headers[..<record.headers.count])
  }
}
