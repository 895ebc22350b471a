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
    guard a.bytes.count == b.bytes.count else { return false }
    guard let left = a.bytes.baseAddress, let right = b.bytes.baseAddress else { return true }
    var offset = 0
    while offset &+ 8 <= a.bytes.count {
      let l = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if l != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
      offset &+= 8
    }
    while offset < a.bytes.count {
      if left.load(fromByteOffset: offset, as: UInt8.self)
        != right.load(fromByteOffset: offset, as: UInt8.self)
      {
        return false
      }
      offset &+= 1
    }
    return true
  }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(bytes: bytes) }
}

extension ByteSlice: ExpressibleByStringLiteral {
  @inlinable public init(stringLiteral text: StaticString) { self.init(text) }
}
