// Owns telling every task of CASEWORK how far INTAKE has read what people do.
import Events
import Kafka
import Streams

/// Sends marks. One for each processor.
final class MarkSender {
  private let encoder = SignalEncoder()
  private let sender = EncodedRecordSender()
  private var id: [UInt8] = []

  /// Sends one mark to each partition of `signals`.
  ///
  /// - Parameter progress: of the partitions of `case-updates` that this worker reads; none where it reads none.
  func send<C: ProgressContext>(
    _ progress: [SourceProgress], to signals: OutputTopic, _ context: inout C
  ) {
    guard let first = progress.first else { return }
    let partitions = context.partitionCount(of: signals)
    var mark = Mark()
    mark.partitions = min(context.partitionCount(ofSource: first.topicIndex), Mark.mostPartitions)
    mark.through = progress.map { Mark.Reach(partition: $0.source.partition, until: max(0, $0.through)) }
    var signal = Signal(message: .mark(mark))
    signal.occurredAt = context.now
    signal.epoch = context.epoch
    for partition in 0..<partitions {
      id.removeAll(keepingCapacity: true)
      // Nobody else reads that partition of `case-updates` at this time.
      id += "\(Mark.idPrefix)\(first.source.partition)-\(context.now)-\(partition)".utf8
      id.withUnsafeBytes { id in
        signal.id = ByteSlice(id)
        sender.send(encoder.encode(signal), to: signals, partition: partition, &context)
      }
    }
  }
}
