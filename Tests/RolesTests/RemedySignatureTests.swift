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

  /// `till` counts for one millisecond, in which this was asked for, by what the sender says.
  @Test func anOldKeySignsNothingThatComesInLaterWhateverTimeItSays() throws {
    let asked: Int64 = 1_772_529_300_000
    let skew: Int64 = 300_000
    for arrival in [asked - skew, asked, asked + skew] {
      try decide(key: "till", sign: Self.key, appendedAt: arrival) { decision in
        guard case .signal(let signal, _) = decision else { throw Wrong("refused") }
        #expect(signal.signedBy == "till")
      }
    }
    for arrival in [-1, asked - skew - 1, asked + skew + 1, asked + 86_400_000, Int64.max] {
      try decide(key: "till", sign: Self.key, appendedAt: arrival) { decision in
        guard case .refused(let refusal) = decision else { throw Wrong("passed on") }
        #expect(
          refusal
            == EventRefusal(
              .badSignature, field: "signature.key",
              reason: "did not count yet, or not any more, when this came in"))
      }
    }
  }

  @Test func aKeyWithoutAPeriodSignsWhateverComesInWhenever() throws {
    for arrival in [0, 1_772_529_300_000, Int64.max] {
      try decide(key: "always", sign: Self.key, appendedAt: arrival) { decision in
        guard case .signal(let signal, _) = decision else { throw Wrong("refused") }
        #expect(signal.signedBy == "always")
      }
    }
  }

  /// Through all roles: the time of the log is held against the key's period, too, not only the one in the event.
  @Test func aRemedyThatIsDatedBackIsADeadLetter() throws {
    let key = try SigningKey(Self.key)
    let asked = CaseworkStage.start + 300_000
    let stage = try CaseworkStage {
      $0.delegation?.keys = [
        PolicyDocument.Delegation.Key(
          at: .init(file: "delegation.yaml", line: 1), id: "e-9", person: "technician-4",
          publicKey: "\(key.publicKey)", until: asked + 60_000)
      ]
    }
    try stage.feedback("fb-1")
    let caseID = "\(try stage.key("customer", "guest-1"))-1"
    func ask(_ id: String, minutes: Int64) throws {
      let lines = [
        "answerable-remedy-v1", id, "tests", "\(asked)", "case", caseID, "technician-4", "engage-repair",
        "12000", "EUR",
      ]
      let signature = Base64URL.encode(try key.sign(Array(lines.map { $0 + "\n" }.joined().utf8)))
      try stage.remedy(
        id, "engage-repair", 12_000,
        for: [
          "case": caseID, "occurredAt": "2026-03-02T08:05:00Z",
          "signature": ["key": "e-9", "value": String(decoding: signature, as: UTF8.self)],
        ], by: "technician-4", role: "technician", minutes: minutes)
    }
    try ask("rm-1", minutes: 5)
    try ask("rm-2", minutes: 20)
    #expect(try stage.records(.claims).compactMap { $0["signedBy"] as? String } == ["e-9"])
    let letters = stage.theatre.log.records(Topic.deadLetters.rawValue).map { letter in
      letter.headers.reduce(into: [String: String]()) {
        $0[$1.name] = $1.value.map { String(decoding: $0, as: UTF8.self) }
      }
    }
    #expect(letters.map { $0["reason"] } == ["bad-signature"])
    #expect(letters.map { $0["reason-field"] } == ["signature.key"])
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
    appendedAt: Int64? = nil, _ body: (IntakeDecider.Decision) throws -> Void
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
      try decider.decide(
        .remedy, value: bytes, headers: EventHeaders(), at: cause, appendedAt: appendedAt, epoch: 3
      ) { decision in
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
      entry("other", "e-9", other), entry("always", "e-9", key),
      entry("early", "e-9", key, from: 1_772_529_300_001),
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
