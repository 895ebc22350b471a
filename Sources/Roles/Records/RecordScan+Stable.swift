// Owns waiting until what was committed can be read.
import Kafka
import Streams

extension RecordScan {
  /// Waits until everything that stands on these topics is decided, at most ten seconds. A commit returns before its
  /// markers are written (KIP-98: the coordinator writes them after it has answered).
  func untilStable(_ topics: [String]) throws(KafkaError) {
    let reader = try log.reader(ReaderConfiguration())
    defer { reader.close() }
    let end = ContinuousClock.now + .seconds(10)
    for topic in topics {
      for partition in 0..<(try log.partitionCount(of: topic) ?? 0) {
        let place = TopicPartition(topic: topic, partition: partition)
        while try reader.bounds(of: place, .readCommitted).upperBound
          < reader.bounds(of: place, .readUncommitted).upperBound, ContinuousClock.now < end
        {
          OSThread.sleep(milliseconds: 10)
        }
      }
    }
  }
}
