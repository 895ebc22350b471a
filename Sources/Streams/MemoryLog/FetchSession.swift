// Owns what a member or a reader fetches: its partitions, their positions, and the batch at hand.
import Kafka

/// The positions of one consumer. A position moves record by record as they are delivered, so a pause or a seek
/// inside a delivery takes effect on the very next record.
struct FetchSession {
  struct Slot {
    let topicIndex: Int
    let coordinates: TopicPartition
    /// Index into the world's partitions.
    let log: Int
    /// The next offset to deliver; -1 until it is known.
    var position: Int64
    var paused = false
    /// Failed for want of an offset: silent until a seek.
    var stalled = false
    /// Raised by whatever makes a batch at hand stale.
    var version: UInt32 = 0
    /// Where the end was last announced.
    var announced: Int64 = -1
  }

  enum Happening {
    case record(StoredRecord)
    case end(Int64)
    case failed(KafkaError)
  }

  struct Delivery {
    let slot: Int
    let version: UInt32
    let happening: Happening
  }

  /// How many records one hold of the lock collects.
  private static let batchLimit = 256

  let isolation: Isolation
  var slots: [Slot] = []
  private(set) var batch: [Delivery] = []
  /// Whether more was ready than fitted into the batch.
  private(set) var more = false
  private var turn = 0

  init(isolation: Isolation) { self.isolation = isolation }

  mutating func add(_ slot: Slot) { slots.append(slot) }

  mutating func remove(_ partitions: [TopicPartition]) {
    slots.removeAll { partitions.contains($0.coordinates) }
    batch.removeAll(keepingCapacity: true)
  }

  mutating func update(_ partition: TopicPartition, _ change: (inout Slot) -> Void) -> Bool {
    guard let at = slots.firstIndex(where: { $0.coordinates == partition }) else { return false }
    slots[at].version &+= 1
    slots[at].announced = -1
    change(&slots[at])
    return true
  }

  /// Collects what may be delivered now into `batch`: partitions in turn, each until it is drained.
  /// `resolve` answers where a slot without a position starts; -1 for later.
  mutating func gather(
    _ world: inout World, limit: Int, resolve: (inout World, Slot) throws(KafkaError) -> Int64
  ) {
    batch.removeAll(keepingCapacity: true)
    more = false
    var budget = min(limit, Self.batchLimit)
    guard !slots.isEmpty else { return }
    turn = (turn &+ 1) % slots.count
    for step in slots.indices {
      let at = (turn &+ step) % slots.count
      if slots[at].paused || slots[at].stalled { continue }
      if slots[at].position < 0 {
        do { slots[at].position = try resolve(&world, slots[at]) } catch { fail(at, error) }
        if slots[at].position < 0 { continue }
      }
      scan(at, world.partitions[slots[at].log], &budget)
    }
  }

  private mutating func scan(_ at: Int, _ log: PartitionLog, _ budget: inout Int) {
    let slot = slots[at]
    let stable = log.end(isolation)
    if slot.position < log.start || slot.position > log.end {
      return fail(at, MemoryError.make(.offsetReset, .fatal, "fetch \(slot.coordinates)"))
    }
    // Beyond the last stable offset there is nothing to say yet, not even that the end is reached.
    if slot.position > stable || slot.announced == stable { return }
    var index = log.index(atOrAfter: slot.position)
    while index < log.records.count {
      let record = log.records[index]
      if record.offset >= stable { break }
      if record.isControl || (record.kind == .aborted && isolation == .readCommitted) {
        index &+= 1
        continue
      }
      if budget <= 0 {
        more = true
        return
      }
      budget &-= 1
      index &+= 1
      batch.append(Delivery(slot: at, version: slot.version, happening: .record(record)))
    }
    batch.append(Delivery(slot: at, version: slot.version, happening: .end(stable)))
  }

  private mutating func fail(_ at: Int, _ error: KafkaError) {
    slots[at].stalled = true
    batch.append(Delivery(slot: at, version: slots[at].version, happening: .failed(error)))
  }

  /// The delivery at hand, with the position moved over it; nil when it went stale in the meantime.
  mutating func take(_ index: Int) -> Delivery? {
    guard index < batch.count else { return nil }
    let delivery = batch[index]
    guard delivery.slot < slots.count, slots[delivery.slot].version == delivery.version else { return nil }
    switch delivery.happening {
    case .record(let record): slots[delivery.slot].position = record.offset &+ 1
    case .end(let offset):
      slots[delivery.slot].position = offset
      slots[delivery.slot].announced = offset
    case .failed: break
    }
    return delivery
  }
}
