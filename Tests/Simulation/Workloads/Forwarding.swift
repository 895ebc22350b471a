// Owns the stateless workload: every record leads to two records that say by which policy.
import Kafka
import Streams

/// Forwards. Values that begin with `bad` are refused.
package struct Forwarding: Workload {
  package let name = WorkloadName.forward
  package let policies: [[UInt8]] = ["red", "green", "blue"].map { Array($0.utf8) }

  package init() {}

  package var inputs: Inputs {
    Inputs { keys, badPerMille, _ in
      var number = 0
      return InputDrawer { random in
        number += 1
        let word = random.chance(perMille: badPerMille) ? "bad" : "word"
        return ("in", "k\(random.below(keys))", Array("\(word) \(number)".utf8))
      }
    }
  }

  package func deploy(on log: MemoryLog, _ shape: Shape, bug: PlantedBug?) throws -> [SimulatedRole] {
    let stamped = MemoryTopic(timestamps: .logAppend)
    log.createTopic("in", partitions: shape.partitions, stamped)
    log.createTopic("out", partitions: 2)
    log.createTopic("dead")
    log.createTopic("policy")
    try log.setStart(group: "forward", topics: ["in"])
    return [
      SimulatedRole(
        Role(
          RoleDefinition(
            name: "forward", group: "forward", sources: ["in"], outputs: ["out"], deadLetters: "dead",
            broadcast: "policy"),
          compile: { bytes, _ in Array(bytes) }, processor: { Forwarder() }))
    ]
  }

  package func order(of topic: String) -> OutputOrder { .bySource }

  package struct Forwarder: Processor {
    package mutating func process<C: TaskContext>(
      _ record: RecordView, _ policy: [UInt8], _ context: inout C
    ) throws(TaskFailure) {
      let value = String(
        decoding: record.value ?? UnsafeRawBufferPointer(start: nil, count: 0), as: UTF8.self)
      context.journalled()
      if value.hasPrefix("bad") {
        return context.deadLetter(Refusal(code: "bad-word", field: "text", reason: "it begins with bad"))
      }
      let decided = String(decoding: policy, as: UTF8.self)
      for part in 1...2 {
        context.publish(0, key: record.key, "\(value), part \(part), by \(decided)", cause: record.offset)
      }
    }
  }
}

extension TaskContext {
  /// Publishes a text with the coordinates of its cause, as every output of a role carries them.
  mutating func publish(_ output: Int, key: UnsafeRawBufferPointer?, _ value: String, cause offset: Int64?) {
    var headers: [(String, String)] = [
      ("epoch", String(epoch)), ("cause-topic", source.topic), ("cause-partition", String(source.partition)),
    ]
    if let offset { headers.append(("cause-offset", String(offset))) }
    // One block of bytes, lent piece by piece.
    var bytes = Array(value.utf8)
    var ends = [bytes.count]
    for (name, text) in headers {
      bytes.append(contentsOf: name.utf8)
      ends.append(bytes.count)
      bytes.append(contentsOf: text.utf8)
      ends.append(bytes.count)
    }
    bytes.withUnsafeBytes { all in
      func piece(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: all[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
      }
      let views = headers.indices.map { HeaderView(name: piece(1 + 2 * $0), value: piece(2 + 2 * $0)) }
      views.withUnsafeBufferPointer {
        send(OutputTopic(index: output), key: key, value: piece(0), headers: $0)
      }
    }
  }
}
