// Owns the signature of an approval: under which of the policy's ids, and the bytes that the record carries.
import Events
import Policy
import Signatures

/// Signs approvals, so that a till can check them without asking anybody. Ed25519 gives the same signature each time: a
/// decision that is made again is the same record.
struct ApprovalSigner {
  private let key: SigningKey
  private let publicKey: [UInt8]

  init(_ key: SigningKey) {
    self.key = key
    publicKey = Array(key.publicKey.description.utf8)
  }

  /// Hands `body` the approval with its signature, valid inside. Without one where the policy names no key of ours with this public half
  /// that counts at the decision, or libcrypto does not sign: nobody could check it.
  func withSignature(
    of approval: Delegation, _ policy: CompiledPolicy,
    _ body: (_ signed: Delegation, _ isSigned: Bool) -> Void
  ) {
    guard let id = policy.delegation.key(ofOurs: publicKey, at: approval.at),
      let signature = try? key.sign(approval)
    else { return body(approval, false) }
    signature.withUnsafeBytes { bytes in
      var signed = approval
      signed.key = id
      signed.signature = ByteSlice(bytes)
      body(signed, true)
    }
  }
}

extension DelegationRules {
  /// The id of the key of ours with that public half, base64url, that counts at a moment.
  func key(ofOurs publicKey: [UInt8], at time: Int64) -> ByteSlice? {
    keys.first {
      $0.person.isEmpty && $0.publicKey.bytes.elementsEqual(publicKey) && $0.counts(at: time)
    }?.id
  }
}
