// Owns the memory for texts that live as long as one decision.

/// An allocator of short-lived bytes: what it gives stays where it is until `reset`. Confined to one thread.
package final class Scratch {
  private static let chunk = 16_384

  // Unchecked: one thread, and no call here leads to another.
  @exclusivity(unchecked) private var chunks: [UnsafeMutableRawBufferPointer] = []
  /// The chunk that is filled now, and how far.
  @exclusivity(unchecked) private var current = 0
  @exclusivity(unchecked) private var used = 0

  package init() { chunks.append(.allocate(byteCount: Self.chunk, alignment: 1)) }

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Forgets all it gave. Memory beyond a few chunks goes back to the system.
  package func reset() {
    current = 0
    used = 0
    while chunks.count > 4 { chunks.removeLast().deallocate() }
  }

  /// So many bytes, undefined in content.
  package func take(_ count: Int) -> UnsafeMutableRawBufferPointer {
    while used &+ count > chunks[current].count {
      used = 0
      current &+= 1
      if current == chunks.count {
        chunks.append(.allocate(byteCount: max(Self.chunk, count), alignment: 1))
      }
    }
    let taken = UnsafeMutableRawBufferPointer(rebasing: chunks[current][used..<used &+ count])
    used &+= count
    return taken
  }

  /// A copy.
  package func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let source = bytes.baseAddress, !bytes.isEmpty else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    let copy = take(bytes.count)
    // As many bytes as were just taken.
    copy.baseAddress?.copyMemory(from: source, byteCount: bytes.count)
    return UnsafeRawBufferPointer(copy)
  }
}
