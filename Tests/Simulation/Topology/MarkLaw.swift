// Owns what has to be true of marks, from the log alone: none speaks of an act whose signal comes after it.
import Events
import Kafka
import Roles
import Streams

/// What was appended to `case-updates` before the time that a mark tells, and led to a signal on the mark's partition,
/// stands before the mark.
struct MarkLaw {
  private let acts = Topic.caseUpdates.rawValue
  private let signals: [Int32: [MemoryRecord]]
  /// When each act was appended.
  private let appended: [TopicPartition: [Int64: Int64]]

  init(_ log: MemoryLog) {
    signals = Dictionary(grouping: log.records(Topic.signals.rawValue), by: \.partition)
    var appended: [TopicPartition: [Int64: Int64]] = [:]
    for record in log.records(acts) {
      appended[TopicPartition(topic: acts, partition: record.partition), default: [:]][record.offset] =
        record.timestamp
    }
    self.appended = appended
  }

  func check() throws(Finding) {
    let decoder = SignalDecoder()
    for (_, records) in signals.sorted(by: { $0.key < $1.key }) {
      // The earliest act of each partition whose signal stands behind the record at hand.
      var earliest: [Int32: (at: Int64, signal: Int64)] = [:]
      for record in records.reversed() {
        if record.isMark {
          for reach in try Self.reaches(of: record, decoder) {
            guard let act = earliest[reach.partition], act.at < reach.until else { continue }
            throw Finding(
              .differs,
              "the mark \(record.partition)@\(record.offset) tells that \(acts)-\(reach.partition) was read through "
                + "\(reach.until), and what came of an act of \(act.at) stands behind it at \(act.signal)")
          }
        } else if record.header("cause-topic") == acts,
          let partition = record.header("cause-partition").flatMap({ Int32($0) }),
          let offset = record.header("cause-offset").flatMap({ Int64($0) }),
          let at = appended[TopicPartition(topic: acts, partition: partition)]?[offset],
          at <= earliest[partition]?.at ?? .max
        {
          earliest[partition] = (at, record.offset)
        }
      }
    }
  }

  private static func reaches(of record: MemoryRecord, _ decoder: SignalDecoder) throws(Finding)
    -> [Mark.Reach]
  {
    let mark = (record.value ?? []).withUnsafeBytes { bytes -> Mark? in
      guard let signal = try? decoder.decode(bytes), case .mark(let mark) = signal.message else { return nil }
      return mark
    }
    guard let mark else { throw Finding(.differs, "a mark that cannot be read: \(record)") }
    return mark.through
  }
}

extension Scenario {
  /// Whether somebody's wall clock is not the log's.
  var hasFalseClocks: Bool {
    disturbances.contains { if case .clock = $0.event { true } else { false } }
  }
}
