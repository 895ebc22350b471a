// Owns putting signals on their topic, at a rate or as fast as the broker takes them.
import Events
import Foundation
import RawClient

/// Sends what a feed makes. One thread; lives as long as the program.
final class SignalSender {
  private let handle: OpaquePointer
  private let feed: SignalFeed
  private var headers: [raw_header] = []
  private var names: [UnsafeRawPointer: UnsafePointer<CChar>] = [:]

  init(_ feed: SignalFeed, to topic: String, brokers: String, isPaced: Bool) throws {
    var error = raw_error()
    guard let handle = raw_sender_create(brokers, topic, isPaced ? 1 : 20, &error) else {
      throw BenchFailure(error.message)
    }
    self.handle = handle
    self.feed = feed
  }

  deinit {
    raw_sender_destroy(handle)
    for name in names.values { name.deallocate() }
  }

  /// Blocks until all of them are acknowledged. `rate` is signals a second; 0: as many as the broker takes. A time of
  /// sending is the one that the rate gives, whether or not this side kept up with it.
  func send(_ count: Int, rate: Int = 0, _ wish: (Int) -> SignalFeed.Wish = { _ in .any }) throws {
    let start = ProcessFigures.wallMicroseconds
    for number in 0..<count {
      var time = ProcessFigures.wallMicroseconds
      if rate > 0 {
        time = start + Int64(number) * 1_000_000 / Int64(rate)
        let early = time - ProcessFigures.wallMicroseconds
        // Once a millisecond is fine enough, and leaves the processor to others.
        if early > 0 { usleep(UInt32(early + 1000)) }
      }
      try feed.next(wish(number), at: time) { key, record in try send(key, record) }
    }
    var error = raw_error()
    guard raw_sender_flush(handle, &error) else { throw BenchFailure(error.message) }
  }

  private func send(_ key: ByteSlice, _ record: EncodedRecord) throws {
    headers.removeAll(keepingCapacity: true)
    for header in record.headers {
      guard let name = header.name.baseAddress, let value = header.value.baseAddress else { continue }
      headers.append(
        raw_header(name: terminated(name, header.name.count), value: value, count: header.value.count))
    }
    guard let keyStart = key.bytes.baseAddress, let value = record.value.baseAddress else { return }
    var error = raw_error()
    let isSent = headers.withUnsafeBufferPointer { headers in
      guard let first = headers.baseAddress else { return false }
      var output = raw_output(
        key: keyStart, key_count: key.count, value: value, value_count: record.value.count, headers: first,
        header_count: headers.count)
      return raw_sender_send(handle, &output, &error)
    }
    guard isSent else { throw BenchFailure(error.message) }
  }

  /// A header's name as C wants it; names live as long as the program, so that each is made once.
  private func terminated(_ name: UnsafeRawPointer, _ count: Int) -> UnsafePointer<CChar> {
    if let known = names[name] { return known }
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: count + 1)
    UnsafeMutableRawPointer(copy).copyMemory(from: name, byteCount: count)
    copy[count] = 0
    names[name] = UnsafePointer(copy)
    return UnsafePointer(copy)
  }
}
