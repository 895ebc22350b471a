// Owns everything an in-memory log holds, behind its one lock: topics, groups, transactions, and what is due.
import Kafka

/// The state of an in-memory log. Every entry point first calls `tick`, so that what time alone brings about has
/// happened before anything else does.
struct World {
  struct Topic {
    let first: Int
    let count: Int32
  }

  /// A fault that a test ordered for a call to come.
  private struct Ordered {
    let fault: Fault
    let point: FaultPoint
    let transactionalID: String?
  }

  let configuration: MemoryLog.Configuration
  private(set) var topics: [String: Topic] = [:]
  var partitions: [PartitionLog] = []
  var groups: [String: GroupState] = [:]
  private(set) var transactions = TransactionCoordinator()
  var faults: FaultPlan
  private var ordered: [Ordered] = []
  private var keyless: Int32 = 0
  /// Nothing is due before this moment.
  private(set) var nextDeadline = Int64.max
  /// Counts changes that somebody may be waiting for.
  private(set) var version = 0

  init(_ configuration: MemoryLog.Configuration) {
    self.configuration = configuration
    faults = configuration.faults
  }

  // MARK: Topics

  mutating func createTopic(_ name: String, partitions count: Int32, _ settings: MemoryTopic) {
    guard topics[name] == nil, count > 0 else { return }
    topics[name] = Topic(first: partitions.count, count: count)
    for partition in 0..<count {
      partitions.append(
        PartitionLog(coordinates: TopicPartition(topic: name, partition: partition), settings: settings))
    }
    version &+= 1
  }

  func index(of partition: TopicPartition) -> Int? {
    guard let topic = topics[partition.topic], (0..<topic.count).contains(partition.partition) else {
      return nil
    }
    return topic.first + Int(partition.partition)
  }

  func indices(of topic: String) -> Range<Int> {
    topics[topic].map { $0.first..<$0.first + Int($0.count) } ?? 0..<0
  }

  /// Where a record goes: where it is told to, or by its key; records without one take turns.
  mutating func partition(of topic: Topic, explicit: Int32?, key: UnsafeRawBufferPointer?) -> Int? {
    if let explicit {
      return (0..<topic.count).contains(explicit) ? topic.first + Int(explicit) : nil
    }
    guard let key else {
      keyless = (keyless &+ 1) & Int32.max
      return topic.first + Int(keyless % topic.count)
    }
    return topic.first + Int(Murmur2.partition(of: key, count: topic.count))
  }

  mutating func append(
    to index: Int, producer: Int32, timestamp: Int64, key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>
  ) -> Int64 {
    version &+= 1
    return partitions[index].append(
      producer: producer, timestamp: timestamp, key: key, value: value, headers: headers)
  }

  // MARK: Time

  /// Does what is due. Cheap when nothing is.
  mutating func tick(now: Int64) {
    guard now >= nextDeadline else { return }
    let (markers, next) = transactions.tick(now: now, timeout: configuration.transactionTimeout)
    nextDeadline = next
    write(markers, now: now)
    for name in groups.keys.sorted() {
      guard var group = groups.removeValue(forKey: name) else { continue }
      let ends = group.expire(now: now, sessionTimeout: configuration.sessionTimeout)
      groups[name] = group
      nextDeadline = min(nextDeadline, ends)
    }
    version &+= 1
  }

  /// Writes every marker that is still missing, and lets late commits arrive.
  mutating func settle(now: Int64) {
    let (markers, _) = transactions.tick(
      now: now, timeout: configuration.transactionTimeout, all: true)
    write(markers, now: now)
  }

  mutating func wake(at deadline: Int64) { nextDeadline = min(nextDeadline, deadline) }

  private mutating func write(_ markers: [TransactionCoordinator.Marker], now: Int64) {
    for marker in markers {
      switch marker {
      case .partition(let index, let producer, let committed):
        partitions[index].mark(producer: producer, committed: committed, timestamp: now)
      case .group(let name, let producer, let committed):
        groups[name]?.resolve(producer: producer, committed: committed)
      }
    }
    if !markers.isEmpty { version &+= 1 }
  }

  // MARK: Groups

  /// Changes one group, in place. A sign of life alone is no change that anybody waits for.
  mutating func group<R>(_ name: String, _ body: (inout GroupState) -> R) -> R {
    let before = groups[name]?.round
    defer { if groups[name]?.round != before { version &+= 1 } }
    return body(&groups[name, default: GroupState()])
  }

  /// Committed offsets, stable ones only. What a decided transaction holds is decided now, in the group's log
  /// alone; nil while an open one holds some of it.
  mutating func committed(_ group: String, _ partitions: [TopicPartition], now: Int64)
    -> [TopicPartition: CommittedOffset]?
  {
    guard let state = groups[group] else { return [:] }
    if !state.pending.isEmpty {
      for producer in state.holders(of: partitions) {
        guard let marker = transactions.finishGroup(group, of: producer) else { return nil }
        write([marker], now: now)
      }
    }
    var answer: [TopicPartition: CommittedOffset] = [:]
    for partition in partitions { answer[partition] = groups[group]?.committed[partition] }
    return answer
  }

  // MARK: Transactions

  mutating func initialise(_ transactionalID: String, now: Int64) -> (producer: Int32, epoch: Int32) {
    let (producer, epoch, markers) = transactions.initialise(transactionalID, now: now)
    write(markers, now: now)
    return (producer, epoch)
  }

  mutating func fence(_ producer: Int32, now: Int64) {
    write(transactions.fence(producer, now: now), now: now)
  }

  mutating func add(_ producer: Int32, partition: Int, now: Int64) {
    write(transactions.add(producer, partition: partition, now: now), now: now)
    wake(at: now &+ configuration.transactionTimeout)
  }

  mutating func add(
    _ producer: Int32, group: String, offsets: [TopicPartition: CommittedOffset], now: Int64
  ) {
    write(transactions.add(producer, group: group, now: now), now: now)
    groups[group, default: GroupState()].stage(offsets, producer: producer)
    wake(at: now &+ configuration.transactionTimeout)
  }

  mutating func end(_ producer: Int32, committed: Bool, markersAfter delay: Int64, now: Int64) {
    let due = now.addingReportingOverflow(max(0, delay))
    transactions.end(producer, committed: committed, due: due.overflow ? .max : due.partialValue)
    if delay <= 0 { write(transactions.finish(producer), now: now) }
    wake(at: due.overflow ? .max : due.partialValue)
    version &+= 1
  }

  mutating func commitLater(_ producer: Int32, epoch: Int32, after delay: Int64, now: Int64) {
    transactions.commitLater(producer, epoch: epoch, due: now &+ max(1, delay))
    wake(at: now &+ max(1, delay))
  }

  // MARK: Faults

  mutating func order(_ fault: Fault, at point: FaultPoint, transactionalID: String?) {
    ordered.append(Ordered(fault: fault, point: point, transactionalID: transactionalID))
  }

  /// Takes back every fault that was ordered and has not struck.
  mutating func recall() { ordered = [] }

  /// The fault of the call at hand: one that was ordered, else one the plan draws.
  mutating func fault(_ point: FaultPoint, _ transactionalID: String) -> Fault? {
    if !ordered.isEmpty,
      let at = ordered.firstIndex(where: {
        $0.point == point && ($0.transactionalID ?? transactionalID) == transactionalID
      })
    {
      return ordered.remove(at: at).fault
    }
    return faults.draw(point)
  }
}
