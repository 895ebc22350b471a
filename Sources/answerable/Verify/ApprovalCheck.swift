// Owns what a till asks of an approval that is shown to it: is it ours, as it was given, and does it still hold?
import Events
import Policy
import Signatures

/// The keys that count, and the moment. Knows nothing of any broker: an approval that was taken back later looks the same.
struct ApprovalCheck {
  /// A public half, under the id that records name it by; nil for whichever.
  struct Key {
    var id: String?
    var key: PublicKey
    /// Half-open; 0 for always.
    var from: Int64 = 0
    var until: Int64 = 0

    func counts(at time: Int64) -> Bool {
      PolicyDocument.Delegation.Key.counts(at: time, from: from, until: until)
    }
  }

  enum Code: String, Sendable, CaseIterable {
    case valid
    case unreadable
    case notAnApproval = "not-an-approval"
    case unsigned
    case unknownKey = "unknown-key"
    case keyNotValid = "key-not-valid"
    case badSignature = "bad-signature"
    case expired
    case alreadyRedeemed = "already-redeemed"
  }

  struct Verdict {
    var code: Code
    /// For people, without personal data.
    var text: String
    /// Nil of what cannot be read.
    var approval: DelegationEntry?
  }

  let keys: [Key]
  /// Milliseconds since 1970.
  let now: Int64
  private let decoder = DelegationDecoder()

  /// The keys of ours that a policy names.
  static func keys(of policy: PolicyDocument) -> [Key] {
    (policy.delegation?.keys ?? []).filter { $0.person == nil }.compactMap { named in
      guard let key = try? PublicKey(base64URL: named.publicKey.utf8) else { return nil }
      return Key(id: named.id, key: key, from: named.from, until: named.until)
    }
  }

  /// Judges the value of a record on `delegations`.
  func verdict(_ value: [UInt8]) -> Verdict {
    let decoded = value.withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) in judged(try decoder.decode(bytes)) }
    }
    switch decoded {
    case .success(let verdict): return verdict
    case .failure(let refusal):
      let place = refusal.field.isEmpty ? "" : "\(refusal.field) "
      return Verdict(code: .unreadable, text: "this is no record of delegations: \(place)\(refusal.reason)")
    }
  }

  private func judged(_ record: Delegation) -> Verdict {
    let entry = DelegationEntry(record)
    func no(_ code: Code, _ text: String) -> Verdict { Verdict(code: code, text: text, approval: entry) }
    guard record.answer == .approved else {
      return no(.notAnApproval, "the answer is \(record.answer.wire.string): nothing is to be paid on it")
    }
    guard !record.signature.isEmpty else {
      return no(.unsigned, "it carries no signature: ask whoever runs the workers")
    }
    let id = record.key.string
    let named = keys.filter { $0.id == nil || $0.id == id }
    guard !named.isEmpty else { return no(.unknownKey, "key \(id) is none of those given") }
    let signers = named.filter { $0.key.signed(record) }
    if signers.isEmpty {
      guard let untimed = named.first(where: { $0.key.signedUntimed(record) }) else {
        return no(
          .badSignature, "it is not as it was signed: something in it was changed, or another key signed")
      }
      // Nobody signed when it was given: only a key that counted at any time until now is known to have counted then.
      guard untimed.from == 0, untimed.counts(at: now) else {
        return no(
          .keyNotValid,
          "signed in the first form, which leaves out when, by key \(id), which does not count at every time until now: "
            + "ask whoever runs the workers")
      }
    } else if !signers.contains(where: { $0.counts(at: record.at) }) {
      return no(.keyNotValid, "key \(id) did not count at \(Clock.minute(record.at))")
    }
    guard record.expiresAt == 0 || now < record.expiresAt else {
      return no(.expired, "it had to be settled before \(Clock.minute(record.expiresAt)): ask again")
    }
    return no(.valid, "signed as \(id)")
  }
}
