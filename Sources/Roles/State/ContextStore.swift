// Owns the runtime's context as the store that engines decide over.
import StateBytes
import Streams

/// One for each record or timer.
struct ContextStore<C: TaskContext>: StateStore {
  var context: C

  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? { context.get(key) }
  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    context.put(key, value)
  }
  mutating func delete(_ key: UnsafeRawBufferPointer) { context.delete(key) }
  mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    context.forEachValue(keyed: first, body)
  }
  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) { context.setTimer(key, due: due) }
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer) { context.cancelTimer(key) }
}
