// Owns the borrowed view of a record and its headers: what a poll hands out without copying.

/// A header of a record, borrowed from the client's memory for the length of one call.
public struct HeaderView {
  public let name: UnsafeRawBufferPointer
  /// Nil for a header that was sent without a value.
  public let value: UnsafeRawBufferPointer?

  @inlinable
  public init(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) {
    self.name = name
    self.value = value
  }
}

/// A record, borrowed from the client's memory: every pointer is valid only inside the call that
/// receives it. Copy what must outlive that call.
public struct RecordView {
  /// Index into the topics that were subscribed to or assigned, in their order.
  public let topicIndex: Int
  public let partition: Int32
  public let offset: Int64
  /// Milliseconds since 1970, UTC: append time where the topic is configured so, else create time.
  public let timestamp: Int64
  /// Nil when the record has no key.
  public let key: UnsafeRawBufferPointer?
  /// Nil for a tombstone.
  public let value: UnsafeRawBufferPointer?
  /// In the order they were sent; repeated names are kept.
  public let headers: UnsafeBufferPointer<HeaderView>

  @inlinable
  public init(
    topicIndex: Int, partition: Int32, offset: Int64, timestamp: Int64,
    key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) {
    self.topicIndex = topicIndex
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.key = key
    self.value = value
    self.headers = headers
  }

  /// The value of the last header of that name, as consumers by convention read it; nil when absent
  /// or without a value.
  @inlinable
  public func header(_ name: StaticString) -> UnsafeRawBufferPointer? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for header in headers.reversed()
    where header.name.count == wanted.count && header.name.elementsEqual(wanted) {
      return header.value
    }
    return nil
  }
}
