// Tests that INTAKE passes a remedy on with the key that signed it, and refuses one whose signature is not right.
import Events
import Foundation
import Privacy
import Secrets
import Signatures
import Testing

@testable import Policy
@testable import Roles

@Suite struct RemedySignatureTests {
  /// RFC 8032 §7.1, the first: `e-9` has it.
  private static let key = Secret("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
  private static let subjectKey = "c-7ee3c8b9e2302cfe8ba809f2d6fbc2bc"

  @Test func aRemedySaysByWhichKeyItWasSigned() throws {
    try decide(key: "till", sign: Self.key) { decision in
      guard case .signal(let signal, _) = decision else { throw Wrong("refused") }
      #expect(signal.signedBy == "till")
      guard case .remedy(let remedy) = signal.event.body else { throw Wrong("no remedy") }
      #expect(remedy.evidence == ["photo"])
      let encoder = SignalEncoder()
      let wire = String(decoding: encoder.encode(signal).value, as: UTF8.self)
      #expect(
        wire.contains("\"signedBy\":\"till\"") && !wire.contains("signature") && !wire.contains("dam-8812"))
      withExtendedLifetime(encoder) {}
    }
  }

  @Test func aRemedyWithoutASignatureIsSignedByNobody() throws {
    try decide(key: "", sign: Self.key) { decision in
      guard case .signal(let signal, _) = decision else { throw Wrong("refused") }
      #expect(signal.signedBy.isEmpty)
    }
  }

  @Test(arguments: [
    ("nobodys", "e-9", 12_000, "signature.key", "is no key of the policy's delegation.yaml"),
    ("till", "e-8", 12_000, "signature.key", "is not the key of whoever asks (actor.id)"),
    ("ours", "e-9", 12_000, "signature.key", "is not the key of whoever asks (actor.id)"),
    ("early", "e-9", 12_000, "signature.key", "did not count yet, or not any more, when this was asked for"),
    ("late", "e-9", 12_000, "signature.key", "did not count yet, or not any more, when this was asked for"),
    ("till", "e-9", 12_001, "signature.value", "is not that key's signature of this remedy"),
    ("other", "e-9", 12_000, "signature.value", "is not that key's signature of this remedy"),
  ])
  func aSignatureThatIsNotRightIsADeadLetterThatNamesTheFieldAndNotTheValue(
    _ key: String, _ person: String, _ minor: Int, _ field: String, _ reason: String
  ) throws {
    try decide(key: key, sign: Self.key, person: person, minor: minor) { decision in
      guard case .refused(let refusal) = decision else { throw Wrong("passed on") }
      #expect(refusal == EventRefusal(.badSignature, field: field, reason: reason))
    }
  }

  /// Signs a remedy of `e-9` over 120.00 EUR, sends one of `person` over `minor`.
  private func decide(
    key: String, sign secret: Secret, person: String = "e-9", minor: Int = 12_000,
    _ body: (IntakeDecider.Decision) throws -> Void
  ) throws {
    let signing = try SigningKey(secret)
    let lines: [String] = [
      "answerable-remedy-v1", "rm-1", "desk", "1772529300000", "case", "\(Self.subjectKey)-1", person,
      "engage-repair", "12000", "EUR", "photo",
    ]
    let signature = try signing.sign(Array(lines.map { $0 + "\n" }.joined().utf8))
    let value = String(decoding: Base64URL.encode(signature), as: UTF8.self)
    let signed = key.isEmpty ? "" : ",\"signature\":{\"key\":\"\(key)\",\"value\":\"\(value)\"}"
    let text = """
      {"id":"rm-1","occurredAt":"2026-03-03T09:15:00Z","source":"desk","case":"\(Self.subjectKey)-1",\
      "actor":{"id":"\(person)","role":"housekeeper"},"action":"engage-repair",\
      "amount":{"minor":\(minor),"currency":"EUR"},"evidence":[{"kind":"photo","ref":"dam-8812"}]\(signed)}
      """
    var decider = IntakeDecider(
      policy: try policy(signing.publicKey), keys: try SubjectKeyMaker(secret: IntakeWorld.secret))
    let cause = Coordinates(topic: "remedies", partition: 0, offset: 1)
    try Array(text.utf8).withUnsafeBytes { bytes in
      try decider.decide(.remedy, value: bytes, headers: EventHeaders(), at: cause, epoch: 3) { decision in
        Result { try body(decision) }
      }.get()
    }
  }

  private func policy(_ key: PublicKey) throws -> CompiledPolicy {
    var document = try IntakeWorld.policy().document
    let other = try SigningKey.generate().publicKey
    let at = PolicyDocument.Position(file: "delegation.yaml", line: 1)
    func entry(_ id: String, _ person: String?, _ key: PublicKey, from: Int64 = 0, until: Int64 = 0)
      -> PolicyDocument.Delegation.Key
    {
      PolicyDocument.Delegation.Key(
        at: at, id: id, person: person, publicKey: key.description, from: from, until: until)
    }
    var delegation = PolicyDocument.Delegation()
    delegation.keys = [
      entry("till", "e-9", key, from: 1_772_529_300_000, until: 1_772_529_300_001), entry("ours", nil, key),
      entry("other", "e-9", other), entry("early", "e-9", key, from: 1_772_529_300_001),
      entry("late", "e-9", key, until: 1_772_529_300_000),
    ]
    document.delegation = delegation
    return CompiledPolicy(document)
  }

  private struct Wrong: Error {
    let what: String
    init(_ what: String) { self.what = what }
  }
}
