// Owns the reading of state: whatever the bytes are, a read ends within them.
import Events

/// Reads what `StateWriter` wrote. A read beyond the end, or of something that cannot be, gives a harmless value and
/// marks the reader; whoever reads asks once, at the end, whether all was well.
public struct StateReader {
  @usableFromInline let bytes: UnsafeRawBufferPointer
  @usableFromInline var position = 0
  @usableFromInline package var isDamaged = false
  /// Of the value that is read; 0 of bytes without one.
  package private(set) var format: UInt8 = 0

  /// Reads bytes without a format.
  package init(bare bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Reads a value: its format first. `what` names it in the error.
  package init(_ bytes: UnsafeRawBufferPointer, of what: StaticString) throws(StateFailure) {
    self.init(bare: bytes)
    format = byte()
    let reader = byte()
    if isDamaged || format == 0 || reader == 0 || reader > format { throw .damaged("\(what)") }
    if reader > StateFormat.newestRead { throw .tooNew("\(what)", format: format, reader: reader) }
  }

  /// Throws when a read was not right. Bytes that are left belong to a later format.
  package func end(_ what: StaticString) throws(StateFailure) {
    if isDamaged { throw .damaged("\(what)") }
  }

  @inlinable @inline(__always)
  public var left: Int { bytes.count &- position }

  @usableFromInline package mutating func damage() {
    isDamaged = true
    position = bytes.count
  }

  @inlinable @inline(__always)
  public mutating func byte() -> UInt8 {
    guard position < bytes.count else {
      damage()
      return 0
    }
    defer { position &+= 1 }
    return bytes[position]
  }

  @inlinable @inline(__always)
  public mutating func unsigned() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let byte = byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift &+= 7
    }
    damage()
    return 0
  }

  @inlinable @inline(__always)
  public mutating func signed() -> Int64 { Self.unzigzag(unsigned()) }

  @inlinable @inline(__always)
  public static func unzigzag(_ code: UInt64) -> Int64 {
    Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1)
  }

  @inlinable @inline(__always)
  public mutating func int32() -> Int32 {
    let value = signed()
    guard let narrow = Int32(exactly: value) else {
      damage()
      return 0
    }
    return narrow
  }

  @inlinable @inline(__always)
  public mutating func uint32() -> UInt32 {
    guard let narrow = UInt32(exactly: unsigned()) else {
      damage()
      return 0
    }
    return narrow
  }

  @inlinable @inline(__always)
  public mutating func fixed() -> UInt64 {
    guard left >= 8 else {
      damage()
      return 0
    }
    defer { position &+= 8 }
    return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// So many bytes, borrowed.
  @inlinable @inline(__always)
  public mutating func raw(_ count: Int) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= left else {
      damage()
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    defer { position &+= count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position &+ count])
  }

  /// A text, borrowed from the bytes that are read.
  @inlinable @inline(__always)
  public mutating func text() -> ByteSlice { ByteSlice(raw(Int(clamping: unsigned()))) }

  /// How many elements follow, each of at least `least` bytes: never more than the bytes can hold.
  @inlinable @inline(__always)
  public mutating func elements(ofAtLeast least: Int) -> Int {
    let count = Int(clamping: unsigned())
    guard count <= left / max(1, least) else {
      damage()
      return 0
    }
    return count
  }

  /// A moment that was written by its distance from this base.
  @inlinable @inline(__always)
  public mutating func time(from base: Int64) -> Int64 {
    let code = unsigned()
    let distance = Self.unzigzag(code >> 2)
    switch code & 3 {
    case 0: return base &+ distance
    case 1: return base &+ distance &* 1_000
    case 2: return (StateWriter.second(base) &+ distance) &* 1_000
    default:
      if code == 3 { return 0 }
      if code != 7 { damage() }
      return Int64(bitPattern: fixed())
    }
  }

  /// A case of an enumeration by its number.
  @inlinable @inline(__always)
  public mutating func value<V: RawRepresentable>(_ number: UInt64, _ standard: V) -> V
  where V.RawValue == UInt8 {
    guard let narrow = UInt8(exactly: number), let value = V(rawValue: narrow) else {
      damage()
      return standard
    }
    return value
  }
}
