// Owns a task's keyed state and what the open transaction changed in it, so that an abort leaves no trace.

/// Why a state change is refused; nothing has changed then.
enum StateCap: Error { case entries, bytes, timers }

/// A task's state. Changes are made in place, the value before the transaction's first change of a key is
/// kept aside: reads need one look-up, a commit nothing but forgetting, an abort puts the old values back.
final class KeyedStore {
  private struct Change {
    var handle: ByteMap.Handle
    var offset: Int
    /// Length of the old value; -1 when the key was absent.
    var count: Int
  }

  private let map = ByteMap(tag: ChangelogTag.entry)
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var changes: ContiguousArray<Change> = []
  @exclusivity(unchecked) private var old: ContiguousArray<UInt8> = []
  private let maxEntries: Int
  private let maxBytes: Int

  init(maxEntries: Int, maxBytes: Int) {
    self.maxEntries = maxEntries
    self.maxBytes = maxBytes
  }

  /// Entries, those deleted in the open transaction included.
  var count: Int { map.count }
  /// Bytes taken from the system.
  var reserved: Int { map.reserved &+ old.capacity }
  var isChanged: Bool { !changes.isEmpty }

  /// The value of a key, borrowed until the next call.
  func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard let handle = map.find(key), let value = map.value(handle) else { return nil }
    return UnsafeRawBufferPointer(value)
  }

  func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws(StateCap) {
    guard let found = map.find(key) else {
      if map.count >= maxEntries { throw .entries }
      if map.bytes &+ key.count &+ value.count > maxBytes { throw .bytes }
      let handle = map.insert(key, valueCount: value.count)
      write(handle, value)
      changes.append(Change(handle: handle, offset: 0, count: -1))
      map.setMark(handle, UInt32(truncatingIfNeeded: changes.count))
      return
    }
    let before = map.value(found)?.count ?? 0
    if value.count > before && map.bytes &+ value.count &- before > maxBytes { throw .bytes }
    // `value` may be borrowed from this very store: `get` then `put` under the same key is common. It is
    // copied before its memory can move.
    if let current = map.value(found), current.count == value.count {
      keep(found)
      if value.count > 0, let source = value.baseAddress {
        // Same length, so the block stays; memmove semantics cover a value that is borrowed from it.
        current.baseAddress.unsafelyUnwrapped.copyMemory(from: source, byteCount: value.count)
      }
      return
    }
    withUnsafeTemporaryAllocation(byteCount: max(value.count, 1), alignment: 1) { copy in
      if let source = value.baseAddress, let target = copy.baseAddress {
        target.copyMemory(from: source, byteCount: value.count)
      }
      keep(found)
      let handle = map.resize(found, valueCount: value.count)
      moved(handle)
      write(handle, UnsafeRawBufferPointer(rebasing: copy[..<value.count]))
    }
  }

  func delete(_ key: UnsafeRawBufferPointer) {
    guard let handle = map.find(key), map.value(handle) != nil else { return }
    keep(handle)
    moved(map.resize(handle, valueCount: nil))
  }

  /// Every value whose key begins with this byte, borrowed for the call; nothing may change meanwhile.
  func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    map.forEach { handle in
      guard map.key(handle).first == first, let value = map.value(handle) else { return }
      body(UnsafeRawBufferPointer(value))
    }
  }

  // MARK: - Transaction

  /// Every key the transaction changed, tag in front, with its value now (nil: deleted), in the order of their
  /// first change. A key that came and went within the transaction is left out.
  func forEachChange<E: Error>(
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) throws(E) -> Void
  ) throws(E) {
    for change in changes {
      let value = map.value(change.handle)
      if value == nil && change.count < 0 { continue }
      try body(map.taggedKey(change.handle), value.map { UnsafeRawBufferPointer($0) })
    }
  }

  /// The transaction committed: its changes are the state.
  func commit() {
    for change in changes {
      map.setMark(change.handle, 0)
      if map.value(change.handle) == nil { map.remove(change.handle) }
    }
    forget()
    map.compact(share: 4)
  }

  /// The transaction did not commit: the state is as before it.
  func rollBack() {
    for change in changes {
      map.setMark(change.handle, 0)
      if change.count < 0 {
        map.remove(change.handle)
        continue
      }
      let handle = map.resize(change.handle, valueCount: change.count)
      old.withUnsafeBytes { bytes in
        write(handle, UnsafeRawBufferPointer(rebasing: bytes[change.offset..<change.offset &+ change.count]))
      }
    }
    forget()
  }

  private func forget() {
    changes.removeAll(keepingCapacity: true)
    old.removeAll(keepingCapacity: old.capacity <= 1 << 20)
  }

  /// Keeps the entry's value aside, once a transaction.
  private func keep(_ handle: ByteMap.Handle) {
    if map.mark(handle) != 0 { return }
    let value = map.value(handle)
    changes.append(Change(handle: handle, offset: old.count, count: value?.count ?? -1))
    if let value { old.append(contentsOf: value) }
    map.setMark(handle, UInt32(truncatingIfNeeded: changes.count))
  }

  /// An entry that the transaction changed may have another handle now.
  private func moved(_ handle: ByteMap.Handle) {
    changes[Int(map.mark(handle)) &- 1].handle = handle
  }

  private func write(_ handle: ByteMap.Handle, _ value: UnsafeRawBufferPointer) {
    guard let source = value.baseAddress, let target = map.value(handle)?.baseAddress else { return }
    target.copyMemory(from: source, byteCount: value.count)
  }

  // MARK: - Restore

  /// Takes over one changelog record, outside of any transaction. Nil deletes.
  func restore(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) throws(StateCap) {
    guard let value else {
      if let handle = map.find(key) { map.remove(handle) }
      return
    }
    if let found = map.find(key) {
      write(map.resize(found, valueCount: value.count), value)
      return map.compact(share: 4)
    }
    if map.count >= maxEntries { throw .entries }
    if map.bytes &+ key.count &+ value.count > maxBytes { throw .bytes }
    write(map.insert(key, valueCount: value.count), value)
  }

  /// All of the changelog was taken over: what its earlier versions took goes back to the system.
  func restored() { map.compact(share: 16) }

  /// Every entry as it is now, ordered by key: for tests and exports.
  func sorted() -> [(key: [UInt8], value: [UInt8])] {
    var entries: [(key: [UInt8], value: [UInt8])] = []
    map.forEach { handle in
      if let value = map.value(handle) { entries.append((Array(map.key(handle)), Array(value))) }
    }
    return entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}

/// The first byte of a changelog key: what the record belongs to.
package enum ChangelogTag {
  package static let header: UInt8 = 0
  package static let entry: UInt8 = 1
  package static let timer: UInt8 = 2
}
