// Owns what those who decide ask of the place where their state is kept.

/// The state of one task: bytes under bytes, and timers under the same keys. What is put becomes part of the transaction
/// at hand or never happened.
public protocol StateStore {
  /// Borrowed until the next call; nil when there is none.
  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?
  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer)
  mutating func delete(_ key: UnsafeRawBufferPointer)
  /// Every value whose key begins with this byte, in no order, borrowed for the call. For what is done once.
  mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void)
  /// Sets or moves the timer of that key.
  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64)
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer)
}
