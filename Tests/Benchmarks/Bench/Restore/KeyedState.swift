// Owns the stateful role that the restore is measured on: as many keys as told, written, rewritten and deleted.
import Kafka
import Streams

/// Each record of its source stands for a range of keys and what becomes of them.
struct KeyedState: Processor {
  /// Bytes of a key: as those of subject keys.
  static let keyBytes = 34
  static let valueBytes = 128
  /// One key in so many has a timer.
  static let timerEvery = 4

  /// `first count version`; version 0 deletes.
  struct Order {
    var first: Int
    var count: Int
    var version: Int

    var text: String { "\(first) \(count) \(version)" }

    init(first: Int, count: Int, version: Int) {
      self.first = first
      self.count = count
      self.version = version
    }

    init(_ text: String) throws(TaskFailure) {
      let numbers = text.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 3 else { throw TaskFailure("not an order") }
      self.init(first: numbers[0], count: numbers[1], version: numbers[2])
    }
  }

  mutating func process<C: TaskContext>(_ record: RecordView, _ broadcast: Void, _ context: inout C)
    throws(TaskFailure)
  {
    let order = try Order(String(decoding: record.value ?? .init(start: nil, count: 0), as: UTF8.self))
    for number in order.first..<(order.first + order.count) {
      let key = Self.key(number)
      key.withUnsafeBytes { key in
        guard order.version > 0 else {
          context.delete(key)
          if number % Self.timerEvery == 0 { context.cancelTimer(key) }
          return
        }
        Self.value(number, order.version).withUnsafeBytes { context.put(key, $0) }
        // In the year 2100: none is due.
        if number % Self.timerEvery == 0 { context.setTimer(key, due: 4_102_444_800_000 + Int64(number)) }
      }
    }
    context.journalled()
  }

  /// As a subject key looks: a letter, a dash, 32 hexadecimal digits.
  private static func key(_ number: Int) -> [UInt8] {
    Array("c-".utf8) + hexadecimal(number, 1, keyBytes - 2)
  }
  private static func value(_ number: Int, _ version: Int) -> [UInt8] {
    hexadecimal(number, version, valueBytes)
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hexadecimal(_ number: Int, _ version: Int, _ count: Int) -> [UInt8] {
    var random = SeededRandom(seed: UInt64(number) &* 0x1000_0000_01B3 &+ UInt64(version))
    var bits: UInt64 = 0
    return (0..<count).map { place in
      if place % 16 == 0 { bits = random.next() }
      defer { bits >>= 4 }
      return digits[Int(bits & 15)]
    }
  }
}

/// The role's topics under a prefix.
struct KeyedStateRole {
  static let partitions: Int32 = 4

  let prefix: String
  var source: String { prefix + "orders" }
  var changelog: String { prefix + "state" }
  var group: String { prefix + "keyed-state" }

  var role: Role<KeyedState> {
    Role(RoleDefinition(name: "keyed-state", group: group, sources: [source], changelog: changelog)) {
      KeyedState()
    }
  }

  func create(on configuration: Configuration) throws {
    let admin = try Admin(configuration)
    defer { admin.close() }
    try admin.create([
      NewTopic(name: source, partitions: Self.partitions, replicationFactor: nil, configuration: [:]),
      NewTopic(
        name: changelog, partitions: Self.partitions, replicationFactor: nil,
        // Compacted, and not within this hour: all versions are still there.
        configuration: ["cleanup.policy": "compact", "min.compaction.lag.ms": "3600000"]),
    ])
    try admin.commit(
      group: group,
      Dictionary(
        uniqueKeysWithValues: (0..<Self.partitions).map {
          (TopicPartition(topic: source, partition: $0), CommittedOffset(offset: 0, metadata: ""))
        }))
  }
}
