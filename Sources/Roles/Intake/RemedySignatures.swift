// Owns whether the signature of a remedy is right: whose key it is, whether it counted then, and what it covers.
import Events
import Policy
import Signatures

/// The policy's keys of people, ready to check with. One per thread. A remedy without a signature passes: whether an
/// action wants one is decided where remedies are answered.
struct RemedySignatures {
  private struct Holder {
    let rules: KeyRules
    let key: PublicKey
  }
  private let holders: [ByteSlice: Holder]
  /// How far the clocks of a sender and a broker may be apart, and how long a remedy may be on its way, beyond the period
  /// of the key that signed it: five minutes, in milliseconds.
  static let skew: Int64 = 5 * 60_000
  /// Keeps what the ids are borrowed from.
  private let policy: CompiledPolicy

  init(_ policy: CompiledPolicy) {
    self.policy = policy
    var holders: [ByteSlice: Holder] = [:]
    for rules in policy.delegation.keys {
      // A sound policy has no other; one that is not a key checks nothing.
      guard let key = try? PublicKey(base64URL: rules.publicKey.bytes) else { continue }
      holders[rules.id] = Holder(rules: rules, key: key)
    }
    self.holders = holders
  }

  /// The id of the key that signed; empty where nothing is signed. Throws `bad-signature` naming the field at fault.
  ///
  /// A key counts when the remedy was asked for and, give or take `skew`, when it came in: the first is what the sender
  /// says, and whoever holds an old key may say any time. The second is the broker's and stands in the record, so that a
  /// record that is read again is judged as before.
  ///
  /// - Parameter appendedAt: the record's timestamp, milliseconds since 1970; nil where no broker has it, and what the
  ///   sender says has to do.
  func check(_ event: Event, appendedAt: Int64?) throws(EventRefusal) -> ByteSlice {
    guard case .remedy(let remedy) = event.body, let signature = remedy.signature else { return ByteSlice() }
    guard let holder = holders[signature.key] else {
      throw Self.refusal("key", "is no key of the policy's delegation.yaml")
    }
    guard !holder.rules.person.isEmpty, holder.rules.person == remedy.actor.id else {
      throw Self.refusal("key", "is not the key of whoever asks (actor.id)")
    }
    guard holder.rules.counts(at: event.occurredAt) else {
      throw Self.refusal("key", "did not count yet, or not any more, when this was asked for")
    }
    if let appendedAt, !holder.rules.takes(arrivalAt: appendedAt) {
      throw Self.refusal("key", "did not count yet, or not any more, when this came in")
    }
    guard holder.key.signed(remedy, of: event) else {
      throw Self.refusal("value", "is not that key's signature of this remedy")
    }
    return holder.rules.id
  }

  private static func refusal(_ field: String, _ reason: String) -> EventRefusal {
    EventRefusal(.badSignature, field: "signature.\(field)", reason: reason)
  }
}

extension KeyRules {
  /// Whether what it signed may come in at a moment of the broker's clock.
  fileprivate func takes(arrivalAt time: Int64) -> Bool {
    let skew = RemedySignatures.skew
    return PolicyDocument.Delegation.Key.counts(
      at: time, from: from &- skew, until: until == 0 ? 0 : until &+ skew)
  }
}
