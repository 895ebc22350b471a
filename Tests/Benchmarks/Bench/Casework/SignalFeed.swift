// Owns the signals that CASEWORK is measured with: what INTAKE makes of events about as many subjects as told, as time
// goes on, with acts of the people who own the cases.
import Events
import Policy
import Privacy
import RawClient
import Roles
import Streams

/// Signals one after the other; the same for the same number of subjects.
final class SignalFeed {
  /// Bytes that stand for what differs from event to event.
  private enum Hole {
    static let id: UInt8 = 1, subject: UInt8 = 2, time: UInt8 = 3, caseID: UInt8 = 4, owner: UInt8 = 5,
      due: UInt8 = 6
  }

  /// What acts name.
  private struct Subject {
    var key: [UInt8] = []
    var owner: [UInt8] = []
  }

  private let deck: [EventTemplate]
  private let acts: [EventTemplate]
  /// Feedback that opens a case.
  private let openings: [EventTemplate]
  private let encoder = SignalEncoder()
  private var decider: IntakeDecider
  private var random = SeededRandom(seed: 11)
  private var subjects: [Subject]
  /// Those that have a case, as far as is known here.
  private var known: [Int] = []
  private var text: [UInt8] = []
  private var number = 0

  /// - Parameter subjects: Customers and employees; sites are those of the policy.
  init(subjects: Int) throws {
    let check = PolicyLoader.load(folder: IntakeWorld.policyFolder)
    guard let document = check.document else { throw BenchFailure("Config/policy has mistakes") }
    decider = IntakeDecider(
      policy: CompiledPolicy(document), keys: try SubjectKeyMaker(secret: IntakeWorld.secret))
    deck = try EventTemplates.deck(mistakes: false).map {
      EventTemplate(kind: $0.kind, text: Self.timed($0.text))
    }
    acts = Self.acts
    openings = try Self.openings(&decider)
    self.subjects = Array(repeating: Subject(), count: subjects)
  }

  /// What a signal is to be about.
  enum Wish {
    /// As it comes.
    case any
    /// Feedback of a subject that opens its case, or is about that again.
    case feedback(Int)
    /// An act about that case.
    case act(Int)
  }

  /// Makes the next signal, of something that happened now and was sent at `time`, microseconds since 1970.
  func next(_ wish: Wish = .any, at time: Int64, _ body: (ByteSlice, EncodedRecord) throws -> Void) throws {
    while true {
      number += 1
      let (template, subject) = choose(wish)
      fill(template, subject, time)
      var isDone = false
      try text.withUnsafeBytes { value in
        let cause = Coordinates(topic: ByteSlice("bench-events"), partition: 1, offset: Int64(number))
        try decider.decide(
          template.kind, value: value, headers: EventHeaders(), at: cause, epoch: 0
        ) { decision in
          Result {
            guard case .signal(let signal, let key) = decision else { return }
            if template.kind == .feedback { remember(subject, signal) }
            try body(key, encoder.encode(signal))
            isDone = true
          }
        }.get()
      }
      if isDone { return }
    }
  }

  private func choose(_ wish: Wish) -> (EventTemplate, Int) {
    switch wish {
    case .any: return choose()
    case .feedback(let subject): return (openings[subject % openings.count], subject)
    case .act(let subject): return (acts[number % acts.count], subject)
    }
  }

  private func choose() -> (EventTemplate, Int) {
    let template = deck[number % deck.count]
    let isAct = template.kind == .caseUpdate || template.kind == .remedy
    guard isAct, !known.isEmpty else {
      return (template, Int(random.next() % UInt64(subjects.count)))
    }
    // Cases of lately are what people work on.
    let recent = min(known.count, max(1, subjects.count / 4))
    let subject = known[known.count - 1 - Int(random.next() % UInt64(recent))]
    if template.kind == .remedy { return (template, subject) }
    return (acts[Int(random.next() % UInt64(acts.count))], subject)
  }

  private func remember(_ subject: Int, _ signal: Signal) {
    if subjects[subject].key.isEmpty {
      subjects[subject].key = Array(signal.subjectKey.bytes)
      if signal.priority <= .p3 { known.append(subject) }
    }
    subjects[subject].owner = Array(signal.owner.bytes)
  }

  private func fill(_ template: EventTemplate, _ subject: Int, _ time: Int64) {
    text.removeAll(keepingCapacity: true)
    for byte in template.text {
      switch byte {
      case Hole.id: text += "at-\(time)-\(number)".utf8
      case Hole.subject: text += "\(subject)".utf8
      case Hole.time: write(time / 1000)
      case Hole.due: write(time / 1000 + 86_400_000)
      case Hole.caseID:
        text += subjects[subject].key
        text += "-1".utf8
      case Hole.owner: text += subjects[subject].owner
      default: text.append(byte)
      }
    }
  }

  private func write(_ milliseconds: Int64) {
    withUnsafeTemporaryAllocation(byteCount: RFC3339.length, alignment: 1) { place in
      guard let start = place.baseAddress else { return }
      RFC3339.write(milliseconds, to: start)
      text.append(contentsOf: place)
    }
  }

  private static func openings(_ decider: inout IntakeDecider) throws -> [EventTemplate] {
    try EventTemplates.deck(mistakes: false).map {
      EventTemplate(kind: $0.kind, text: timed($0.text))
    }.filter { template in
      guard template.kind == .feedback else { return false }
      let text = template.text.flatMap { byte -> [UInt8] in
        switch byte {
        case Hole.time: Array("2026-03-02T09:00:00Z".utf8)
        case Hole.id, Hole.subject: [UInt8(ascii: "1")]
        default: [byte]
        }
      }
      return text.withUnsafeBytes { value in
        let cause = Coordinates(topic: ByteSlice("bench-events"), partition: 1, offset: 1)
        return decider.decide(.feedback, value: value, headers: EventHeaders(), at: cause, epoch: 0) {
          guard case .signal(let signal, _) = $0 else { return false }
          return signal.priority <= .p3
        }
      }
    }
  }

  /// The template with holes for its time and, where it names one, for its case.
  private static func timed(_ text: [UInt8]) -> [UInt8] {
    var line = String(decoding: text, as: UTF8.self)
    func replace(after mark: String, by hole: UInt8) {
      guard let start = line.range(of: mark), let end = line[start.upperBound...].firstIndex(of: "\"") else {
        return
      }
      line.replaceSubrange(start.upperBound..<end, with: String(decoding: [hole], as: UTF8.self))
    }
    replace(after: "\"occurredAt\":\"", by: Hole.time)
    replace(after: "\"time\":\"", by: Hole.time)
    replace(after: "\"case\":\"", by: Hole.caseID)
    return Array(line.utf8)
  }

  /// Of twenty acts: seven acknowledge, four progress, five respond, one promises, three resolve.
  private static let acts: [EventTemplate] = {
    let words = [
      (7, #""act":"acknowledge""#), (4, #""act":"progress","text":"A technician is on the way.""#),
      (5, #""act":"respond","text":"We called and said when it will be done.""#),
      (1, #""act":"promise","due":"\#u{6}","what":"A new invoice, checked by a person""#),
      (3, #""act":"resolve","evidence":"Tested twice, with the guest""#),
    ]
    return words.flatMap { share, act in
      let text =
        #"{"id":"\#u{1}","occurredAt":"\#u{3}","source":"service-desk","case":"\#u{4}","#
        + #""actor":{"id":"shift-lead-\#u{5}","role":"shift-lead","team":"\#u{5}"},"# + act + "}"
      return Array(
        repeating: EventTemplate(kind: .caseUpdate, text: Array(text.utf8)), count: share)
    }
  }()
}
