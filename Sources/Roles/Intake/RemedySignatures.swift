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

  /// The id of the key that signed; empty where nothing is signed. Throws `bad-signature` naming the field at fault. A key
  /// counts when the remedy was asked for; one that has to stop counting for all of them leaves the policy.
  func check(_ event: Event) throws(EventRefusal) -> ByteSlice {
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
    guard holder.key.signed(remedy, of: event) else {
      throw Self.refusal("value", "is not that key's signature of this remedy")
    }
    return holder.rules.id
  }

  private static func refusal(_ field: String, _ reason: String) -> EventRefusal {
    EventRefusal(.badSignature, field: "signature.\(field)", reason: reason)
  }
}
