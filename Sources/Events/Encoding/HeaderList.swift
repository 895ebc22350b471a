// Owns the headers of an encoded record: names that live as long as the program, values borrowed or written here.

/// A header to send, borrowed from its encoder.
public struct EncodedHeader {
  public let name: UnsafeRawBufferPointer
  public let value: UnsafeRawBufferPointer
}

/// A value and its headers, borrowed until the encoder's next call or end and while the record's own slices live.
public struct EncodedRecord {
  public let value: UnsafeRawBufferPointer
  public let headers: UnsafeBufferPointer<EncodedHeader>
}

/// The headers of one record after the other. A CloudEvent in binary mode: `ce_specversion`, `ce_id`, `ce_source` and
/// `ce_type` stand first, as the specification requires; each encoder adds what its consumers filter by.
struct HeaderList: ~Copyable {
  /// Records have at most so many headers, and so many of them that are written here.
  private static let room = 16
  private static let numberRoom = 4
  /// Bytes for a number or a time; pointers into them stay, since they never grow.
  private static let numberLength = 24

  private let source: UnsafeMutableRawBufferPointer
  private let type: ByteSlice
  private let headers: UnsafeMutableBufferPointer<EncodedHeader>
  private let numbers: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var numberCount = 0

  init(source: String, type: StaticString) {
    let text = Array(source.utf8)
    self.source = .allocate(byteCount: text.count, alignment: 1)
    self.source.copyBytes(from: text)
    self.type = ByteSlice(type)
    headers = .allocate(capacity: Self.room)
    numbers = .allocate(capacity: Self.numberRoom * Self.numberLength)
  }

  deinit {
    source.deallocate()
    headers.deallocate()
    numbers.deallocate()
  }

  var all: UnsafeBufferPointer<EncodedHeader> { UnsafeBufferPointer(rebasing: headers[..<count]) }

  /// Forgets the record before and sets what every record has.
  mutating func begin(id: ByteSlice) {
    count = 0
    numberCount = 0
    add("ce_specversion", "1.0")
    add("ce_id", id)
    add("ce_source", ByteSlice(UnsafeRawBufferPointer(source)))
    add("ce_type", type)
  }

  /// Nothing is added for a text that is absent.
  @inline(__always)
  mutating func add(_ name: StaticString, _ value: ByteSlice) {
    if value.isEmpty { return }
    headers[count] = EncodedHeader(name: ByteSlice(name).bytes, value: value.bytes)
    count &+= 1
  }

  mutating func add(_ name: StaticString, number: Int64) {
    let start = nextNumber()
    add(name, ByteSlice(UnsafeRawBufferPointer(start: start, count: OutputBuffer.write(number, to: start))))
  }

  /// Returns the time as text, for the value.
  mutating func add(_ name: StaticString, time: Int64) -> UnsafeRawBufferPointer {
    let start = nextNumber()
    RFC3339.write(time, to: start)
    let text = UnsafeRawBufferPointer(start: start, count: RFC3339.length)
    add(name, ByteSlice(text))
    return text
  }

  private mutating func nextNumber() -> UnsafeMutablePointer<UInt8> {
    precondition(
      numberCount < Self.numberRoom, "a record has at most \(Self.numberRoom) numbers in its headers")
    numberCount &+= 1
    return numbers + (numberCount &- 1) &* Self.numberLength
  }
}
