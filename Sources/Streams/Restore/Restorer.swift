// Owns the restoring of tasks from their changelog, one slice at a time, with a reader outside of the group.
import Kafka

/// Restores the state of tasks.
final class Restorer<Reader: LogReader> {
  /// What became of a task's restore.
  enum Outcome {
    case complete(StreamTask, RestoreProgress)
    case unusable(StreamTask, reason: String)
  }

  private let reader: Reader
  private let changelog: String
  private let bugs: PlantedBugs
  private var inbox = Inbox()
  private var isStale = false

  init(reader: Reader, changelog: String, bugs: PlantedBugs) {
    self.reader = reader
    self.changelog = changelog
    self.bugs = bugs
  }

  var isIdle: Bool { inbox.entries.isEmpty }

  /// Begins to restore a task, whose committed offset has been read already: the order matters.
  func begin(_ task: StreamTask, now: Int64) throws(KafkaError) {
    let partition = TopicPartition(topic: changelog, partition: task.source.partition)
    let start = try reader.bounds(of: partition, .readUncommitted).lowerBound
    let end = try reader.bounds(of: partition, RestoreProgress.end(bugs)).upperBound
    cancel(task)
    inbox.entries.append(
      Entry(task: task, progress: RestoreProgress(start: start, end: max(start, end), at: now)))
    isStale = true
  }

  func cancel(_ task: StreamTask) {
    let before = inbox.entries.count
    inbox.entries.removeAll { $0.task === task }
    if inbox.entries.count != before { isStale = true }
  }

  /// Reads one slice, waiting at most `milliseconds` for the first of it. Returns the tasks that are done.
  func slice(limit: Int, milliseconds: Int) throws(KafkaError) -> [Outcome] {
    // What is done is told before anything is tried that can fail: it is told once.
    let outcomes = settled()
    if !outcomes.isEmpty || inbox.entries.isEmpty { return outcomes }
    if isStale {
      var offsets: [TopicPartition: Int64] = [:]
      for entry in inbox.entries {
        let partition = TopicPartition(topic: changelog, partition: entry.task.source.partition)
        offsets[partition] = entry.progress.position
      }
      try reader.assign(offsets, topics: [changelog])
      isStale = false
    }
    _ = reader.poll(milliseconds: milliseconds, limit: limit, &inbox)
    if let error = inbox.error {
      inbox.error = nil
      isStale = true
      throw error
    }
    return settled()
  }

  func close() { reader.close() }

  private func settled() -> [Outcome] {
    var outcomes: [Outcome] = []
    inbox.entries.removeAll { entry in
      if let reason = entry.fault {
        outcomes.append(.unusable(entry.task, reason: reason))
      } else if entry.progress.isComplete {
        outcomes.append(.complete(entry.task, entry.progress))
      } else {
        return false
      }
      return true
    }
    if !outcomes.isEmpty { isStale = true }
    return outcomes
  }

  private struct Entry {
    let task: StreamTask
    var progress: RestoreProgress
    var fault: String?

    mutating func take(_ record: RecordView) {
      progress.read(record.offset)
      if fault != nil { return }
      guard let key = record.key, let tag = key.first else {
        fault = "the changelog record at offset \(record.offset) has no key"
        return
      }
      let rest = UnsafeRawBufferPointer(rebasing: key[1...])
      do {
        switch tag {
        case ChangelogTag.entry: try task.store?.restore(rest, record.value)
        case ChangelogTag.timer: try restoreTimer(rest, record)
        case ChangelogTag.header: try restoreHeader(record)
        default: throw TaskFailure("tag \(tag) is unknown: it was written by a later release")
        }
      } catch {
        fault = "the changelog record at offset \(record.offset) cannot be restored: \(error)"
      }
    }

    private func restoreTimer(_ key: UnsafeRawBufferPointer, _ record: RecordView) throws {
      guard let value = record.value else {
        try task.timers?.restore(key, due: nil)
        return
      }
      guard value.count == 8 else { throw TaskFailure("a timer's value is not 8 bytes long") }
      try task.timers?.restore(key, due: Int64(bigEndian: value.loadUnaligned(as: Int64.self)))
    }

    private mutating func restoreHeader(_ record: RecordView) throws {
      guard let value = record.value else { throw TaskFailure("the header was deleted") }
      do {
        progress.header = try TaskHeader.parse(String(decoding: value, as: UTF8.self))
      } catch {
        throw TaskFailure(error.advice)
      }
    }
  }

  private struct Inbox: ReaderEvents {
    var entries: [Entry] = []
    var error: KafkaError?

    mutating func record(_ record: RecordView) {
      guard let index = index(record.partition) else { return }
      entries[index].take(record)
    }
    mutating func endReached(_ partition: TopicPartition, offset: Int64) {
      guard let index = index(partition.partition) else { return }
      entries[index].progress.reached(offset)
    }
    mutating func failed(_ error: KafkaError) { self.error = error }

    /// A worker restores a handful of tasks at a time: a scan beats a table.
    private func index(_ partition: Int32) -> Int? {
      entries.firstIndex { $0.task.source.partition == partition }
    }
  }
}
