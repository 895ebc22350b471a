// Owns a record of the in-memory log as a value that can be kept, compared and printed.

/// A copy of one record, for tests, demonstrations and simulations.
public struct MemoryRecord: Sendable, Hashable, CustomStringConvertible {
  /// A header of such a record.
  public struct Header: Sendable, Hashable {
    public var name: String
    /// Nil for a header without a value.
    public var value: [UInt8]?

    public init(_ name: String, _ value: [UInt8]?) {
      self.name = name
      self.value = value
    }
  }

  public var partition: Int32
  public var offset: Int64
  /// Milliseconds since 1970, UTC.
  public var timestamp: Int64
  public var key: [UInt8]?
  /// Nil for a tombstone.
  public var value: [UInt8]?
  public var headers: [Header]

  init(_ view: RecordView) {
    partition = view.partition
    offset = view.offset
    timestamp = view.timestamp
    key = view.key.map(Array.init)
    value = view.value.map(Array.init)
    headers = view.headers.map {
      Header(String(decoding: $0.name, as: UTF8.self), $0.value.map(Array.init))
    }
  }

  /// The key as text; nil without one.
  public var keyText: String? { key.map { String(decoding: $0, as: UTF8.self) } }
  /// The value as text; nil for a tombstone.
  public var valueText: String? { value.map { String(decoding: $0, as: UTF8.self) } }
  /// The value of the last header of that name as text; nil when absent or without a value.
  public func header(_ name: String) -> String? {
    headers.last { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
  }

  /// `3@17 lyon-1 = {…}`
  public var description: String { "\(partition)@\(offset) \(keyText ?? "-") = \(valueText ?? "-")" }
}
