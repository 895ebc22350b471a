// Owns what a run left behind, as far as two runs have to be equal in it.
import Kafka
import Streams

/// What is compared. Two runs over the same input, record by record at the same append times, are equal when
///
/// - every output topic and the dead letters hold the same records: from each source partition the same sequence on
///   each output partition, **byte for byte**: key, value, headers with their names and order;
/// - the changelog, compacted, holds the same entries and timers;
/// - the group stands at the same offsets with the same counters.
///
/// Not compared, because they tell when and not what: offsets and append times of outputs, the clock and the number of
/// transactions in a task's header. Not compared, because a log promises no order between partitions: how records that
/// came of different source partitions interleave on one output partition. Between timers of different keys the order
/// depends on clocks: they are compared key by key (`OutputOrder`).
///
/// Where policies change in the middle, no two runs switch at the same record. Each record names the epoch that
/// decided it; it has to be, byte for byte, the one of the undisturbed run **under that policy from the start**.
package struct Outcome: Sendable {
  /// What is one sequence.
  package struct Stream: Sendable, Hashable, Comparable, CustomStringConvertible {
    let topic: String
    let partition: Int32
    let source: String
    let sourcePartition: Int32
    /// The key where only that has an order.
    let key: String

    package static func < (a: Self, b: Self) -> Bool {
      (a.topic, a.partition, a.source, a.sourcePartition, a.key)
        < (b.topic, b.partition, b.source, b.sourcePartition, b.key)
    }

    package var description: String {
      "\(topic)-\(partition) from \(source)-\(sourcePartition)" + (key.isEmpty ? "" : " key \(key)")
    }
  }

  /// One committed record.
  package struct Output: Sendable, Hashable {
    let record: MemoryRecord
    let epoch: Int
    /// Offset of the record that led to it; nil for a timer's.
    let cause: Int64?

    /// What it is about, whoever decided it: to tell lost from doubled.
    var identity: String { cause.map { "what came of input \($0)" } ?? record.valueText ?? "" }

    /// Everything but place and time.
    func isSame(as other: Output) -> Bool {
      record.key == other.record.key && record.value == other.record.value
        && record.headers == other.record.headers
    }

    var text: String {
      let headers = record.headers.map {
        "\($0.name)=\($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "-")"
      }
      return
        "\(record.keyText ?? "-") = \((record.valueText ?? "-").prefix(400)) [\(headers.joined(separator: " "))]"
    }
  }

  /// What a task's header says, apart from what depends on how transactions were cut and when.
  package struct Position: Sendable, Hashable {
    let next: Int64
    let counters: TaskCounters
  }

  package private(set) var streams: [Stream: [Output]] = [:]
  package private(set) var state: [Int32: [[UInt8]: [UInt8]]] = [:]
  package private(set) var positions: [TopicPartition: Position] = [:]

  /// The epochs that decided something.
  var epochs: Set<Int> { Set(streams.values.flatMap { $0.map(\.epoch) }) }

  /// - Parameter byKey: Whether timers of the topic are compared key by key.
  init<W: Workload>(of world: World<W>) throws(Finding) {
    let role = world.roles[0].definition
    for topic in role.outputs + (role.deadLetters.map { [$0] } ?? []) {
      let isByKey = world.workload.order(of: topic) != .bySource
      // An answer that a timer led to has no cause; it is judged with the others (`BudgetLaw`).
      for record in world.log.records(topic)
      where !record.isMark && record.header("ce_source") != BudgetLaw.source {
        try add(record, topic, isByKey, of: role.sources)
      }
    }
    if let changelog = role.changelog {
      for (partition, entries) in world.log.compacted(changelog) {
        state[partition] = entries.filter { $0.key.first != ChangelogKey.header }
      }
    }
    for (source, offset) in world.log.groupOffsets(role.group) {
      guard let header = try? TaskHeader.parse(offset.metadata) else { continue }
      positions[source] = Position(next: offset.offset, counters: header.counters)
    }
  }

  private mutating func add(_ record: MemoryRecord, _ topic: String, _ isByKey: Bool, of sources: [String])
    throws(Finding)
  {
    guard let source = record.header("cause-topic"),
      let partition = record.header("cause-partition").flatMap({ Int32($0) }),
      let epoch = record.header("epoch").flatMap({ Int($0) })
    else { throw Finding(.differs, "\(topic): a record without its cause or epoch: \(record)") }
    // What another role wrote there is judged elsewhere.
    guard sources.contains(source) else { return }
    let stream = Stream(
      topic: topic, partition: record.partition, source: source, sourcePartition: partition,
      key: isByKey ? record.keyText ?? "" : "")
    let cause = record.header("cause-offset").flatMap { Int64($0) }
    streams[stream, default: []].append(Output(record: record, epoch: epoch, cause: cause))
  }
}
