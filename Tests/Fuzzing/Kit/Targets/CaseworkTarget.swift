// Owns the target `casework`: signals, time and damage through the engine over a store of bytes.
import Casework
import Events
import Policy
import Privacy
import StateBytes

final class CaseworkTarget: FuzzTarget {
  static let name = "casework"
  static let summary =
    "signals, timers and damaged state through casework's engine: decided under the next number, or refused"
  static let share = 40
  static let batch = 2_000

  private let inputs = EventInputs()
  private let samples: [(bytes: [UInt8], tree: JSONTree)]
  private let decoder = SignalDecoder()
  private let policy: CompiledPolicy

  init() throws {
    samples = try SignalsTarget.samples()
    guard !samples.isEmpty, let document = PolicyLoader.check(files: Corpus.policy).document else {
      throw SetupError(description: "Config/policy or the sample events are refused")
    }
    policy = CompiledPolicy(document)
  }

  func input(_ random: inout FuzzRandom) -> FuzzInput {
    var input = FuzzInput()
    // Few subjects, so that what comes later meets what came before.
    let few = (0..<3).map { _ in random.pick(samples) }
    for _ in 0...random.below(24) {
      switch random.below(8) {
      case 0, 1: input.add("minutes", "\(random.below(random.once(in: 4) ? 100_000 : 600))")
      case 2 where random.once(in: 6): input.add("damage", "\(random.below(1 << 30)) \(random.byte())")
      default:
        var tree = random.pick(random.once(in: 4) ? samples : few).tree
        if random.once(in: 2) { inputs.json.mutate(&tree, with: random.pick(samples).tree, &random) }
        input.add("signal", inputs.json.bytes(tree, &random))
      }
    }
    return input
  }

  func examine(_ input: FuzzInput) throws(Violation) -> String {
    var trial = CaseworkTrial(policy)
    var outcomes: Set<String> = []
    for part in input.parts {
      let outcome: String? =
        switch part.name {
        case "minutes": try trial.pass(minutes: Int64(Self.text(part)) ?? 0)
        case "damage": trial.damage(Self.text(part))
        default: try trial.hear(part.bytes, decoder)
        }
      if let outcome { outcomes.insert(outcome) }
      // The task has stopped.
      if outcome == "refused" { break }
    }
    return outcomes.sorted().joined(separator: ", ")
  }

  private static func text(_ part: FuzzInput.Part) -> String { String(decoding: part.bytes, as: UTF8.self) }
}

/// One task: its engine, its store and its clock.
private struct CaseworkTrial {
  private var engine: CaseworkEngine
  private var store = TrialStore()
  private var now: Int64 = 1_790_000_000_000
  private var number: Int64 = 0
  private var isDamaged = false
  private var heard: Int64 = 0

  init(_ policy: CompiledPolicy) { engine = CaseworkEngine(policy: policy, epoch: 3) }

  mutating func hear(_ bytes: [UInt8], _ decoder: SignalDecoder) throws(Violation) -> String {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    now += 1_000
    heard += 1
    var decided: Int64?
    do {
      var signal = try decoder.decode(UnsafeRawBufferPointer(copy))
      signal.cause = Coordinates(topic: "signals", partition: 0, offset: heard)
      try engine.handle(signal, task: 0, now: now, &store) { outcome, _ in decided = outcome.journal.number }
    } catch is EventRefusal {
      return "no signal"
    } catch {
      // A subject key that is none is a bad internal record; of a good signal over good state, nothing is refused.
      return "refused"
    }
    try follow(decided)
    return "decided"
  }

  /// Lets time pass; timers fire in their order.
  mutating func pass(minutes: Int64) throws(Violation) -> String? {
    now += minutes * 60_000
    var fired = 0
    while fired < 300, let (key, due) = store.takeFirst(dueBy: now) {
      fired += 1
      var decided: Int64?
      do {
        try key.withUnsafeBytes {
          try engine.fire(timer: $0, due: due, task: 0, now: now, &store) { outcome, _ in
            decided = outcome.journal.number
          }
        }
      } catch {
        if !isDamaged { throw Violation("a timer over good state is refused: \(error)") }
        return "refused"
      }
      try follow(decided)
    }
    return fired > 0 ? "fired" : nil
  }

  /// Changes one byte of one value, as `PLACE BYTE` says.
  mutating func damage(_ text: String) -> String? {
    let words = text.split(separator: " ")
    guard let place = words.first.flatMap({ Int($0) }), place >= 0,
      let byte = words.last.flatMap({ UInt8($0) }), store.damage(place, byte)
    else { return nil }
    isDamaged = true
    return "damaged"
  }

  private mutating func follow(_ decided: Int64?) throws(Violation) {
    if let decided, isDamaged || decided == number + 1 { return number = decided }
    throw Violation("journal record \(decided.map(String.init) ?? "missing") comes after \(number)")
  }
}
