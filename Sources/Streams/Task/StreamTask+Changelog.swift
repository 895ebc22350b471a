// Owns what a task writes to its changelog in each transaction: changed entries, changed timers, its header.

extension StreamTask {
  /// Writes everything the open transaction changed, and the header, to the task's changelog partition. Nothing
  /// for a stateless task. Faults stay in the outbox.
  func writeChanges<Member: LogMember>(
    to outbox: Outbox<Member>, plan: OutputPlan, header: TaskHeader?, bugs: PlantedBugs
  ) {
    guard let changelog = plan.changelog, let store, let timers else { return }
    let partition = source.partition
    let none = UnsafeBufferPointer<HeaderView>(start: nil, count: 0)
    var held: [(key: [UInt8], value: [UInt8]?)] = []
    func write(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
      if bugs.contains(.commitBeforeFlush) {
        held.append((Array(key), value.map { Array($0) }))
      } else {
        outbox.send(changelog, partition: partition, key: key, value: value, headers: none)
      }
    }
    store.forEachChange { key, value in write(key, value) }
    if !bugs.contains(.lostTimer) {
      timers.forEachChange { key, due in
        guard let due else { return write(key, nil) }
        withUnsafeBytes(of: due.bigEndian) { write(key, $0) }
      }
    }
    for (key, value) in lateChanges {
      key.withUnsafeBytes { key in
        guard let value else {
          return outbox.send(changelog, partition: partition, key: key, value: nil, headers: none)
        }
        value.withUnsafeBytes {
          outbox.send(changelog, partition: partition, key: key, value: $0, headers: none)
        }
      }
    }
    lateChanges = held
    guard var text = header?.text else { return }
    withUnsafeBytes(of: ChangelogTag.header) { key in
      text.withUTF8 { utf8 in
        outbox.send(
          changelog, partition: partition, key: key, value: UnsafeRawBufferPointer(utf8), headers: none)
      }
    }
  }
}
