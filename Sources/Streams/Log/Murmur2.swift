// Owns the choice of a partition from a key: murmur2, as Java clients and librdkafka's `murmur2` partitioner do.

/// Kafka's variant of MurmurHash2 (32 bits, fixed seed).
///
/// Source: `org.apache.kafka.common.utils.Utils.murmur2` and librdkafka's `rdmurmur2.c`; their published test
/// vectors are this type's tests.
public enum Murmur2 {
  /// The hash of some bytes, as both implementations compute it.
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let m: UInt32 = 0x5bd1_e995
    var h: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
    var at = 0
    while bytes.count &- at >= 4 {
      var k = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      k = k &* m
      k ^= k >> 24
      h = (h &* m) ^ (k &* m)
      at &+= 4
    }
    let rest = bytes.count &- at
    if rest > 0 {
      if rest > 2 { h ^= UInt32(bytes[at &+ 2]) << 16 }
      if rest > 1 { h ^= UInt32(bytes[at &+ 1]) << 8 }
      h ^= UInt32(bytes[at])
      h = h &* m
    }
    h ^= h >> 13
    h = h &* m
    h ^= h >> 15
    return h
  }

  /// The partition of a key among `count` partitions; 0 when there are none.
  public static func partition(of key: UnsafeRawBufferPointer, count: Int32) -> Int32 {
    guard count > 0 else { return 0 }
    return Int32(hash(key) & 0x7fff_ffff) % count
  }
}
