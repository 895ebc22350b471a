// Owns deciding again: what a journal says was decided, in its order, at its times and under its policies, has to come
// out the same, byte for byte.
import Kafka
import Streams

/// One decision as a journal records it.
package struct JournalledDecision: Sendable, Hashable {
  package enum Cause: Sendable, Hashable {
    /// The record of the source partition at an offset.
    case record(offset: Int64)
    /// A timer that was due then, and what had been heard when it fired; nil where nobody tells.
    case timer(due: Int64, heardUntil: Int64? = nil)
  }

  /// Gapless in a task, from 1.
  package var number: Int64
  /// The task's clock.
  package var at: Int64
  package var epoch: Int64
  package var cause: Cause

  package init(number: Int64, at: Int64, epoch: Int64, cause: Cause) {
    self.number = number
    self.at = at
    self.epoch = epoch
    self.cause = cause
  }
}

/// Records about which nothing is decided, so that no journal says when they were handled.
struct Marks {
  /// Whether a record is one.
  let `is`: (MemoryRecord) -> Bool
  /// What they have told a task so far.
  let heardUntil: (ReplayTask) throws(TaskFailure) -> Int64?

  static var none: Marks { Marks(is: { _ in false }, heardUntil: { _ throws(TaskFailure) in nil }) }
}

/// Timers of which no journal tells, because they only take out of the state what nobody asks for any more. When they
/// fire, they leave the same whenever they do.
struct SilentTimers {
  /// Whether the task's first timer is one.
  let `is`: (ReplayTask, ReplayTask.Timer) throws(TaskFailure) -> Bool
  /// The task's clock at the end.
  let until: Int64

  static var none: SilentTimers { SilentTimers(is: { _, _ throws(TaskFailure) in false }, until: .min) }
}

/// Decides again.
///
/// What was decided under faults depends on when: a timer that fires late finds another world. The journal says when,
/// so there is one right answer: a task that decides the same inputs in the journal's order, at its times, publishes
/// the same records and is left with the same state. Whatever was lost, doubled, decided by torn state or under two
/// policies shows as a difference.
struct Replayer<P: Processor> {
  let source: TopicPartition
  let makeProcessor: () -> P
  /// Nil for an epoch that was never published.
  let policy: (_ epoch: Int64) -> P.Broadcast?
  var marks = Marks.none
  var silent = SilentTimers.none

  /// What a task comes to.
  struct Result {
    var outputs: [ReplayTask.Output] = []
    var task = ReplayTask()
  }

  /// - Parameters:
  ///   - records: The committed records of the partition, by offset.
  ///   - journal: By number.
  func replay(_ records: [MemoryRecord], _ journal: [JournalledDecision]) throws(Finding) -> Result {
    var result = Result()
    var processor = makeProcessor()
    var rest = records[...]
    var clock = Int64.min
    for (index, decision) in journal.enumerated() {
      guard decision.number == Int64(index) + 1 else {
        throw Finding(
          decision.number <= Int64(index) ? .doubled : .lost,
          "journal of \(source): number \(decision.number) in place \(index + 1)")
      }
      if decision.at < clock {
        throw Finding(.differs, "journal of \(source): time goes back at number \(decision.number)")
      }
      let before = clock
      clock = decision.at
      guard let broadcast = policy(decision.epoch) else {
        throw Finding(.policy, "journal of \(source): number \(decision.number) under an unknown epoch")
      }
      var context = ReplayContext(
        task: result.task, source: source, now: decision.at, epoch: decision.epoch)
      do throws(TaskFailure) {
        try forget(until: decision.at, before, &processor, broadcast, context)
        switch decision.cause {
        case .record(let offset):
          while let mark = rest.first, mark.offset < offset, marks.is(mark) {
            try hear(&rest, before, &processor, broadcast, context)
          }
          let record = try take(offset, &rest, decision, result.task)
          try record.withView { view throws(TaskFailure) in
            try processor.process(view, broadcast, &context)
          }
        case .timer(let due, let heardUntil):
          while try marks.heardUntil(result.task) != heardUntil {
            try hear(&rest, before, &processor, broadcast, context)
          }
          let timer = try take(due, decision, result.task)
          try timer.key.lend { key throws(TaskFailure) in
            try processor.fire(timer: key, due: timer.due, broadcast, &context)
          }
        }
      } catch {
        throw Finding(.differs, "journal of \(source), number \(decision.number): \(error)")
      }
      result.outputs += result.task.takeOutputs()
    }
    while let mark = rest.first, marks.is(mark), let broadcast = policy(journal.last?.epoch ?? 0) {
      do throws(TaskFailure) {
        let context = ReplayContext(
          task: result.task, source: source, now: clock, epoch: journal.last?.epoch ?? 0)
        try hear(&rest, clock, &processor, broadcast, context)
      } catch {
        throw Finding(.differs, "\(source), behind its journal: \(error)")
      }
    }
    if let broadcast = policy(journal.last?.epoch ?? 0) {
      do throws(TaskFailure) {
        let context = ReplayContext(
          task: result.task, source: source, now: clock, epoch: journal.last?.epoch ?? 0)
        try forget(until: silent.until, clock, &processor, broadcast, context)
      } catch {
        throw Finding(.differs, "\(source), behind its journal: \(error)")
      }
    }
    if let first = rest.first {
      throw Finding(.lost, "\(source): the record at \(first.offset) has no journal record")
    }
    return result
  }

