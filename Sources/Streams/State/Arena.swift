// Owns the memory behind keyed state: blocks in size classes, recycled in place, never moved.
import Glibc

/// An allocator of small blocks, addressed by 32-bit handles. Confined to one thread.
///
/// Blocks are multiples of 8 bytes: exact up to 512 bytes, then four classes for each doubling. A freed block is
/// kept for the next one of its class, so steady updates of a working set need no compaction. A block above
/// the size of a chunk has a chunk of its own, which goes back to the system when it is freed.
final class Arena {
  /// Address of a block: chunk number in the upper half, offset in units of 8 bytes in the lower. 0 is none.
  typealias Handle = UInt32

  private static let unit = 8
  private static let chunkUnits = 65_536
  private static let firstChunkUnits = 8_192
  private static let exactClasses = 64
  /// 64 exact classes and four for each doubling from 512 bytes to 512 KiB.
  private static let classes = exactClasses + 1 + 40

  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var chunks: ContiguousArray<UnsafeMutableRawPointer?> = []
  private var freeChunks: ContiguousArray<Int> = []
  @exclusivity(unchecked) private var heads = ContiguousArray<Handle>(repeating: 0, count: Arena.classes)
  /// The chunk new blocks are cut from, and how far.
  @exclusivity(unchecked) private var current = -1
  @exclusivity(unchecked) private var cursor = 0
  @exclusivity(unchecked) private var limit = 0
  /// Bytes taken from the system.
  @exclusivity(unchecked) private(set) var reserved = 0
  /// Bytes in blocks that wait for another of their class.
  @exclusivity(unchecked) private(set) var free = 0
  /// Bytes of each chunk.
  private var sizes: ContiguousArray<Int> = []

  deinit {
    for index in chunks.indices { release(index) }
  }

  @inline(__always)
  func address(_ handle: Handle) -> UnsafeMutableRawPointer {
    // A handle comes from `allocate` and has not been freed, so its chunk exists.
    chunks[Int(handle >> 16)].unsafelyUnwrapped + Int(handle & 0xffff) &* Arena.unit
  }

  /// The size class of a block of so many bytes, and the units it really takes; class -1 is a chunk of its own.
  @inline(__always)
  static func sizeClass(bytes: Int) -> (index: Int, units: Int) {
    let units = (bytes &+ 7) >> 3
    if units <= exactClasses { return (units, units) }
    if units > chunkUnits { return (-1, units) }
    // units lies in (2^shift, 2^(shift+1)]: four steps of 2^(shift-2).
    let shift = Int.bitWidth &- 1 &- (units &- 1).leadingZeroBitCount
    let step = 1 << (shift &- 2)
    let quarter = (units &- 1 &- (1 << shift)) / step
    return (exactClasses &+ 1 &+ (shift &- 6) &* 4 &+ quarter, (1 << shift) &+ (quarter &+ 1) &* step)
  }

  func allocate(bytes: Int) -> Handle {
    let (index, units) = Arena.sizeClass(bytes: bytes)
    if index < 0 { return own(units: units) }
    let head = heads[index]
    if head != 0 {
      heads[index] = address(head).load(as: UInt32.self)
      free &-= units &* Arena.unit
      return head
    }
    if current < 0 || cursor &+ units > limit { grow(atLeast: units) }
    let handle = UInt32(truncatingIfNeeded: current << 16 | cursor)
    cursor &+= units
    return handle
  }

  func free(_ handle: Handle, bytes: Int) {
    let (index, units) = Arena.sizeClass(bytes: bytes)
    if index < 0 {
      let chunk = Int(handle >> 16)
      release(chunk)
      freeChunks.append(chunk)
      reserved &-= units &* Arena.unit
      return
    }
    address(handle).storeBytes(of: heads[index], as: UInt32.self)
    heads[index] = handle
    free &+= units &* Arena.unit
  }

  private func own(units: Int) -> Handle {
    UInt32(truncatingIfNeeded: newChunk(units: units) << 16)
  }

  private func grow(atLeast units: Int) {
    let doubled = Arena.firstChunkUnits << min(max(chunks.count, 0), 4)
    let size = min(max(doubled, units), Arena.chunkUnits)
    current = newChunk(units: size)
    // Handle 0 stands for none, so chunk 0 starts one unit in.
    cursor = current == 0 ? 1 : 0
    limit = size
    if cursor &+ units > limit { grow(atLeast: units) }
  }

  private func newChunk(units: Int) -> Int {
    let size = units &* Arena.unit
    let memory = Arena.take(size)
    reserved &+= size
    if !chunks.isEmpty, let slot = freeChunks.popLast() {
      chunks[slot] = memory
      sizes[slot] = size
      return slot
    }
    if chunks.isEmpty && units > Arena.chunkUnits {
      // Chunk 0 with offset 0 would be handle 0: keep it empty.
      chunks.append(nil)
      sizes.append(0)
    }
    // 65,536 chunks of 512 KiB: 32 GiB, beyond every cap on a task's state.
    precondition(chunks.count < 65_536, "the arena's address space is used up")
    chunks.append(memory)
    sizes.append(size)
    return chunks.count &- 1
  }

  private func release(_ chunk: Int) {
    guard let memory = chunks[chunk] else { return }
    if sizes[chunk] < Arena.mapped { memory.deallocate() } else { munmap(memory, sizes[chunk]) }
    chunks[chunk] = nil
  }

  /// Chunks of full size come straight from the system: given back, they are its own again, whatever lies around them.
  private static let mapped = chunkUnits * unit

  private static func take(_ size: Int) -> UnsafeMutableRawPointer {
    if size < mapped { return .allocate(byteCount: size, alignment: unit) }
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { preconditionFailure("the system has no memory left") }
    return memory
  }
}
