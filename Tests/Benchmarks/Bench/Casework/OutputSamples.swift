// Owns samples of what CASEWORK wrote, so that raw C can write records like them: as large, in the same mixture.
import Kafka
import RawClient
import Roles
import Streams

enum OutputSamples {
  /// About `count` records in all, of each topic by its share in `numbers`; mixed, the same each time.
  static func read(_ numbers: [Topic: Int64], count: Int, prefix: String, brokers: [String]) throws
    -> [SignalSamples.Sample]
  {
    let scan = RecordScan(try KafkaLog(Configuration(bootstrapServers: brokers)))
    let total = max(1, numbers.values.reduce(0, +))
    var samples: [SignalSamples.Sample] = []
    for (topic, number) in numbers.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where number > 0 {
      let wanted = max(1, Int(Int64(count) * number / total))
      var found: [SignalSamples.Sample] = []
      // What it wrote onto its own source stands between what was sent there.
      let partitions = Int64(IntakeWorld.partitions)
      let last = Int64(wanted) / partitions * (topic == .signals ? 20 : 1) + 8
      try scan.read([topic.name(prefix: prefix)], from: .last(last)) { record in
        if topic == .signals && record.header("ce_source") != "/answerable/casework" { return true }
        if found.count < wanted { found.append(sample(record)) }
        return true
      }
      samples += found
    }
    var random = SeededRandom(seed: 3)
    for index in samples.indices.reversed() {
      samples.swapAt(index, Int(random.next() % UInt64(index + 1)))
    }
    return samples
  }

  private static func sample(_ record: ScannedRecord) -> SignalSamples.Sample {
    SignalSamples.Sample(
      key: record.key ?? [], value: record.value ?? [],
      headers: record.headers.map { (Array($0.name.utf8), $0.value ?? []) })
  }

  /// `case-journal=4711,assignments=42`
  static func text(_ numbers: [Topic: Int64]) -> String {
    numbers.map { "\($0.key.rawValue)=\($0.value)" }.sorted().joined(separator: ",")
  }

  /// Leaves out what is no topic with a number.
  static func numbers(_ text: String) -> [Topic: Int64] {
    var numbers: [Topic: Int64] = [:]
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=")
      guard pair.count == 2, let topic = Topic(rawValue: String(pair[0])), let number = Int64(pair[1]) else {
        continue
      }
      numbers[topic] = number
    }
    return numbers
  }
}
