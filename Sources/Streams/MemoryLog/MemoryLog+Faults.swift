// Owns the hooks by which a test or a simulation disturbs an in-memory log.

extension MemoryLog {
  /// Orders one fault for the next such call, of one transactional id or of anybody.
  public func inject(_ fault: Fault, at point: FaultPoint, transactionalID: String? = nil) {
    locked { world, _ in world.order(fault, at: point, transactionalID: transactionalID) }
  }

  /// No planned fault strikes any more; those ordered by `inject` still do.
  public func calm() { locked { world, _ in world.faults.calm() } }

  /// Takes back the faults that were ordered by `inject` and have not struck yet.
  public func recall() { locked { world, _ in world.recall() } }

  /// Writes every marker that is still missing, and lets commits arrive that are on their way.
  public func settle() { locked { world, now in world.settle(now: now) } }

  /// Opens a rebalance; with `moving`, one that favours other members than now.
  public func rebalance(group: String, moving: Bool = true) {
    locked { world, _ in world.group(group) { $0.rebalance(moving: moving) } }
  }

  /// Compacts every partition of a topic now: the last record of each key below the last stable offset stays.
  public func compact(_ topic: String, removingTombstones: Bool = false) {
    locked { world, _ in
      for index in world.indices(of: topic) {
        world.partitions[index].compact(removingTombstones: removingTombstones)
      }
    }
  }

  /// Deletes the records of a partition before an offset, as retention does: the log starts there.
  public func delete(_ partition: TopicPartition, before offset: Int64) {
    locked { world, _ in
      if let index = world.index(of: partition) { world.partitions[index].delete(before: offset) }
    }
  }

  /// Everything the log holds as bytes, uncommitted and markers included: two runs were the same if these are.
  public func dump() -> [UInt8] {
    locked { world, _ in
      var text = ""
      for log in world.partitions {
        text += "\(log.coordinates) \(log.start)..\(log.lastStable)..\(log.end)\n"
        for record in log.records { text += record.line }
      }
      for (name, group) in world.groups.sorted(by: { $0.key < $1.key }) {
        text += "\(name) generation \(group.generation)\n"
        for (partition, offset) in group.committed.sorted(by: { $0.key < $1.key }) {
          text += "\(partition) \(offset.offset) \(offset.metadata)\n"
        }
      }
      return Array(text.utf8)
    }
  }
}

extension StoredRecord {
  fileprivate var line: String {
    var scratch: [HeaderView] = []
    return withView(topicIndex: 0, partition: 0, scratch: &scratch) { view in
      func hex(_ bytes: UnsafeRawBufferPointer?) -> String {
        guard let bytes else { return "-" }
        return bytes.reduce(into: "x") { $0 += String(UInt16($1) | 0x100, radix: 16).dropFirst() }
      }
      let headers = view.headers.map { " \(hex($0.name)):\(hex($0.value))" }.joined()
      return "\(offset) \(timestamp) \(producer) \(kind) \(hex(view.key)) \(hex(view.value))\(headers)\n"
    }
  }
}
