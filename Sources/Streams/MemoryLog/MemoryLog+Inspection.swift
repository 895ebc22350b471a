// Owns what a simulation asks of an in-memory log and no reader can see: where transactions end, and a fingerprint.

extension MemoryLog {
  /// The records of a topic that each committed transaction left on each partition, in the order of their markers. Of
  /// a topic that is not compacted.
  package func transactions(_ topic: String) -> [[MemoryRecord]] {
    let stored = locked { world, _ in
      world.indices(of: topic).map {
        (world.partitions[$0].coordinates.partition, world.partitions[$0].records)
      }
    }
    var scratch: [HeaderView] = []
    var transactions: [[MemoryRecord]] = []
    for (partition, records) in stored {
      var open: [Int32: [MemoryRecord]] = [:]
      for record in records {
        switch record.kind {
        case .data:
          open[record.producer, default: []].append(
            record.withView(topicIndex: 0, partition: partition, scratch: &scratch, MemoryRecord.init))
        case .commitMarker, .abortMarker:
          if let ended = open.removeValue(forKey: record.producer) { transactions.append(ended) }
        case .aborted: break
        }
      }
    }
    return transactions
  }

  /// A number made of everything the log holds, uncommitted records and markers included: two runs that differ
  /// anywhere differ in it.
  package func fingerprint() -> UInt64 {
    locked { world, _ in
      var hash = Fingerprint()
      for log in world.partitions {
        hash.add(log.start)
        hash.add(log.end)
        for record in log.records { record.add(to: &hash) }
      }
      for (name, group) in world.groups.sorted(by: { $0.key < $1.key }) {
        hash.add(name.utf8)
        for (partition, offset) in group.committed.sorted(by: { $0.key < $1.key }) {
          hash.add(Int64(partition.partition))
          hash.add(offset.offset)
          hash.add(offset.metadata.utf8)
        }
      }
      return hash.value
    }
  }
}

/// FNV-1a of 64 bits.
///
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv.
struct Fingerprint {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  mutating func add(_ number: Int64) {
    value = (value ^ UInt64(bitPattern: number)) &* 0x100_0000_01b3
    value ^= value >> 32
  }
}