  /// Handles the next record, a mark. As of any record, what was due by its time has fired before it.
  private func hear(
    _ rest: inout ArraySlice<MemoryRecord>, _ clock: Int64, _ processor: inout P, _ broadcast: P.Broadcast,
    _ context: ReplayContext
  ) throws(TaskFailure) {
    guard let mark = rest.first, marks.is(mark) else {
      throw TaskFailure("it had heard more than the marks before it tell, or less")
    }
    if let timer = context.task.firstTimer, timer.due <= max(clock, mark.timestamp) {
      throw TaskFailure(
        "the timer due at \(timer.due) was due before the mark at \(mark.offset), and did not fire")
    }
    rest = rest.dropFirst()
    var context = context
    try mark.withView { view throws(TaskFailure) in try processor.process(view, broadcast, &context) }
  }

  /// Fires the silent timers that were due by a time and come before any other.
  private func forget(
    until time: Int64, _ clock: Int64, _ processor: inout P, _ broadcast: P.Broadcast,
    _ context: ReplayContext
  ) throws(TaskFailure) {
    while let timer = context.task.firstTimer, timer.due <= time, try silent.is(context.task, timer) {
      var context = ReplayContext(
        task: context.task, source: source, now: max(clock, timer.due), epoch: context.epoch)
      _ = context.task.pop()
      try timer.key.lend { key throws(TaskFailure) in
        try processor.fire(timer: key, due: timer.due, broadcast, &context)
      }
    }
  }

  private func take(
    _ offset: Int64, _ rest: inout ArraySlice<MemoryRecord>, _ decision: JournalledDecision,
    _ task: ReplayTask
  ) throws(TaskFailure) -> MemoryRecord {
    guard let record = rest.first, record.offset == offset else {
      throw TaskFailure(
        "it is about the record at \(offset), and the next one is "
          + (rest.first.map { "at \($0.offset)" } ?? "none"))
    }
    // What is due by the time of a record fires before it.
    if let timer = task.firstTimer, timer.due <= decision.at {
      throw TaskFailure(
        "the timer due at \(timer.due) was due before the record at \(offset), and did not fire")
    }
    rest = rest.dropFirst()
    return record
  }

  private func take(_ due: Int64, _ decision: JournalledDecision, _ task: ReplayTask) throws(TaskFailure)
    -> ReplayTask.Timer
  {
    guard let timer = task.firstTimer, timer.due == due, due <= decision.at else {
      throw TaskFailure(
        "a timer due at \(due) fired at \(decision.at), and the next one is due at "
          + (task.firstTimer.map { String($0.due) } ?? "no time"))
    }
    return task.pop() ?? timer
  }
}

extension Array where Element == UInt8 {
  /// Lends the bytes.
  func lend<R>(_ body: (UnsafeRawBufferPointer) throws(TaskFailure) -> R) throws(TaskFailure) -> R {
    var failure: TaskFailure?
    let result: R? = withUnsafeBytes { bytes in
      do throws(TaskFailure) { return try body(bytes) } catch {
        failure = error
        return nil
      }
    }
    guard let result else { throw failure ?? TaskFailure("nothing was lent") }
    return result
  }
}

extension MemoryRecord {
  /// The record as a processor sees it.
  func withView(_ body: (RecordView) throws(TaskFailure) -> Void) throws(TaskFailure) {
    var bytes: [UInt8] = []
    var spans: [Range<Int>?] = []
    func add(_ part: [UInt8]?) {
      guard let part else { return spans.append(nil) }
      spans.append(bytes.count..<bytes.count + part.count)
      bytes += part
    }
    add(key)
    add(value)
    for header in headers {
      add(Array(header.name.utf8))
      add(header.value)
    }
    // Parsers read a few bytes past the end of a text.
    bytes += [UInt8](repeating: 0, count: 64)
    try bytes.lend { all throws(TaskFailure) in
      func piece(_ index: Int) -> UnsafeRawBufferPointer? {
        spans[index].map { UnsafeRawBufferPointer(rebasing: all[$0]) }
      }
      let views = headers.indices.map { index in
        HeaderView(
          name: piece(2 + 2 * index) ?? UnsafeRawBufferPointer(start: nil, count: 0),
          value: piece(3 + 2 * index))
      }
      var failure: TaskFailure?
      views.withUnsafeBufferPointer { views in
        do throws(TaskFailure) {
          try body(
            RecordView(
              topicIndex: 0, partition: partition, offset: offset, timestamp: timestamp, key: piece(0),
              value: piece(1), headers: views))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
  }
}
