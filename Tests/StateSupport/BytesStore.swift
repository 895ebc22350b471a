// Owns a store as a task has it: bytes under bytes.
import StateBytes

/// What it lends stays until the next call, and is overwritten then.
package struct BytesStore: StateStore {
  package private(set) var values: [[UInt8]: [UInt8]] = [:]
  package var timers: [[UInt8]: Int64] = [:]
  private var lent = Lent()

  package init() {}

  package var keys: [[UInt8]] { Array(values.keys) }

  /// A copy that lends on its own.
  package var copy: BytesStore {
    var copy = self
    copy.lent = Lent()
    return copy
  }

  package mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    values[Array(key)].map { lent.lend($0) }
  }

  package mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    values[Array(key)] = Array(value)
    lent.spoil()
  }

  package mutating func delete(_ key: UnsafeRawBufferPointer) {
    values[Array(key)] = nil
    lent.spoil()
  }

  package mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    for (key, value) in values where key.first == first { value.withUnsafeBytes(body) }
  }

  package mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) { timers[Array(key)] = due }
  package mutating func cancelTimer(_ key: UnsafeRawBufferPointer) { timers[Array(key)] = nil }

  /// As a disk that lies: another value under a key.
  package mutating func damage(_ key: [UInt8], _ value: [UInt8]) { values[key] = value }
}

/// What a store has lent; whoever reads it after its time reads nonsense.
private final class Lent {
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
  private var used = 0

  deinit { block.deallocate() }

  func lend(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
    spoil()
    used = min(bytes.count, block.count)
    block.copyBytes(from: bytes.prefix(used))
    return UnsafeRawBufferPointer(rebasing: block[..<used])
  }

  func spoil() {
    UnsafeMutableRawBufferPointer(rebasing: block[..<used]).initializeMemory(as: UInt8.self, repeating: 0xEE)
  }
}
