// Owns what the open transaction produces: size checks, byte and decision counts, and the first error, which
// holds until the transaction is over.
import Kafka

/// Why no more of the open transaction can be produced.
enum OutboxFault: Hashable {
  case log(KafkaError)
  /// The processor broke a rule or a cap.
  case task(TaskFailure)
  /// An output exceeds the largest record the broker takes.
  case tooLarge(bytes: Int, limit: Int)
}

/// The producing side of a worker's transaction. Producing never throws into a processor: the first fault is
/// kept, everything after it is dropped, and the worker looks once the record is done.
final class Outbox<Member: LogMember> {
  let member: Member
  private let maxMessageBytes: Int
  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private(set) var fault: OutboxFault?
  /// Bytes produced in the open transaction.
  @exclusivity(unchecked) private(set) var bytes = 0
  /// Dead letters of the open transaction by reason code.
  private(set) var refusals: [String: Int64] = [:]
  /// The role's own counters of the open transaction, by their indexes.
  @exclusivity(unchecked) private(set) var tallies: ContiguousArray<Int64>
  /// Records handled and timers fired in the open transaction.
  @exclusivity(unchecked) var records = 0
  /// Records about which nothing was to be decided.
  @exclusivity(unchecked) var passedOver = 0
  @exclusivity(unchecked) var timers = 0

  /// - Parameter counters: How many counters the role has of its own.
  init(member: Member, maxMessageBytes: Int, counters: Int = 0) {
    self.member = member
    self.maxMessageBytes = maxMessageBytes
    tallies = ContiguousArray(repeating: 0, count: counters)
  }

  var items: Int { records &+ passedOver &+ timers }

  func send(
    _ topic: Int, partition: Int32?, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) {
    if fault != nil { return }
    let size = Outbox.size(key: key, value: value, headers: headers)
    if size > maxMessageBytes {
      fault = .tooLarge(bytes: size, limit: maxMessageBytes)
      return
    }
    bytes &+= size
    do {
      try member.produce(
        OutputTopic(index: topic), partition: partition, key: key, value: value, headers: headers)
    } catch {
      fault = .log(error)
    }
  }

  func fail(_ failure: TaskFailure) {
    if fault == nil { fault = .task(failure) }
  }

  func count(_ counter: Int) {
    guard tallies.indices.contains(counter) else {
      return fail(TaskFailure("counter \(counter) is not declared by the role"))
    }
    tallies[counter] &+= 1
  }

  func refused(_ code: String) { refusals[code, default: 0] &+= 1 }

  /// Room for a record's value beside a key and headers of that size.
  func room(key: UnsafeRawBufferPointer?, headers: UnsafeBufferPointer<HeaderView>) -> Int {
    max(0, maxMessageBytes &- Outbox.size(key: key, value: nil, headers: headers))
  }

  func clearFault() { fault = nil }

  /// A new transaction begins with nothing in it.
  func reset() {
    fault = nil
    bytes = 0
    records = 0
    passedOver = 0
    timers = 0
    if !refusals.isEmpty { refusals = [:] }
    for counter in tallies.indices { tallies[counter] = 0 }
  }

  /// The size the broker judges, rounded up: 70 bytes stand for the batch and record framing, ten for each
  /// header's lengths.
  private static func size(
    key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers: UnsafeBufferPointer<HeaderView>
  ) -> Int {
    var size = 70 &+ (key?.count ?? 0) &+ (value?.count ?? 0)
    for header in headers { size &+= header.name.count &+ (header.value?.count ?? 0) &+ 10 }
    return size
  }
}
