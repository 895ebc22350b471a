// Owns what exactly is signed: of an approval and of a remedy, line by line.
import Events

/// The text that a signature covers: lines in UTF-8, each ended by a line feed. Ids and names hold no control characters,
/// so no two records share a text.
public enum CanonicalText {
  /// `answerable-approval-v2`, claim, case, action, minor units, currency, the requester's id, until when it has to be
  /// settled and when it was given (milliseconds since 1970), the policy's epoch.
  public static func approval(_ delegation: Delegation) -> [UInt8] {
    approval(delegation, "answerable-approval-v2", saysWhen: true)
  }

  /// What was signed before that: `answerable-approval-v1`, and the same lines but the one that says when it was given.
  public static func untimedApproval(_ delegation: Delegation) -> [UInt8] {
    approval(delegation, "answerable-approval-v1", saysWhen: false)
  }

  private static func approval(_ delegation: Delegation, _ form: ByteSlice, saysWhen: Bool) -> [UInt8] {
    var text = Lines(form)
    text.add(delegation.claim)
    text.add(delegation.caseID)
    text.add(delegation.action)
    text.add(delegation.amount)
    text.add(delegation.currency)
    text.add(delegation.requester.id)
    text.add(delegation.expiresAt)
    if saysWhen { text.add(delegation.at) }
    text.add(delegation.epoch)
    return text.bytes
  }

  /// `answerable-remedy-v1`, id, source, when it was asked for (milliseconds since 1970); `case` and the case's id, or
  /// where it names none `subject`, its kind and its id, each a line; the actor's id, action, minor units, currency; then
  /// each kind of evidence.
  public static func remedy(_ remedy: Remedy, of event: Event) -> [UInt8] {
    var text = Lines("answerable-remedy-v1")
    text.add(event.id)
    text.add(event.source)
    text.add(event.occurredAt)
    if remedy.caseID.isEmpty {
      text.add("subject")
      text.add(remedy.subject?.kind ?? ByteSlice())
      text.add(remedy.subject?.id ?? ByteSlice())
    } else {
      text.add("case")
      text.add(remedy.caseID)
    }
    text.add(remedy.actor.id)
    text.add(remedy.action)
    text.add(remedy.amount)
    text.add(remedy.currency)
    for kind in remedy.evidence { text.add(kind) }
    return text.bytes
  }

  private struct Lines {
    var bytes: [UInt8] = []
    init(_ first: ByteSlice) { add(first) }
    mutating func add(_ text: ByteSlice) {
      bytes.append(contentsOf: text.bytes)
      bytes.append(0x0A)
    }
    mutating func add(_ number: Int64) {
      bytes.append(contentsOf: "\(number)\n".utf8)
    }
  }
}

extension SigningKey {
  /// The signature of an approval as its record carries it: 86 characters of base64url.
  public func sign(_ approval: Delegation) throws(SignatureError) -> [UInt8] {
    Base64URL.encode(try sign(CanonicalText.approval(approval)))
  }
}

extension PublicKey {
  /// Whether the signature that an approval carries is this key's, and of this approval as it stands.
  public func signed(_ approval: Delegation) -> Bool {
    signed(CanonicalText.approval(approval), in: approval)
  }

  /// The same of an approval in the first form, whose `at` nobody signed: it says nothing about when it was given.
  public func signedUntimed(_ approval: Delegation) -> Bool {
    signed(CanonicalText.untimedApproval(approval), in: approval)
  }

  private func signed(_ text: [UInt8], in approval: Delegation) -> Bool {
    guard let signature = Base64URL.decode(approval.signature.bytes) else { return false }
    return verifies(signature, of: text)
  }

  /// Whether the signature that a remedy carries is this key's, and of this remedy as it stands.
  public func signed(_ remedy: Remedy, of event: Event) -> Bool {
    guard let signature = remedy.signature.flatMap({ Base64URL.decode($0.value.bytes) }) else { return false }
    return verifies(signature, of: CanonicalText.remedy(remedy, of: event))
  }
}
