// Owns knowing what is decided by now: every signal that is committed, and whether casework has journalled it.
import Foundation
import Roles
import Streams

/// Follows signals and the journal, read committed, on a thread of its own.
package final class DecisionFollower: @unchecked Sendable {
  // Unchecked: what is mutable is read and written under `lock`.
  private let lock = NSLock()
  private var isStopped = false
  private var causes: Set<String> = []
  private var open: Set<Referee.Cause> = []
  private var journalled: Set<Referee.Cause> = []
  private var changedAt = ContinuousClock.now
  private let done = DispatchSemaphore(value: 0)

  /// What one role commits together is read from several partitions, and not at one moment.
  private static let quiet = Duration.milliseconds(250)

  package init(log: KafkaLog, prefix: String) {
    let topics = [Topic.signals, .caseJournal].map { $0.name(prefix: prefix) }
    Thread.detachNewThread { [self] in
      while !stopped {
        // Begun anew it sees everything again, which changes nothing.
        try? RecordScan(log).follow(topics, from: .earliest, until: { self.stopped }) { record in
          self.see(record, isSignal: record.partition.topic == topics[0])
          return true
        }
      }
      done.signal()
    }
  }

  package func stop() {
    lock.withLock { isStopped = true }
    done.wait()
  }

  private var stopped: Bool { lock.withLock { isStopped } }

  /// Whether each of these events has a signal, and nothing that was signalled waits for casework.
  package func isSettled(_ ids: some Collection<String>) -> Bool {
    lock.withLock {
      open.isEmpty && ContinuousClock.now - changedAt > Self.quiet && ids.allSatisfy { causes.contains($0) }
    }
  }

  private func see(_ record: ScannedRecord, isSignal: Bool) {
    guard !record.isMark, let json = record.value.flatMap(jsonObject) else { return }
    let place = Referee.Cause(
      topic: record.partition.topic, partition: record.partition.partition, offset: record.offset)
    lock.withLock {
      changedAt = .now
      if isSignal {
        if let id = json["causeId"] as? String { causes.insert(id) }
        if !journalled.contains(place) { open.insert(place) }
      } else if let cause = json["cause"] as? [String: Any], let topic = cause["topic"] as? String,
        let partition = cause["partition"] as? Int, let offset = cause["offset"] as? Int
      {
        let cause = Referee.Cause(topic: topic, partition: Int32(clamping: partition), offset: Int64(offset))
        journalled.insert(cause)
        open.remove(cause)
      }
    }
  }
}

/// The JSON object that bytes are; nil when they are none.
func jsonObject(_ bytes: [UInt8]) -> [String: Any]? {
  try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
}
