// Owns a reader of the in-memory log outside of any group.
import Kafka

/// A reader: for restores, followers and people. Not Sendable: one thread makes every call.
public final class MemoryReader: LogReader {
  private let log: MemoryLog
  private var session: FetchSession
  private var scratch: [HeaderView] = []

  init(log: MemoryLog, _ configuration: ReaderConfiguration) {
    self.log = log
    session = FetchSession(isolation: configuration.isolation)
  }

  public func assign(_ offsets: [TopicPartition: Int64], topics: [String]) throws(KafkaError) {
    var slots: [FetchSession.Slot] = []
    for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) {
      guard let topicIndex = topics.firstIndex(of: partition.topic) else {
        throw MemoryError.make(.invalidArgument, .fatal, "assign \(partition)")
      }
      let place = log.locked { world, _ -> (index: Int, start: Int64)? in
        world.index(of: partition).map { ($0, world.partitions[$0].start) }
      }
      guard let place else { throw MemoryError.make(.unknownPartition, .fatal, "assign \(partition)") }
      slots.append(
        .init(
          topicIndex: topicIndex, coordinates: partition, log: place.index,
          position: max(offset, place.start)))
    }
    session.slots = slots
  }

  public func poll<E: ReaderEvents>(milliseconds: Int, limit: Int, _ events: inout E) -> Int {
    let time = log.configuration.time
    let deadline = time.now &+ Int64(clamping: milliseconds)
    var delivered = 0
    while true {
      var something = false
      var version = 0
      repeat {
        version = log.locked { world, _ in
          session.gather(&world, limit: limit &- delivered) { _, slot throws(KafkaError) in slot.position }
          return world.version
        }
        if !session.batch.isEmpty { something = true }
        delivered &+= deliver(&events)
      } while session.more && delivered < limit
      if something || !time.blocks || time.now >= deadline { return delivered }
      log.wait(since: version, until: deadline)
    }
  }

  private func deliver<E: ReaderEvents>(_ events: inout E) -> Int {
    var delivered = 0
    var index = 0
    var headers = scratch
    scratch = []
    while index < session.batch.count {
      defer { index += 1 }
      guard let delivery = session.take(index) else { continue }
      let slot = session.slots[delivery.slot]
      switch delivery.happening {
      case .record(let record):
        delivered += 1
        record.withView(
          topicIndex: slot.topicIndex, partition: slot.coordinates.partition, scratch: &headers
        ) { events.record($0) }
      case .end(let offset): events.endReached(slot.coordinates, offset: offset)
      case .failed(let error): events.failed(error)
      }
    }
    scratch = headers
    return delivered
  }

  public func bounds(of partition: TopicPartition, _ isolation: Isolation) throws(KafkaError)
    -> Range<Int64>
  {
    let bounds = log.locked { world, _ -> Range<Int64>? in
      world.index(of: partition).map {
        let log = world.partitions[$0]
        return log.start..<max(log.start, log.end(isolation))
      }
    }
    guard let bounds else { throw MemoryError.make(.unknownPartition, .fatal, "bounds of \(partition)") }
    return bounds
  }

  public func offset(of partition: TopicPartition, at milliseconds: Int64) throws(KafkaError) -> Int64 {
    let offset = log.locked { world, _ in
      world.index(of: partition).map { world.partitions[$0].offset(at: milliseconds) }
    }
    guard let offset else { throw MemoryError.make(.unknownPartition, .fatal, "offset of \(partition)") }
    return offset
  }

  public func close() { session.slots = [] }
}
