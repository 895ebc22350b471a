// Owns the mistakes that are planted around a processor: what it asks of the runtime is changed on the way, and what is shipped
// knows nothing of it.
import Kafka
import Streams

/// What is done to the calls of a processor.
enum Tampering: Sendable {
  /// DELEGATION: the timer of what was approved is lost.
  case lostLapse
  /// DELEGATION: a terminal answer is published twice.
  case doubledAnswer
  /// DELEGATION: what was taken back or came back is told, and its pots stay as they were.
  case keptHold
  /// DELEGATION: the case hears of a claim's first answer, and of none that follows.
  case untoldAnswer
  /// CASEWORK: an answer is kept, and the case is not shown anew.
  case unshownAnswer
  /// CASEWORK: what is asked for never gets to its budgets.
  case unsentClaim

  enum Place { case casework, delegation }

  var place: Place {
    switch self {
    case .lostLapse, .doubledAnswer, .keptHold, .untoldAnswer: .delegation
    case .unshownAnswer, .unsentClaim: .casework
    }
  }
}

/// A processor whose calls are tampered with.
struct Tampered<P: Processor>: Processor {
  private var processor: P
  private let tampering: Tampering

  init(_ processor: P, _ tampering: Tampering) {
    self.processor = processor
    self.tampering = tampering
  }

  mutating func process<C: TaskContext>(
    _ record: RecordView, _ broadcast: P.Broadcast, _ context: inout C
  ) throws(TaskFailure) {
    var tampered = TamperedContext(context: context, tampering: tampering, about: record.value)
    try processor.process(record, broadcast, &tampered)
    context = tampered.context
  }

  mutating func fire<C: TaskContext>(
    timer key: UnsafeRawBufferPointer, due: Int64, _ broadcast: P.Broadcast, _ context: inout C
  ) throws(TaskFailure) {
    var tampered = TamperedContext(context: context, tampering: tampering, about: nil)
    try processor.fire(timer: key, due: due, broadcast, &tampered)
    context = tampered.context
  }

  mutating func tell<C: ProgressContext>(
    _ progress: [SourceProgress], _ broadcast: P.Broadcast, _ context: inout C
  ) {
    processor.tell(progress, broadcast, &context)
  }

  static func gauges(_ now: Int64, _ get: (UnsafeRawBufferPointer) -> UnsafeRawBufferPointer?)
    -> [RoleGauge: Int64]
  {
    P.gauges(now, get)
  }
}

/// What a tampered processor sees of the runtime.
private struct TamperedContext<C: TaskContext>: TaskContext {
  var context: C
  let tampering: Tampering
  /// What the record at hand calls itself; workers read no headers. Empty of a timer.
  let kind: Substring
  /// The key of the timer that was set last.
  private var timer: [UInt8] = []

  init(context: C, tampering: Tampering, about value: UnsafeRawBufferPointer?) {
    self.context = context
    self.tampering = tampering
    let text = value.map { String(decoding: $0, as: UTF8.self) } ?? ""
    kind = text.firstMatch(of: /"kind":"([a-z-]+)"/)?.1 ?? ""
  }

  private static var pot: UInt8 { UInt8(ascii: "b") }
  /// Outputs of both roles by their indexes.
  private enum Output {
    static var delegations: Int { 0 }
    static var signals: Int { 1 }
    static var assignments: Int { 0 }
    static var claims: Int { 4 }
  }

  mutating func send(
    _ output: OutputTopic, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    headers sent: UnsafeBufferPointer<HeaderView>
  ) {
    let said = sent.texts
    switch tampering {
    case .lostLapse:
      // The claim was kept, with its timer, before its answer is sent.
      if output.index == Output.delegations, said["answer"] == "approved" {
        timer.withUnsafeBytes { context.cancelTimer($0) }
      }
    case .doubledAnswer:
      let terminal = ["approved", "declined", "cancelled", "expired"]
      if output.index == Output.delegations, terminal.contains(said["answer"] ?? "") {
        context.send(output, key: key, value: value, headers: sent)
      }
    case .untoldAnswer:
      if output.index == Output.signals, said["ce_id"]?.hasSuffix("-d1") != true { return }
    case .unshownAnswer:
      if output.index == Output.assignments, kind == "answer" { return }
    case .unsentClaim:
      if output.index == Output.claims, said["kind"] == "request" { return }
    case .keptHold: break
    }
    context.send(output, key: key, value: value, headers: sent)
  }

  mutating func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    if case .keptHold = tampering, kind == "cancel" || kind == "return", key.first == Self.pot { return }
    context.put(key, value)
  }

  mutating func setTimer(_ key: UnsafeRawBufferPointer, due: Int64) {
    timer = Array(key)
    context.setTimer(key, due: due)
  }

  var source: TopicPartition { context.source }
  var now: Int64 { context.now }
  var epoch: Int64 { context.epoch }
  mutating func deadLetter(_ refusal: Refusal) { context.deadLetter(refusal) }
  mutating func get(_ key: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? { context.get(key) }
  mutating func delete(_ key: UnsafeRawBufferPointer) { context.delete(key) }
  mutating func forEachValue(keyed first: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    context.forEachValue(keyed: first, body)
  }
  mutating func cancelTimer(_ key: UnsafeRawBufferPointer) { context.cancelTimer(key) }
  mutating func passOver() { context.passOver() }
  mutating func journalled() { context.journalled() }
  mutating func count(_ counter: Int) { context.count(counter) }
}

extension UnsafeBufferPointer<HeaderView> {
  /// Headers that have a value, as texts; of those of one name the last.
  fileprivate var texts: [String: String] {
    var texts: [String: String] = [:]
    for header in self {
      guard let value = header.value else { continue }
      texts[String(decoding: header.name, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
    }
    return texts
  }
}
