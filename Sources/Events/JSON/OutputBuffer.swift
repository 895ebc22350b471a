// Owns the growing memory that values are encoded into: one allocation, reused from record to record.

/// Bytes written one after the other. What was written moves when it grows: take pointers at the end.
struct OutputBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 4096) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { start.deallocate() }

  /// All that was written; valid until the next write.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  mutating func removeAll() { count = 0 }

  /// Makes room for `more` bytes and returns where they go; `wrote` says how many were.
  @inline(__always)
  mutating func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < more { grow(more) }
    return start + count
  }

  @inline(__always) mutating func wrote(_ bytes: Int) { count &+= bytes }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(capacity &* 2, count &+ more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1).pointee = byte
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length).update(from: text.utf8Start, count: length)
    count &+= length
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    UnsafeMutableRawPointer(reserve(bytes.count)).copyMemory(from: source, byteCount: bytes.count)
    count &+= bytes.count
  }

  /// Overwrites one byte of what was written.
  mutating func replace(at index: Int, with byte: UInt8) {
    precondition(index < count, "only what was written can be replaced")
    start[index] = byte
  }

  /// Takes back what was written after the first `length` bytes.
  mutating func truncate(to length: Int) {
    precondition(length >= 0 && length <= count, "only what was written can be taken back")
    count = length
  }

  /// A whole number in decimal.
  @inline(__always)
  mutating func append(_ value: Int64) {
    let room = reserve(20)
    count &+= Self.write(value, to: room)
  }

  /// Writes a number, at most 20 bytes; returns how many.
  static func write(_ value: Int64, to destination: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = value.magnitude
    var out = destination
    if value < 0 {
      out.pointee = UInt8(ascii: "-")
      out += 1
    }
    let digits = decimalDigits(rest)
    var index = digits
    while index > 0 {
      index &-= 1
      let quotient = rest / 10
      out[index] = UInt8(truncatingIfNeeded: rest &- quotient &* 10 &+ 0x30)
      rest = quotient
    }
    return digits &+ (value < 0 ? 1 : 0)
  }

  @inline(__always)
  private static func decimalDigits(_ value: UInt64) -> Int {
    if value < 10 { return 1 }
    if value < 100 { return 2 }
    if value < 1000 { return 3 }
    var digits = 4
    var rest = value / 10_000
    while rest > 0 {
      digits &+= 1
      rest /= 10
    }
    return digits
  }
}
