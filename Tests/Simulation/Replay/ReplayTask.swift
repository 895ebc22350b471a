// Owns a task outside of any runtime: state, timers and outputs in plain collections, for deciding again what was decided.
import Kafka
import Streams

/// What a processor sees while its decisions are made again. It knows nothing of transactions: every call counts.
final class ReplayTask {
  /// A record that was published.
  struct Output: Hashable {
    let topic: Int
    let key: [UInt8]?
    let value: [UInt8]?
    let headers: [MemoryRecord.Header]
  }

  /// Bytes that stay where they are for as long as somebody has them.
  private final class Bytes {
    let buffer: UnsafeMutableRawBufferPointer
    init(_ source: UnsafeRawBufferPointer) {
      buffer = .allocate(byteCount: max(1, source.count), alignment: 8)
      buffer.copyMemory(from: source)
      count = source.count
    }
    deinit { buffer.deallocate() }
    private let count: Int
    var view: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
  }

  struct Timer: Hashable, Comparable {
    let due: Int64
    let key: [UInt8]
    static func < (a: Self, b: Self) -> Bool {
      a.due != b.due ? a.due < b.due : a.key.lexicographicallyPrecedes(b.key)
    }
  }

  private var entries: [[UInt8]: Bytes] = [:]
  private var due: [[UInt8]: Int64] = [:]
  /// What was lent last stays until the next call.
  private var lent: Bytes?
  private(set) var outputs: [Output] = []
  private(set) var journalled = 0
  private(set) var refusals = 0

  /// The timer that fires next.
  var firstTimer: Timer? { due.lazy.map { Timer(due: $1, key: $0) }.min() }

  /// Takes the first timer: it is no longer set.
  func pop() -> Timer? {
    guard let timer = firstTimer else { return nil }
    due[timer.key] = nil
    return timer
  }

  func takeOutputs() -> [Output] {
    defer { outputs = [] }
    return outputs
  }

  /// Entries and timers as a changelog holds them: the tag first.
  var changelog: [[UInt8]: [UInt8]] {
    var all: [[UInt8]: [UInt8]] = [:]
    for (key, value) in entries { all[[ChangelogKey.entry] + key] = Array(value.view) }
    for (key, due) in due {
      all[[ChangelogKey.timer] + key] = withUnsafeBytes(of: due.bigEndian) { Array($0) }
    }
    return all
  }

  /// The value under a key, lent until the next call.
  func value(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? { get(key) }

  fileprivate func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    lent = entries[Array(key)]
    return lent?.view
  }
  fileprivate func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
    entries[Array(key)] = value.map(Bytes.init)
  }
  fileprivate func set(_ key: UnsafeRawBufferPointer, _ time: Int64?) { due[Array(key)] = time }
  fileprivate func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    for (key, value) in entries where key.first == first { body(value.view) }
  }
  fileprivate func publish(_ output: Output) { outputs.append(output) }
  fileprivate func count() { journalled += 1 }
  fileprivate func refuse() { refusals += 1 }
}

/// The context of one decision that is made again.
struct ReplayContext: TaskContext {
  let task: ReplayTask
  let source: TopicPartition
  let now: Int64
  let epoch: Int64

  mutating func send(
    _ output: OutputTopic, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) {
    task.publish(
      ReplayTask.Output(
        topic: output.index, key: key.map { Array($0) }, value: value.map { Array($0) },
        headers: headers.map {
          MemoryRecord.Header(String(decoding: $0.name, as: UTF8.self), $0.value.map { Array($0) })
        }))
  }
  mutating func deadLetter(_ refusal: Refusal) { task.refuse() }
  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? { task.get(key) }
  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) { task.put(key, value) }
  mutating func delete(_ key: UnsafeRawBufferPointer) { task.put(key, nil) }
  mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    task.forEachValue(keyed: first, body)
  }
  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) { task.set(key, due) }
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer) { task.set(key, nil) }
  mutating func passOver() {}
  mutating func journalled() { task.count() }
  mutating func count(_ counter: Int) {}
}
