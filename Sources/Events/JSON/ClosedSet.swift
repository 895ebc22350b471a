// Owns the look-up of words that only cold paths read: the closed sets of casework's outputs, by their bytes.

/// A closed set of words of any length.
protocol ClosedSet: CaseIterable, Sendable {
  /// Unlike all others of its set.
  var wire: ByteSlice { get }
}

extension Audience: ClosedSet {}
extension CaseStatus: ClosedSet {}
extension ClockKind: ClosedSet {}
extension ClockState: ClosedSet {}
extension PromiseState: ClosedSet {}
extension Escalation.Kind: ClosedSet {}
extension Claim.Kind: ClosedSet {}
extension Delegation.Answer: ClosedSet {}
extension Delegation.Movement.Account: ClosedSet {}
extension JournalRecord.Decision: ClosedSet {}

extension ObjectReader {
  /// A word of a closed set, sought one after the other; nil when absent.
  func word<Word: ClosedSet>(_ field: Field, of set: Word.Type) throws(EventRefusal) -> Word? {
    let text = try text(field, .name)
    if text.isEmpty { return nil }
    guard let word = set.allCases.first(where: { $0.wire == text }) else {
      throw Refuse.unknown(text.bytes, at: full(field), set.allCases.map(\.wire.string))
    }
    return word
  }

  func requiredWord<Word: ClosedSet>(_ field: Field, of set: Word.Type) throws(EventRefusal) -> Word {
    guard let word = try word(field, of: set) else { throw missing(field) }
    return word
  }
}
