// Owns the target `intake`: whole records through the worker on the in-memory log, to a signal or a dead letter.
import Events
import Kafka
import Policy
import Roles
import Streams

final class IntakeTarget: FuzzTarget {
  static let name = "intake"
  static let summary =
    "records through INTAKE's worker: each becomes one signal or one dead letter that gives it back"
  static let share = 100
  static let batch = 10_000

  private let values: DecodeTarget
  private let events: CloudEventsTarget
  private let document: PolicyDocument
  private let signals = SignalDecoder()
  private var deployment: Deployment
  private var seen = 0

  init() throws {
    values = try DecodeTarget()
    events = try CloudEventsTarget()
    guard let document = PolicyLoader.check(files: Corpus.policy).document else {
      throw SetupError(description: "Config/policy is refused")
    }
    self.document = document
    deployment = try Deployment(document)
  }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    var input = random.once(in: 2) ? events.input(&random) : values.input(&random)
    if random.once(in: 50) { input.parts.removeAll { $0.name == "value" } }
    if random.once(in: 3_000) { input.add("padding", "\((1 << 20) + random.below(1 << 21))") }
    if random.once(in: 3) {
      for _ in 0...random.below(4) {
        var name = random.pick(DeadLetter.headerNames + ["x", "", "Reason", "éa"])
        for _ in 0..<random.below(3) { name = DeadLetter.collisionPrefix + name }
        let value = random.once(in: 6) ? nil : Array(random.pick(EventInputs.words).utf8)
        input.add(SentHeader(name: Array(name.utf8), value: value))
      }
    }
    if !random.once(in: 4) { input.add("key", random.pick(EventInputs.words)) }
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    // What is in the log is copied at each look: a new one before that costs much.
    seen += 1
    if seen % 128 == 0 {
      do { deployment = try Deployment(document) } catch { throw Violation("no deployment: \(error)") }
    }
    var value = input.first("value")
    if let padding = input.text("padding").flatMap(Int.init) {
      value = (value ?? []) + repeatElement(0x20, count: min(max(0, padding), 4 << 20))
    }
    var sent = Sent(
      topic: Topic(input.kind), key: input.first("key"), value: value,
      headers: input.headers.map { .init(String(decoding: $0.name, as: UTF8.self), $0.value) })
    let (outcome, records) = try deployment.pass(&sent)
    guard records.count == 1 else { throw Violation("\(records.count) outputs for one record") }
    if outcome == .signal {
      try check(signal: records[0], of: sent)
      return "signal"
    }
    return try check(deadLetter: records[0], of: sent)
  }

  private func check(signal record: MemoryRecord, of sent: Sent) throws(Violation) {
    do throws(EventRefusal) {
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: record.value?.count ?? 0, alignment: 1)
      defer { bytes.deallocate() }
      bytes.copyBytes(from: record.value ?? [])
      let signal = try signals.decode(UnsafeRawBufferPointer(bytes))
      let cause = (signal.cause.topic.string, signal.cause.offset, signal.subjectKey.string)
      guard cause.0 == sent.topic.rawValue, cause.1 == sent.offset else {
        throw EventRefusal(.unknownValue, field: "cause", reason: "names another record")
      }
      guard cause.2 == record.keyText else {
        throw EventRefusal(.unknownValue, field: "subjectKey", reason: "is not the record's key")
      }
    } catch {
      throw Violation("the signal on the topic: \(error)")
    }
  }

  /// A dead letter gives the record back as it was sent, with the reason and where it stood.
  private func check(deadLetter record: MemoryRecord, of sent: Sent) throws(Violation) -> String {
    let letter: DeadLetter
    do throws(EventRefusal) {
      letter = try DeadLetter(headers: record.headers.map { .init(name: $0.name, value: $0.value) })
    } catch {
      throw Violation("the dead letter on the topic: \(error)")
    }
    if letter.text.isEmpty { throw Violation("\(letter.reason) has no reason text") }
    if letter.topic != sent.topic.rawValue || letter.offset != sent.offset {
      throw Violation("the dead letter names another record")
    }
    if record.key != sent.key { throw Violation("the dead letter has another key") }
    if letter.original.map({ MemoryRecord.Header($0.name, $0.value) }) != sent.headers {
      throw Violation(
        "headers come back changed: sent \(names(sent.headers)), back \(letter.original.map(\.name))")
    }
    if let length = letter.truncatedFrom {
      guard length == sent.value?.count, let cut = record.value, sent.value?.starts(with: cut) == true else {
        throw Violation("a cut value is not the beginning of what was sent")
      }
      return "dead letter \(letter.reason), cut"
    }
    if record.value != sent.value { throw Violation("the dead letter has another value") }
    if let code = EventRefusal.Code(rawValue: letter.reason) {
      try RefusalLaw.check(
        EventRefusal(code, field: letter.field, reason: letter.text),
        payload: [sent.value ?? []] + sent.headers.flatMap { [Array($0.name.utf8), $0.value ?? []] })
    }
    return "dead letter \(letter.reason)"
  }

  private func names(_ headers: [MemoryRecord.Header]) -> [String] { headers.map(\.name) }
}

