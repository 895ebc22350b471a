// Owns the borrowed text that events are made of on the hot path: bytes of the decoder's buffer, no copy.

/// UTF-8 text borrowed from a decoder's buffer; valid until that decoder's next call. Empty stands for
/// absent: no contract field may be an empty string.
public struct ByteSlice {
  public var bytes: UnsafeRawBufferPointer

  @inlinable public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }
  /// The absent text.
  @inlinable public init() { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }
  /// Text that lives as long as the program.
  @inlinable public init(_ text: StaticString) {
    bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  @inlinable public var isEmpty: Bool { bytes.isEmpty }
  @inlinable public var count: Int { bytes.count }
  /// A copy, for the cold path.
  public var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension ByteSlice: Hashable {
  @inlinable public static func == (a: ByteSlice, b: ByteSlice) -> Bool {
    a.bytes.count == b.bytes.count && a.bytes.elementsEqual(b.bytes)
  }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(bytes: bytes) }
}
