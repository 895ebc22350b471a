// Owns copies of bytes at addresses that hold still, for calls that borrow several at once.

/// Copies that stay in place until `release`.
struct BorrowedBytes {
  private var buffers: [UnsafeMutableRawBufferPointer] = []

  mutating func hold(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
    // One byte at least: an empty value is not a missing one, so it needs an address.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    bytes.withUnsafeBytes { buffer.copyMemory(from: $0) }
    buffers.append(buffer)
    return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<bytes.count])
  }

  mutating func release() {
    for buffer in buffers { buffer.deallocate() }
    buffers = []
  }
}
