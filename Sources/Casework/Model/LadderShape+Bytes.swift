// Owns reading a pinned ladder's bytes, as the policy compiles them (`LadderRules.shapeBytes`).
import Events
import Policy

extension LadderShape {
  /// Reads a shape into this one; its texts are borrowed from the bytes. Returns false for bytes that are none, which
  /// leaves an empty ladder.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
    name = ByteSlice()
    rungs.removeAll(keepingCapacity: true)
    repeatEvery = nil
    repeatAtMost = 0
    var reader = ShapeReader(bytes)
    guard reader.byte() >= 1, reader.byte() <= 1 else { return false }
    name = reader.text()
    let count = reader.unsigned()
    guard count <= 64 else { return false }
    for _ in 0..<count {
      var rung = Rung()
      let kinds = reader.byte()
      rung.unless = RungRules.Condition(rawValue: kinds & 3) ?? .always
      rung.target = RungRules.Target(rawValue: kinds >> 2 & 3) ?? .role
      rung.audience = RungRules.Audience(rawValue: kinds >> 4 & 3) ?? .owner
      rung.after = reader.duration()
      rung.role = reader.text()
      rungs.append(rung)
    }
    repeatEvery = reader.duration()
    repeatAtMost = Int32(clamping: reader.signed())
    if reader.isShort { rungs.removeAll(keepingCapacity: true) }
    return !reader.isShort
  }
}

/// Reads front to back; past the end it gives zeros and says so.
private struct ShapeReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  private(set) var isShort = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func byte() -> UInt8 {
    guard offset < bytes.count else {
      isShort = true
      return 0
    }
    offset &+= 1
    return bytes[offset &- 1]
  }

  mutating func unsigned() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 || isShort { return value }
      shift &+= 7
      if shift > 63 {
        isShort = true
        return 0
      }
    }
  }

  mutating func signed() -> Int64 {
    let value = unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func text() -> ByteSlice {
    let count = unsigned()
    guard count <= UInt64(bytes.count &- offset) else {
      isShort = true
      return ByteSlice()
    }
    let start = offset
    offset &+= Int(count)
    return count == 0 ? ByteSlice() : ByteSlice(UnsafeRawBufferPointer(rebasing: bytes[start..<offset]))
  }

  mutating func duration() -> WorkingDuration? {
    switch byte() {
    case 0: return nil
    case 1: return .time(signed())
    case 2: return .days(Int32(clamping: signed()))
    default:
      isShort = true
      return nil
    }
  }
}
