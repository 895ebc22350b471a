// Owns the store of a task on trial: bytes under bytes, that can be damaged, and lent memory of exactly its size.
import StateBytes

/// State in dictionaries. What `get` lends lives until the next call.
struct TrialStore: StateStore {
  private(set) var values: [[UInt8]: [UInt8]] = [:]
  private(set) var timers: [[UInt8]: Int64] = [:]
  private let lent = Lent()

  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    values[Array(key)].map { lent.lend($0) }
  }
  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    values[Array(key)] = Array(value)
  }
  mutating func delete(_ key: UnsafeRawBufferPointer) { values[Array(key)] = nil }
  mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    for (key, value) in values where key.first == first { value.withUnsafeBytes(body) }
  }
  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) { timers[Array(key)] = due }
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer) { timers[Array(key)] = nil }

  mutating func takeFirst(dueBy now: Int64) -> (key: [UInt8], due: Int64)? {
    let first = timers.min {
      $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value < $1.value
    }
    guard let first, first.value <= now else { return nil }
    timers[first.key] = nil
    return (first.key, first.value)
  }

  /// Changes a byte of one of the values; false where there is none.
  mutating func damage(_ place: Int, _ byte: UInt8) -> Bool {
    guard let key = key(at: place), let count = values[key]?.count, count > 0 else { return false }
    let index = place / values.count % count
    values[key]?[index] = byte
    return true
  }

  /// Puts another value in place of one.
  mutating func damage(_ place: Int, _ value: [UInt8]) -> Bool {
    guard let key = key(at: place) else { return false }
    values[key] = value
    return true
  }

  private func key(at place: Int) -> [UInt8]? {
    guard place >= 0, !values.isEmpty else { return nil }
    return values.keys.sorted { $0.lexicographicallyPrecedes($1) }[place % values.count]
  }

  /// The memory of the latest loan, of exactly its size: a read beyond it is seen.
  private final class Lent {
    private var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    deinit { bytes.deallocate() }

    func lend(_ value: [UInt8]) -> UnsafeRawBufferPointer {
      bytes.deallocate()
      bytes = .allocate(byteCount: value.count, alignment: 1)
      bytes.copyBytes(from: value)
      return UnsafeRawBufferPointer(bytes)
    }
  }
}
