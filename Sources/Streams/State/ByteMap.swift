// Owns the hash table from byte keys to byte values that state and timers are kept in: 8 bytes a slot,
// entries encoded in an arena.

/// A map from bytes to bytes. Confined to one thread. The order of entries is never exposed to processors.
///
/// An entry in the arena: key length, value length, mark (4 bytes each), key, value. The key's first byte is the
/// changelog tag of the map, so that an entry's key is its changelog key as it lies. Its hash stands in its slot, and is
/// made again where the slot is looked for: four bytes less for each of millions of entries.
final class ByteMap {
  typealias Handle = Arena.Handle

  /// The value length that says: no value, kept until the transaction ends.
  static let absent = UInt32.max
  private static let header = 12

  let tag: UInt8
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var arena = Arena()
  /// Hash in the upper half, handle in the lower; 0 is a free slot.
  @exclusivity(unchecked) private var slots: UnsafeMutableBufferPointer<UInt64>
  @exclusivity(unchecked) private(set) var count = 0
  /// Bytes of keys and values.
  @exclusivity(unchecked) private(set) var bytes = 0

  init(tag: UInt8) {
    self.tag = tag
    slots = .allocate(capacity: 64)
    slots.initialize(repeating: 0)
  }

  deinit { slots.deallocate() }

  /// Bytes taken from the system.
  var reserved: Int { arena.reserved &+ slots.count &* 8 }

  // MARK: - Entries

  @inline(__always)
  private func word(_ handle: Handle, _ index: Int) -> UInt32 {
    arena.address(handle).load(fromByteOffset: index &* 4, as: UInt32.self)
  }

