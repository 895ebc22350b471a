// Owns the target `signals`: records of the internal topic, changed, through their decoder and back.
import Events
import Policy
import Privacy
import Roles

final class SignalsTarget: FuzzTarget {
  static let name = "signals"
  static let summary = "signals: refused, or decoded and encoded to a signal that says the same"
  static let share = 80
  static let batch = 20_000

  private let inputs = EventInputs()
  private let samples: [(bytes: [UInt8], tree: JSONTree)]
  private let decoder = SignalDecoder()
  private let encoder = SignalEncoder()

  init() throws {
    samples = try Self.samples()
    if samples.isEmpty { throw SetupError(description: "no sample event becomes a signal") }
  }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    let (sample, other) = (random.pick(samples), random.pick(samples))
    var bytes: [UInt8]
    if random.once(in: 4) {
      bytes = sample.bytes
      inputs.plain.mutate(&bytes, with: other.bytes, &random)
    } else {
      var tree = sample.tree
      inputs.json.mutate(&tree, with: other.tree, &random)
      bytes = inputs.json.bytes(tree, &random)
    }
    var input = FuzzInput()
    input.add("value", bytes)
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    let value = input.first("value") ?? []
    let first: [UInt8]
    do throws(EventRefusal) {
      first = try encoded(value)
    } catch {
      try RefusalLaw.check(error, payload: [value])
      return error.code.rawValue
    }
    do throws(EventRefusal) {
      if try encoded(first) != first { throw EventRefusal(.empty, field: "", reason: "differs") }
    } catch {
      throw Violation("decoded, and what is encoded of it cannot be read back: \(error)")
    }
    return "decoded"
  }

  private func encoded(_ bytes: [UInt8]) throws(EventRefusal) -> [UInt8] {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    return Array(encoder.encode(try decoder.decode(UnsafeRawBufferPointer(copy))).value)
  }

  /// What INTAKE makes of the sample events, and what roles and operators send each other.
  static func samples() throws -> [(bytes: [UInt8], tree: JSONTree)] {
    guard let document = PolicyLoader.check(files: Corpus.policy).document else {
      throw SetupError(description: "Config/policy is refused")
    }
    var decider = IntakeDecider(
      policy: CompiledPolicy(document), keys: try SubjectKeyMaker(secret: EventTrial.secret))
    let encoder = SignalEncoder()
    var samples = messages.compactMap { message in
      let bytes = Array(encoder.encode(message).value)
      return JSONTree(bytes).map { (bytes, $0) }
    }
    for kind in EventKind.allCases {
      for event in Corpus.events(kind) {
        event.withUnsafeBytes { value in
          let cause = Coordinates(topic: "feedback", partition: 0, offset: 1)
          decider.decide(kind, value: value, headers: EventHeaders(), at: cause, epoch: 3) { decision in
            guard case .signal(let signal, _) = decision else { return }
            let bytes = Array(encoder.encode(signal).value)
            if let tree = JSONTree(bytes) { samples.append((bytes, tree)) }
          }
        }
      }
    }
    return samples
  }

  private static var messages: [Signal] {
    var notice = Notice()
    notice.caseID = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1"
    notice.owner = "building-technique"
    notice.site = "lyon-1"
    notice.touchpoint = "room-comfort"
    notice.priority = .p2
    var link = Link()
    link.caseID = notice.caseID
    link.incident = "s-0f6f1b9d1c5a4d0e8a7b6c5d4e3f2a1b-4"
    var hold = Hold()
    hold.by = "e-2"
    hold.owner = "billing"
    hold.until = 1_772_560_800_000
    hold.reason = "The payment provider is down."
    var answer = ClaimAnswer()
    answer.claim = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc-1-r1"
    answer.caseID = notice.caseID
    answer.answer = .referred
    answer.action = "engage-repair"
    answer.amount = 21_000
    answer.currency = "EUR"
    answer.requester = "e-9"
    answer.expiresAt = 1_772_560_800_000
    answer.reasonCode = "beyond-grant"
    var mark = Mark()
    mark.partitions = 4
    mark.through = [0, 1, 3].map { Mark.Reach(partition: $0, until: 1_772_529_118_000 + Int64($0 / 2)) }
    let messages: [Signal.Message] = [
      .notice(notice), .link(link), .hold(hold), .answer(answer), .mark(mark),
    ]
    return messages.map { message in
      var signal = Signal(message: message)
      signal.id = "notice-3-12346"
      if signal.kind.hasCause {
        signal.causeID = "feedback-3-12345"
        signal.cause = Coordinates(topic: "signals", partition: 3, offset: 12_346)
        signal.subjectKey = "s-0f6f1b9d1c5a4d0e8a7b6c5d4e3f2a1b"
      }
      signal.occurredAt = 1_772_529_120_000
      return signal
    }
  }
}
