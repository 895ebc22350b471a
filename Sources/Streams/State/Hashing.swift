// Owns the hash of the state tables: eight bytes a step, the same in every process.
import Glibc

extension ByteMap {
  /// Folded 128-bit multiplications, after wyhash (public domain, Wang Yi). Keys here are pseudonyms made
  /// under a secret, so nobody outside can aim for collisions.
  @inline(__always)
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var state: UInt64 = 0x2d35_8dcc_aa6c_78a5 ^ UInt64(truncatingIfNeeded: bytes.count)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      state = fold(
        state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0x8bb8_4b93_962e_acc9)
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail << 8 | UInt64(bytes[offset])
      offset &+= 1
    }
    state = fold(state ^ tail, 0x4b33_a62e_d433_d4a3)
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}

/// True when both hold the same bytes; their counts must be equal and not zero.
@inline(__always)
func memcmpEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  // Neither is empty, so both have a base address.
  memcmp(a.baseAddress.unsafelyUnwrapped, b.baseAddress.unsafelyUnwrapped, a.count) == 0
}

/// Order of bytes as unsigned numbers, the shorter first where one begins the other.
@inline(__always)
func precedes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  let common = min(a.count, b.count)
  if common > 0, let x = a.baseAddress, let y = b.baseAddress {
    let order = memcmp(x, y, common)
    if order != 0 { return order < 0 }
  }
  return a.count < b.count
}
