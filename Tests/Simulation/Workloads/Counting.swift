// Owns the stateful workload: it deduplicates, counts, reminds, and says when a key has been silent.
import Kafka
import Streams

/// Counts records by key. Of each record that is not a copy of one before it:
///
/// | topic | what | judged |
/// |---|---|---|
/// | `counts` | the key's new count, at once | in one order by source partition |
/// | `reminders` | the same count again, some time later, from a timer of its own | in one order by key |
/// | `silences` | the last count, from a timer that every record of the key moves, hours later | in one order by key |
/// | `idle` | the count at that time, from such a timer with a short delay | as `IdleRule` says |
///
/// What was seen is forgotten after an hour, by timers too, so that entries are deleted as well as written.
package struct Counting: Workload {
  package let name = WorkloadName.count
  package let policies: [[UInt8]] = ["red", "green"].map { Array($0.utf8) }

  package init() {}

  package var inputs: Inputs {
    Inputs { keys, badPerMille, _ in
      var number = 0
      return InputDrawer { random in
        number += 1
        let word =
          random.chance(perMille: badPerMille) ? "bad" : random.below(6) == 0 ? "quiet" : "tick"
        return ("in", "k\(random.below(keys))", Array("\(word) \(number)".utf8))
      }
    }
  }

  package func deploy(on log: MemoryLog, _ shape: Shape, bug: PlantedBug?) throws -> [SimulatedRole] {
    log.createTopic("in", partitions: shape.partitions, MemoryTopic(timestamps: .logAppend))
    for topic in ["counts", "reminders", "silences", "idle"] {
      log.createTopic(topic, partitions: shape.partitions)
    }
    log.createTopic("changes", partitions: shape.partitions, MemoryTopic(compactEvery: shape.compactEvery))
    log.createTopic("dead")
    log.createTopic("policy")
    try log.setStart(group: "count", topics: ["in"])
    let forgetful = bug == .dedupeOutside
    return [
      SimulatedRole(
        Role(
          RoleDefinition(
            name: "count", group: "count", sources: ["in"],
            outputs: ["counts", "reminders", "silences", "idle"],
            deadLetters: "dead", changelog: "changes", broadcast: "policy"),
          compile: { bytes, _ in Array(bytes) }, processor: { Counter(remembersByItself: forgetful) }))
    ]
  }

  package func order(of topic: String) -> OutputOrder {
    switch topic {
    case "reminders", "silences": .byKey
    case "idle": .byKeyIfPunctual
    default: .bySource
    }
  }

  package struct Counter: Processor {
    static let delay: Int64 = 300
    static let memory: Int64 = 3_600_000
    static let silence: Int64 = 6 * 3_600_000

    /// `PlantedBug.dedupeOutside`: what was seen is kept here and not in the store.
    private let remembersByItself: Bool
    private var seen: Set<String> = []

    init(remembersByItself: Bool = false) { self.remembersByItself = remembersByItself }

    package mutating func process<C: TaskContext>(
      _ record: RecordView, _ policy: [UInt8], _ context: inout C
    ) throws(TaskFailure) {
      guard let keyBytes = record.key, let value = record.value else {
        throw TaskFailure("a record without a key or a value")
      }
      context.journalled()
      let key = String(decoding: keyBytes, as: UTF8.self)
      let words = String(decoding: value, as: UTF8.self).split(separator: " ")
      guard words.count == 2, words[0] != "bad" else {
        return context.deadLetter(Refusal(code: "bad-word", field: "text", reason: "it begins with bad"))
      }
      guard isNew(String(words[1]), &context) else { return }
      let count = (Int(context.text("n/\(key)")) ?? 0) + 1
      context.put("n/\(key)", "\(count)")
      context.publish(0, key: keyBytes, "\(key)=\(count)", cause: record.offset)
      // Padded, so that timers due at the same time fire in the order they were set.
      let padded = String(100_000 + count).dropFirst()
      context.timer("r/\(key)/\(padded)", due: context.now + Self.delay)
      if words[0] == "quiet" {
        context.timer("s/\(key)", due: nil)
        context.timer("i/\(key)", due: nil)
      } else {
        context.timer("s/\(key)", due: context.now + Self.silence)
        context.timer("i/\(key)", due: context.now + Self.delay)
      }
    }

    /// Whether an event is seen for the first time, and from now on it has been.
    private mutating func isNew<C: TaskContext>(_ id: String, _ context: inout C) -> Bool {
      if remembersByItself { return seen.insert(id).inserted }
      if !context.text("d/\(id)").isEmpty { return false }
      context.put("d/\(id)", "seen")
      context.timer("d/\(id)", due: context.now + Self.memory)
      return true
    }

    package mutating func fire<C: TaskContext>(
      timer: UnsafeRawBufferPointer, due: Int64, _ policy: [UInt8], _ context: inout C
    ) throws(TaskFailure) {
      let parts = String(decoding: timer, as: UTF8.self).split(separator: "/").map(String.init)
      guard parts.count >= 2 else { throw TaskFailure("a timer without a name") }
      let key = parts[1]
      switch parts[0] {
      case "d": context.delete("d/\(key)")
      case "r": context.tell(1, key, "\(key)!\(Int(parts.last ?? "") ?? 0)")
      case "s": context.tell(2, key, "\(key) silent after \(context.text("n/\(key)"))")
      case "i": context.tell(3, key, "\(key)?\(context.text("n/\(key)"))")
      default: throw TaskFailure("a timer with an unknown name")
      }
    }
  }
}

/// Lends a text's bytes.
func lend<R>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
  var text = text
  return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
}

extension TaskContext {
  fileprivate mutating func text(_ key: String) -> String {
    lend(key) { get($0).map { String(decoding: $0, as: UTF8.self) } ?? "" }
  }
  fileprivate mutating func put(_ key: String, _ value: String) {
    lend(key) { key in lend(value) { put(key, $0) } }
  }
  fileprivate mutating func delete(_ key: String) { lend(key) { delete($0) } }
  fileprivate mutating func timer(_ key: String, due: Int64?) {
    lend(key) { key in
      if let due { setTimer(key, due: due) } else { cancelTimer(key) }
    }
  }
  fileprivate mutating func tell(_ output: Int, _ key: String, _ value: String) {
    lend(key) { publish(output, key: $0, value, cause: nil) }
  }
}
