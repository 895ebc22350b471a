// Owns the views of the headers of one record at a time, in memory that is reused from record to record.
import CRDKafka
import Glibc

/// A class, because Swift 6.3 crashes when it optimises a noncopyable struct that inlinable code can see.
@usableFromInline
final class HeaderBuffer {
  @usableFromInline var storage = UnsafeMutableBufferPointer<HeaderView>.allocate(capacity: 16)

  @usableFromInline
  init() {}

  deinit { storage.deallocate() }

  /// The headers of a message, borrowed from it. Records without headers cost one call.
  @inlinable
  func fill(_ message: UnsafePointer<rd_kafka_message_t>) -> UnsafeBufferPointer<HeaderView> {
    var list: OpaquePointer?
    guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return fill(list: list)
  }

  @usableFromInline
  func fill(list: OpaquePointer) -> UnsafeBufferPointer<HeaderView> {
    var count = 0
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while rd_kafka_header_get_all(list, count, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
      guard let name else { break }
      if count == storage.count { grow() }
      let view = HeaderView(
        name: UnsafeRawBufferPointer(start: name, count: strlen(name)),
        value: value.map { UnsafeRawBufferPointer(start: $0, count: size) })
      (storage.baseAddress! + count).initialize(to: view)
      count += 1
    }
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(storage)[..<count])
  }

  private func grow() {
    let larger = UnsafeMutableBufferPointer<HeaderView>.allocate(capacity: storage.count * 2)
    _ = larger.initialize(fromContentsOf: storage)
    storage.deallocate()
    storage = larger
  }
}
