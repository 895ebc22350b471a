// Owns a task's timers: which are set, in which order they fire, and what the open transaction changed.

/// A task's timers, ordered by due time and then by key, so that every replica fires them alike. Changes are
/// visible at once and undone by an abort: what fires never depends on where transactions end.
final class TimerQueue {
  typealias Handle = ByteMap.Handle

  /// The due time that says: not set.
  private static let unset = Int64.min
  private static let outside = UInt32.max

  private struct Change {
    let handle: Handle
    let due: Int64
  }

  /// An entry's value: due time (8 bytes), position in the heap (4 bytes). Of one size, so handles last.
  private let map = ByteMap(tag: ChangelogTag.timer)
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var heap: ContiguousArray<Handle> = []
  @exclusivity(unchecked) private var changes: ContiguousArray<Change> = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Timers set.
  var count: Int { heap.count }
  var reserved: Int { map.reserved &+ heap.capacity &* 4 }
  var isChanged: Bool { !changes.isEmpty }
  /// When the first timer is due; nil when none is set.
  var firstDue: Int64? { heap.isEmpty ? nil : due(heap[0]) }

  func set(_ key: UnsafeRawBufferPointer, due: Int64) throws(StateCap) {
    if let handle = map.find(key) {
      // A timer cancelled in this transaction still counts against the cap until it commits.
      keep(handle)
      move(handle, to: due)
      return
    }
    if map.count >= limit { throw .timers }
    let handle = add(key)
    keep(handle)
    move(handle, to: due)
  }

  func cancel(_ key: UnsafeRawBufferPointer) {
    guard let handle = map.find(key), due(handle) != TimerQueue.unset else { return }
    keep(handle)
    move(handle, to: TimerQueue.unset)
  }

  /// Takes the first timer that is due, if any: it is no longer set. Its key is copied into `key`.
  func pop(at now: Int64, into key: inout ContiguousArray<UInt8>) -> Int64? {
    guard let first = heap.first, due(first) <= now else { return nil }
    let due = due(first)
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: map.key(first))
    keep(first)
    move(first, to: TimerQueue.unset)
    return due
  }

  // MARK: - Transaction

  /// Every timer the transaction changed, tag in front, with its due time now (nil: not set), in the order of
  /// their first change.
  func forEachChange<E: Error>(_ body: (UnsafeRawBufferPointer, Int64?) throws(E) -> Void) throws(E) {
    for change in changes {
      let now = due(change.handle)
      if now == change.due { continue }
      try body(map.taggedKey(change.handle), now == TimerQueue.unset ? nil : now)
    }
  }

  func commit() {
    for change in changes {
      map.setMark(change.handle, 0)
      if due(change.handle) == TimerQueue.unset { map.remove(change.handle) }
    }
    changes.removeAll(keepingCapacity: true)
  }

  func rollBack() {
    for change in changes {
      map.setMark(change.handle, 0)
      move(change.handle, to: change.due)
      if change.due == TimerQueue.unset { map.remove(change.handle) }
    }
    changes.removeAll(keepingCapacity: true)
  }

  private func keep(_ handle: Handle) {
    if map.mark(handle) != 0 { return }
    changes.append(Change(handle: handle, due: due(handle)))
    map.setMark(handle, 1)
  }

  // MARK: - Restore

  /// Takes over one changelog record, outside of any transaction. Nil cancels.
  func restore(_ key: UnsafeRawBufferPointer, due: Int64?) throws(StateCap) {
    if let handle = map.find(key) {
      move(handle, to: due ?? TimerQueue.unset)
      if due == nil { map.remove(handle) }
      return
    }
    guard let due else { return }
    if map.count >= limit { throw .timers }
    move(add(key), to: due)
  }

  /// Every timer set, in the order they fire: for tests and exports.
  func sorted() -> [(key: [UInt8], due: Int64)] {
    heap.sorted { before($0, $1) }.map { (Array(map.key($0)), due($0)) }
  }

  // MARK: - Heap

  private func add(_ key: UnsafeRawBufferPointer) -> Handle {
    let handle = map.insert(key, valueCount: 12)
    value(handle).storeBytes(of: TimerQueue.unset, as: Int64.self)
    value(handle).storeBytes(of: TimerQueue.outside, toByteOffset: 8, as: UInt32.self)
    return handle
  }

  private func value(_ handle: Handle) -> UnsafeMutableRawPointer {
    // Every entry of this map has a value of 12 bytes.
    map.value(handle).unsafelyUnwrapped.baseAddress.unsafelyUnwrapped
  }

  private func due(_ handle: Handle) -> Int64 { value(handle).loadUnaligned(as: Int64.self) }

  private func position(_ handle: Handle) -> UInt32 {
    value(handle).loadUnaligned(fromByteOffset: 8, as: UInt32.self)
  }

  private func before(_ a: Handle, _ b: Handle) -> Bool {
    let x = due(a)
    let y = due(b)
    return x == y ? precedes(map.key(a), map.key(b)) : x < y
  }

  /// Gives a timer another due time and its place in the heap; `unset` takes it out.
  private func move(_ handle: Handle, to due: Int64) {
    let position = position(handle)
    value(handle).storeBytes(of: due, as: Int64.self)
    if due == TimerQueue.unset {
      if position == TimerQueue.outside { return }
      value(handle).storeBytes(of: TimerQueue.outside, toByteOffset: 8, as: UInt32.self)
      let last = heap.removeLast()
      if last == handle { return }
      put(last, at: Int(position))
      settle(Int(position))
    } else if position == TimerQueue.outside {
      heap.append(handle)
      put(handle, at: heap.count &- 1)
      settle(heap.count &- 1)
    } else {
      settle(Int(position))
    }
  }

  private func put(_ handle: Handle, at index: Int) {
    heap[index] = handle
    value(handle).storeBytes(of: UInt32(truncatingIfNeeded: index), toByteOffset: 8, as: UInt32.self)
  }

  private func settle(_ start: Int) {
    var index = start
    let handle = heap[index]
    while index > 0 {
      let parent = (index &- 1) / 2
      if !before(handle, heap[parent]) { break }
      put(heap[parent], at: index)
      index = parent
    }
    if index == start {
      while true {
        var child = 2 &* index &+ 1
        if child >= heap.count { break }
        if child &+ 1 < heap.count && before(heap[child &+ 1], heap[child]) { child &+= 1 }
        if !before(heap[child], handle) { break }
        put(heap[child], at: index)
        index = child
      }
    }
    put(handle, at: index)
  }
}
