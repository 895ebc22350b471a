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
    if record.headers.count > headers.count {
      headers.deallocate()
      headers = .allocate(capacity: record.headers.count)
    }
    for (index, header) in record.headers.enumerated() {
      headers.initializeElement(at: index, to: HeaderView(name: header.name, value: header.value))
    }
    context.send(
      topic, key: key.bytes, value: record.value,
      headers: UnsafeBufferPointer(rebasing: headers[..<record.headers.count]))
  }
}
