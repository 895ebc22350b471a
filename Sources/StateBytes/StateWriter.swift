// Owns the writing of state: bytes, numbers that take as few bytes as they need, texts, times.
import Events

/// Writes one value after the other into memory that is reused. Confined to one thread.
public final class StateWriter {
  // Unchecked: one thread, and nothing here calls back while a property is being changed. Checked, every byte written
  // would cost a look into the runtime's table of accesses.
  @exclusivity(unchecked) @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) @usableFromInline var capacity: Int
  @exclusivity(unchecked) @usableFromInline package var count = 0
  package let format: StateFormat

  package init(_ format: StateFormat = .current) {
    self.format = format
    capacity = 4_096
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// What was written; valid until the next write.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// Begins a value with its format.
  package func begin() {
    count = 0
    byte(format.number)
    byte(format.oldestReader)
  }

  /// Ends a value: a later format appends what today's readers skip.
  package func end() {
    if format.hasTrailer { text("a field of a later format") }
  }

  /// Begins something that has no format of its own.
  package func beginBare() { count = 0 }

  @inlinable @inline(__always)
  func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < more { grow(more) }
    return start + count
  }

  @inline(never)
  @usableFromInline func grow(_ more: Int) {
    capacity = max(capacity &* 2, count &+ more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  @inlinable @inline(__always)
  public func byte(_ value: UInt8) {
    reserve(1).pointee = value
    count &+= 1
  }

  /// Seven bits a byte, the lowest first, the highest bit of a byte says that more follow (LEB128).
  @inlinable @inline(__always)
  public func unsigned(_ value: UInt64) {
    let out = reserve(10)
    var rest = value
    var length = 0
    while rest >= 0x80 {
      out[length] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      length &+= 1
    }
    out[length] = UInt8(truncatingIfNeeded: rest)
    count &+= length &+ 1
  }

  /// Small magnitudes of either sign take few bytes.
  @inlinable @inline(__always)
  public func signed(_ value: Int64) { unsigned(Self.zigzag(value)) }

  @inlinable @inline(__always)
  public static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

  /// Eight bytes, the highest first.
  @inlinable @inline(__always)
  public func fixed(_ value: UInt64) {
    UnsafeMutableRawPointer(reserve(8)).storeBytes(of: value.bigEndian, as: UInt64.self)
    count &+= 8
  }

  @inlinable @inline(__always)
  public func raw(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    UnsafeMutableRawPointer(reserve(bytes.count)).copyMemory(from: source, byteCount: bytes.count)
    count &+= bytes.count
  }

  /// A text with its length before it.
  @inlinable @inline(__always)
  public func text(_ text: ByteSlice) {
    unsigned(UInt64(truncatingIfNeeded: text.count))
    raw(text.bytes)
  }

  /// A moment, by its distance from another: in seconds where that is exact, else in milliseconds. 0 is never.
  ///
  /// The two lowest bits say which: milliseconds; seconds; whole seconds since 1970, by their distance from the base's;
  /// or 3: never, or the eight bytes that follow.
  @inlinable @inline(__always)
  public func time(_ time: Int64, from base: Int64) {
    if time == 0 { return byte(3) }
    let (distance, overflow) = time.subtractingReportingOverflow(base)
    if overflow { return far(time) }
    let (seconds, rest) = distance.quotientAndRemainder(dividingBy: 1_000)
    if rest == 0 { return unsigned(Self.zigzag(seconds) << 2 | 1) }
    if time % 1_000 == 0 {
      return unsigned(Self.zigzag(Self.second(time) &- Self.second(base)) << 2 | 2)
    }
    let code = Self.zigzag(distance)
    if code >> 62 != 0 { return far(time) }
    unsigned(code << 2)
  }

  @usableFromInline func far(_ time: Int64) {
    byte(7)
    fixed(UInt64(bitPattern: time))
  }

  /// Whole seconds since 1970, rounded towards 0.
  @inlinable @inline(__always)
  public static func second(_ time: Int64) -> Int64 { time / 1_000 }
}