  /// The key with its tag in front.
  @inline(__always)
  func taggedKey(_ handle: Handle) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: arena.address(handle) + ByteMap.header, count: Int(word(handle, 0)))
  }

  @inline(__always)
  func key(_ handle: Handle) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: taggedKey(handle)[1...])
  }

  /// The value; nil when the entry is only kept until the transaction ends.
  @inline(__always)
  func value(_ handle: Handle) -> UnsafeMutableRawBufferPointer? {
    let length = word(handle, 1)
    if length == ByteMap.absent { return nil }
    return UnsafeMutableRawBufferPointer(
      start: arena.address(handle) + ByteMap.header + Int(word(handle, 0)), count: Int(length))
  }

  /// A number the owner keeps with the entry; 0 for a new one.
  @inline(__always)
  func mark(_ handle: Handle) -> UInt32 { word(handle, 2) }

  @inline(__always)
  func setMark(_ handle: Handle, _ mark: UInt32) {
    arena.address(handle).storeBytes(of: mark, toByteOffset: 8, as: UInt32.self)
  }

  // MARK: - Table

  func find(_ key: UnsafeRawBufferPointer) -> Handle? {
    let hash = ByteMap.hash(key)
    let mask = slots.count &- 1
    var index = Int(hash) & mask
    while true {
      let slot = slots[index]
      if slot == 0 { return nil }
      if UInt32(truncatingIfNeeded: slot >> 32) == hash {
        let handle = Handle(truncatingIfNeeded: slot)
        if equals(handle, key) { return handle }
      }
      index = (index &+ 1) & mask
    }
  }

  @inline(__always)
  private func equals(_ handle: Handle, _ key: UnsafeRawBufferPointer) -> Bool {
    let stored = self.key(handle)
    return stored.count == key.count && (key.isEmpty || memcmpEqual(stored, key))
  }

  /// Adds an entry that is not there yet, its value of `valueCount` bytes left for the caller to write.
  func insert(_ key: UnsafeRawBufferPointer, valueCount: Int) -> Handle {
    if (count &+ 1) &* 4 > slots.count &* 3 { rehash(slots.count &* 2) }
    let hash = ByteMap.hash(key)
    let handle = arena.allocate(bytes: ByteMap.header &+ 1 &+ key.count &+ valueCount)
    let address = arena.address(handle)
    address.storeBytes(of: UInt32(truncatingIfNeeded: key.count &+ 1), as: UInt32.self)
    address.storeBytes(of: UInt32(truncatingIfNeeded: valueCount), toByteOffset: 4, as: UInt32.self)
    address.storeBytes(of: 0, toByteOffset: 8, as: UInt32.self)
    address.storeBytes(of: tag, toByteOffset: ByteMap.header, as: UInt8.self)
    if let base = key.baseAddress {
      (address + ByteMap.header + 1).copyMemory(from: base, byteCount: key.count)
    }
    place(UInt64(hash) << 32 | UInt64(handle))
    count &+= 1
    bytes &+= key.count &+ valueCount
    return handle
  }

  /// Gives the entry a value of another length (or none), undefined in content; the handle may change.
  func resize(_ handle: Handle, valueCount: Int?) -> Handle {
    let keyCount = Int(word(handle, 0))
    let old = word(handle, 1) == ByteMap.absent ? 0 : Int(word(handle, 1))
    let new = valueCount ?? 0
    let length = valueCount.map { UInt32(truncatingIfNeeded: $0) } ?? ByteMap.absent
    bytes &+= new &- old
    let fixed = ByteMap.header &+ keyCount
    if Arena.sizeClass(bytes: fixed &+ old) == Arena.sizeClass(bytes: fixed &+ new) {
      arena.address(handle).storeBytes(of: length, toByteOffset: 4, as: UInt32.self)
      return handle
    }
    let moved = arena.allocate(bytes: fixed &+ new)
    arena.address(moved).copyMemory(from: arena.address(handle), byteCount: fixed)
    arena.address(moved).storeBytes(of: length, toByteOffset: 4, as: UInt32.self)
    let hash = ByteMap.hash(key(moved))
    slots[slot(of: handle, hash)] = UInt64(hash) << 32 | UInt64(moved)
    arena.free(handle, bytes: fixed &+ old)
    return moved
  }

  func remove(_ handle: Handle) {
    let keyCount = Int(word(handle, 0))
    let valueCount = word(handle, 1) == ByteMap.absent ? 0 : Int(word(handle, 1))
    vacate(slot(of: handle, ByteMap.hash(key(handle))))
    count &-= 1
    bytes &-= keyCount &- 1 &+ valueCount
    arena.free(handle, bytes: ByteMap.header &+ keyCount &+ valueCount)
  }

  /// Moves all entries together when more than one byte in `share` lies idle: those that grow leave blocks behind that
  /// only smaller ones can use. Ends every handle.
  func compact(share: Int) {
    guard arena.free > 1 << 20, arena.free > arena.reserved / share else { return }
    let together = Arena()
    for index in slots.indices where slots[index] != 0 {
      let old = Handle(truncatingIfNeeded: slots[index])
      let value = word(old, 1) == ByteMap.absent ? 0 : Int(word(old, 1))
      let size = ByteMap.header &+ Int(word(old, 0)) &+ value
      let new = together.allocate(bytes: size)
      together.address(new).copyMemory(from: arena.address(old), byteCount: size)
      slots[index] = slots[index] & ~UInt64(UInt32.max) | UInt64(new)
    }
    arena = together
  }

  /// Every entry, in an order that means nothing.
  func forEach(_ body: (Handle) -> Void) {
    for slot in slots where slot != 0 { body(Handle(truncatingIfNeeded: slot)) }
  }

  private func slot(of handle: Handle, _ hash: UInt32) -> Int {
    let mask = slots.count &- 1
    var index = Int(hash) & mask
    while Handle(truncatingIfNeeded: slots[index]) != handle { index = (index &+ 1) & mask }
    return index
  }

  private func place(_ slot: UInt64) {
    let mask = slots.count &- 1
    var index = Int(slot >> 32) & mask
    while slots[index] != 0 { index = (index &+ 1) & mask }
    slots[index] = slot
  }

  /// Frees a slot and moves back those that had to step over it (Knuth's algorithm R): no tombstones.
  private func vacate(_ start: Int) {
    let mask = slots.count &- 1
    var hole = start
    var index = start
    while true {
      index = (index &+ 1) & mask
      let slot = slots[index]
      if slot == 0 { break }
      let home = Int(slot >> 32) & mask
      if (index &- home) & mask >= (index &- hole) & mask {
        slots[hole] = slot
        hole = index
      }
    }
    slots[hole] = 0
  }

  private func rehash(_ capacity: Int) {
    let old = slots
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: 0)
    for slot in old where slot != 0 { place(slot) }
    old.deallocate()
  }
}
