// Owns the hash of bytes that words are found by and shapes are named by: the same in every process.

package enum ByteHash {
  /// Folded 128-bit multiplications, eight bytes a step, after wyhash (public domain, Wang Yi).
  package static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var state = fold(
      seed ^ 0x9e37_79b9_7f4a_7c15, UInt64(truncatingIfNeeded: bytes.count) ^ 0x8bb8_4b93_962e_acc9)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      state = fold(state ^ word, 0x2d35_8dcc_aa6c_78a5)
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail << 8 | UInt64(bytes[offset])
      offset &+= 1
    }
    return fold(state ^ tail, 0x4b33_a62e_d433_d4a3)
  }

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