/// A record on its way in, and where it stands once it is sent.
private struct Sent {
  var topic: Topic
  var key: [UInt8]?
  var value: [UInt8]?
  var headers: [MemoryRecord.Header]
  var offset: Int64 = 0
}

/// INTAKE on the in-memory log, one worker and one partition each.
private final class Deployment {
  enum Outcome { case signal, deadLetter }

  private let clock = ManualClock()
  private let log: MemoryLog
  private let worker: Worker<MemoryLog, IntakeProcessor>
  private var counts: [Outcome: Int] = [.signal: 0, .deadLetter: 0]

  init(_ document: PolicyDocument) throws {
    log = MemoryLog(.init(time: .manual(clock), maxRecordBytes: TopicCatalogue.largestRecord))
    let layout = try log.deploy(TopicCatalogue(prefix: "", partitions: 1), secret: EventTrial.secret)
    let record = PolicyRecord(document, files: Corpus.policy, publishedAt: 0, by: "fuzz", note: "")
    _ = try PolicyTopic(log, prefix: "").publish(record)
    var settings = WorkerSettings()
    settings.maxMessageBytes = TopicCatalogue.largestRecord
    worker = Worker(
      log: log,
      role: try IntakeRole.role(prefix: "", layout: layout.fingerprint, secret: EventTrial.secret),
      identity: WorkerIdentity(transactionalPrefix: "fuzz"), settings: settings, clock: .manual(clock))
    for _ in 0..<20 { step() }
  }

  private func step() {
    clock.advance(milliseconds: 60)
    worker.step()
  }

  /// Sends a record, notes where it stands, and lets the worker decide it. Returns all outputs that came of it.
  func pass(_ sent: inout Sent) throws(Violation) -> (Outcome, [MemoryRecord]) {
    do {
      sent.offset = try log.append(
        sent.topic.rawValue, partition: 0, key: sent.key, value: sent.value, headers: sent.headers
      ).offset
    } catch {
      throw Violation("cannot be appended: \(error)")
    }
    for _ in 0..<50 {
      step()
      let fresh = [(Outcome.signal, Topic.signals), (.deadLetter, .deadLetters)].map { outcome, topic in
        // How far it has read decides about nothing.
        let records = log.records(topic.rawValue).filter { !$0.isMark }
        return (outcome, Array(records.dropFirst(counts[outcome] ?? 0)))
      }
      guard let made = fresh.first(where: { !$0.1.isEmpty }) else { continue }
      for (outcome, records) in fresh { counts[outcome, default: 0] += records.count }
      return (made.0, fresh.flatMap(\.1))
    }
    throw Violation("nothing came of it: the worker is \(worker.snapshot.state)")
  }
}
