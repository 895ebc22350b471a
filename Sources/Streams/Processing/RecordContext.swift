// Owns what a processor can do while it handles one record or timer, and the rules it must keep.

/// Where a role's own topics stand among the outputs of its member.
struct OutputPlan: Sendable, Hashable {
  let outputs: Int
  let deadLetters: Int?
  let changelog: Int?
  /// All topics, in the order of their indexes.
  let topics: [String]

  init(_ role: RoleDefinition) {
    var topics = role.outputs
    outputs = topics.count
    deadLetters = role.deadLetters.map { topic in
      topics.append(topic)
      return topics.count - 1
    }
    changelog = role.changelog.map { topic in
      topics.append(topic)
      return topics.count - 1
    }
    self.topics = topics
  }
}

/// The context of one record or timer. A worker has one and sets it anew for each: a reference, so that passing it on
/// costs nothing.
final class RecordContext<Member: LogMember>: TaskContext {
  let outbox: Outbox<Member>
  private let plan: OutputPlan
  private let letters: DeadLetterOffice
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var task: StreamTask
  @exclusivity(unchecked) private(set) var now: Int64 = 0
  @exclusivity(unchecked) private(set) var epoch: Int64 = 0
  /// Nil for a timer.
  @exclusivity(unchecked) private var record: RecordView?
  @exclusivity(unchecked) private(set) var hasSent = false
  @exclusivity(unchecked) private(set) var isRefused = false
  @exclusivity(unchecked) private(set) var isPassedOver = false

  init(_ task: StreamTask, outbox: Outbox<Member>, plan: OutputPlan, letters: DeadLetterOffice) {
    self.task = task
    self.outbox = outbox
    self.plan = plan
    self.letters = letters
  }

  /// The next record, or a timer.
  func begin(_ task: StreamTask, epoch: Int64, _ record: RecordView?) {
    if self.task !== task { self.task = task }
    now = task.clock.now
    self.epoch = epoch
    self.record = record
    hasSent = false
    isRefused = false
    isPassedOver = false
  }

  var source: TopicPartition { task.source }

  func send(
    _ output: OutputTopic, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) {
    guard output.index >= 0 && output.index < plan.outputs else {
      outbox.fail(TaskFailure("output \(output.index) is not declared by the role"))
      return
    }
    hasSent = true
    outbox.send(output.index, partition: nil, key: key, value: value, headers: headers)
  }

  func deadLetter(_ refusal: Refusal) {
    guard let record, let topic = plan.deadLetters else {
      outbox.fail(
        TaskFailure(
          self.record == nil
            ? "a timer has no record to refuse" : "the role refuses a record but has no dead letters"))
      return
    }
    if isRefused {
      outbox.fail(TaskFailure("a record is refused twice"))
      return
    }
    isRefused = true
    letters.send(record, refusal, source: task.source, epoch: epoch, topic: topic, outbox)
  }

  func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    task.store?.get(key)
  }

  func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    guard let store = task.store else { return outbox.fail(Self.stateless) }
    do { try store.put(key, value) } catch { outbox.fail(Self.full(error)) }
  }

  func delete(_ key: UnsafeRawBufferPointer) {
    guard let store = task.store else { return outbox.fail(Self.stateless) }
    store.delete(key)
  }

  func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    task.store?.forEachValue(keyed: first, body)
  }

  func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) {
    guard let timers = task.timers else { return outbox.fail(Self.stateless) }
    // The smallest number stands for a timer that is not set.
    do { try timers.set(key, due: max(due, .min + 1)) } catch { outbox.fail(Self.full(error)) }
  }

  func cancelTimer(_ key: UnsafeRawBufferPointer) {
    guard let timers = task.timers else { return outbox.fail(Self.stateless) }
    timers.cancel(key)
  }

  func passOver() { isPassedOver = true }

  func journalled() { task.counters.journalled &+= 1 }

  func count(_ counter: Int) { outbox.count(counter) }

  private static var stateless: TaskFailure {
    TaskFailure("the role keeps state but has no changelog")
  }

  private static func full(_ cap: StateCap) -> TaskFailure {
    switch cap {
    case .entries: TaskFailure("the task holds as many entries as its cap allows")
    case .bytes: TaskFailure("the task's state takes as many bytes as its cap allows")
    case .timers: TaskFailure("the task holds as many timers as its cap allows")
    }
  }
}

/// Sends dead letters; one for each worker.
final class DeadLetterOffice {
  private var builder: DeadLetterBuilder

  init(role: String) { builder = DeadLetterBuilder(role: role) }

  /// Sends the record as a dead letter. A value that leaves no room for the reason is cut, and the header
  /// `truncated-from` says so: the coordinates lead to the original.
  func send<Member: LogMember>(
    _ record: RecordView, _ refusal: Refusal, source: TopicPartition, epoch: Int64, topic: Int,
    _ outbox: Outbox<Member>
  ) {
    outbox.refused(refusal.code)
    var room = Int.max
    builder.build(record, source: source, refusal: refusal, epoch: epoch, truncatedFrom: nil) { headers in
      room = outbox.room(key: record.key, headers: headers)
      guard record.value.map({ $0.count <= room }) ?? true else { return }
      outbox.send(topic, partition: nil, key: record.key, value: record.value, headers: headers)
    }
    guard let value = record.value, value.count > room else { return }
    // Sixty bytes hold the header that says so.
    let cut = UnsafeRawBufferPointer(rebasing: value[..<max(0, min(value.count, room &- 60))])
    builder.build(
      record, source: source, refusal: refusal, epoch: epoch, truncatedFrom: value.count
    ) { headers in
      outbox.send(topic, partition: nil, key: record.key, value: cut, headers: headers)
    }
  }
}
