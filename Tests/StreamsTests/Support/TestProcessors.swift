// Owns the processors the runtime is tested with: a stateless forwarder and a stateful counter with timers.
import Streams

/// Bytes of a text for the length of a call.
func withBytes<R>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
  var text = text
  return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
}

func text(_ bytes: UnsafeRawBufferPointer?) -> String {
  bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
}

var noHeaders: UnsafeBufferPointer<HeaderView> { UnsafeBufferPointer(start: nil, count: 0) }

extension TaskContext {
  mutating func send(_ output: Int, key: String, _ value: String) {
    withBytes(key) { key in
      withBytes(value) { value in
        send(OutputTopic(index: output), key: key, value: value, headers: noHeaders)
      }
    }
  }
}

/// Forwards every value under its key. Values that begin with a known word do something else.
struct Forwarder: Processor {
  mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
    throws(TaskFailure)
  {
    let value = text(record.value)
    if value.hasPrefix("bad") {
      return context.deadLetter(Refusal(code: "bad-word", field: "text", reason: "it begins with bad"))
    }
    if value.hasPrefix("corrupt") { throw TaskFailure("a corrupt internal record") }
    if value.hasPrefix("huge") {
      return context.send(0, key: "huge", String(repeating: "x", count: 2_000_000))
    }
    context.send(0, key: text(record.key), value)
  }
}

/// Counts records by key in state, publishes `key=n`, and sets a timer that publishes `key!n` once.
struct Counter: Processor {
  var delay: Int64 = 1_000

  mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
    throws(TaskFailure)
  {
    guard let key = record.key else { throw TaskFailure("a record without a key") }
    if text(record.value) == "corrupt" { throw TaskFailure("a corrupt internal record") }
    let count = (Int(text(context.get(key))) ?? 0) + 1
    withBytes("\(count)") { context.put(key, $0) }
    context.journalled()
    context.send(0, key: text(key), "\(text(key))=\(count)")
    context.setTimer(key, due: context.now + delay)
  }

  mutating func fire<C: TaskContext>(
    timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: Void, _ context: inout C
  ) throws(TaskFailure) {
    context.send(0, key: text(key), "\(text(key))!\(text(context.get(key)))")
  }
}

/// Publishes each value with the broadcast that decided, and the epoch.
struct Stamper: Processor {
  mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: String, _ context: inout C)
    throws(TaskFailure)
  {
    context.send(0, key: "k", "\(text(record.value)) by \(broadcast) \(context.epoch)")
  }
}
