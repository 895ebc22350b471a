// Owns which fields of an event are free text, and what happens to them: redacted, then cut to size.
import Events
import Privacy

/// Rewrites the free text of events. One per thread; rewritten slices live until `release`.
struct FreeText {
  /// The longest text a signal carries, in bytes of UTF-8; what is longer is cut at a character boundary
  /// and the signal says so. The event's record holds the whole of it for as long as its topic keeps it.
  static let longest = 16 << 10

  private var redactor: Redactor
  private var output: [UInt8] = []
  /// Copies of the texts that redaction has changed; all others stay where they are.
  private var kept: [UnsafeMutableRawBufferPointer] = []

  /// What was done to one event.
  struct Outcome {
    var redactions: Int32 = 0
    var truncated = false
  }

  init(_ rules: RedactionRules) { redactor = Redactor(rules) }

  /// Replaces every free-text field of the event. Call `release` once the event is no longer used.
  mutating func rewrite(_ event: inout Event) -> Outcome {
    var outcome = Outcome()
    switch event.body {
    case .feedback(var feedback):
      rewrite(&feedback.text, &outcome)
      event.body = .feedback(feedback)
    case .incident(var incident):
      rewrite(&incident.title, &outcome)
      rewrite(&incident.text, &outcome)
      event.body = .incident(incident)
    case .caseUpdate(var update):
      rewrite(&update.text, &outcome)
      update.act = rewrite(update.act, &outcome)
      event.body = .caseUpdate(update)
    case .remedy(var remedy):
      rewrite(&remedy.reason, &outcome)
      event.body = .remedy(remedy)
    }
    return outcome
  }

  /// Frees what `rewrite` kept.
  mutating func release() {
    for buffer in kept { buffer.deallocate() }
    kept.removeAll(keepingCapacity: true)
  }

  private mutating func rewrite(_ act: Act, _ outcome: inout Outcome) -> Act {
    switch act {
    case .acknowledge, .progress, .respond, .reopen: return act
    case .promise(let due, var what):
      rewrite(&what, &outcome)
      return .promise(due: due, what: what)
    case .transfer(let to, var reason):
      rewrite(&reason, &outcome)
      return .transfer(to: to, reason: reason)
    case .wait(var what, let until):
      rewrite(&what, &outcome)
      return .wait(for: what, until: until)
    case .resolve(var evidence):
      rewrite(&evidence, &outcome)
      return .resolve(evidence: evidence)
    case .snooze(let until, var reason):
      rewrite(&reason, &outcome)
      return .snooze(until: until, reason: reason)
    case .silence(let until, var reason):
      rewrite(&reason, &outcome)
      return .silence(until: until, reason: reason)
    case .erase(var reason):
      rewrite(&reason, &outcome)
      return .erase(reason: reason)
    case .approve(let claim, var note):
      rewrite(&note, &outcome)
      return .approve(claim: claim, note: note)
    case .decline(let claim, var reason):
      rewrite(&reason, &outcome)
      return .decline(claim: claim, reason: reason)
    case .cancel(let claim, var reason):
      rewrite(&reason, &outcome)
      return .cancel(claim: claim, reason: reason)
    case .settle, .giveBack: return act
    }
  }

  private mutating func rewrite(_ text: inout ByteSlice, _ outcome: inout Outcome) {
    guard !text.isEmpty else { return }
    output.removeAll(keepingCapacity: true)
    let replaced = redactor.redact(text.bytes, into: &output).total
    if replaced > 0 {
      outcome.redactions &+= Int32(clamping: replaced)
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: output.count, alignment: 1)
      output.withUnsafeBytes { copy.copyMemory(from: $0) }
      kept.append(copy)
      text = ByteSlice(UnsafeRawBufferPointer(copy))
    }
    if text.count > Self.longest {
      outcome.truncated = true
      text = ByteSlice(UnsafeRawBufferPointer(rebasing: text.bytes[..<Self.cut(text.bytes)]))
    }
  }

  /// The last character boundary at or before `longest`: UTF-8 continuation bytes are `10xxxxxx`.
  private static func cut(_ bytes: UnsafeRawBufferPointer) -> Int {
    var end = longest
    while end > 0 && bytes[end] & 0xC0 == 0x80 { end &-= 1 }
    return end
  }
}
