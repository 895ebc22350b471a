// Owns the tests of subject keys and digests: stable, distinct, silent about their secret.
import Secrets
import Testing

@testable import Privacy

@Suite struct SubjectKeyTests {
  private let secret = Secret("a secret of more than sixteen bytes")

  private func key(_ kind: String, _ id: String, _ secret: Secret? = nil) throws -> String {
    let maker = try SubjectKeyMaker(secret: secret ?? self.secret)
    var output: [UInt8] = []
    try Array(kind.utf8).withUnsafeBytes { kind in
      try Array(id.utf8).withUnsafeBytes { id in try maker.key(kind: kind, id: id, into: &output) }
    }
    return String(decoding: output, as: UTF8.self)
  }

  // Values from Python's hmac, an independent implementation.
  @Test func aKeyIsTheSameInEveryProcessAndRelease() throws {
    #expect(try key("customer", "C-1001") == "c-7b77ad2ec238efbe71aabb803f08209c")
    #expect(try SubjectKeyMaker(secret: secret).fingerprint() == "7dcd547061409fe1")
  }

  @Test func aMakerGivesTheSameKeyAgainAfterOthers() throws {
    let maker = try SubjectKeyMaker(secret: secret)
    func make(_ id: String) throws -> [UInt8] {
      var output: [UInt8] = []
      try Array("customer".utf8).withUnsafeBytes { kind in
        try Array(id.utf8).withUnsafeBytes { id in try maker.key(kind: kind, id: id, into: &output) }
      }
      return output
    }
    let first = try make("1")
    let second = try make("2")
    #expect(first != second)
    #expect(try make("1") == first)
  }

  @Test func kindAndIdNeverRunTogether() throws {
    #expect(try key("customer", "x1") != key("customerx", "1"))
    #expect(try key("", "customer1").dropFirst() != key("customer1", "").dropFirst())
  }

  @Test func aKeyStartsWithTheInitialOfItsKind() throws {
    #expect(try key("customer", "1").hasPrefix("c-"))
    #expect(try key("Site", "1").hasPrefix("s-"))
    #expect(try key("", "1").hasPrefix("x-"))
    #expect(try key("9", "1").hasPrefix("x-"))
    #expect(try key("customer", "1").utf8.count == 34)
  }

  @Test func anotherSecretGivesOtherKeysAndAnotherFingerprint() throws {
    let other = Secret("another secret of more than 16 bytes")
    #expect(try key("customer", "1") != key("customer", "1", other))
    let (a, b) = (try SubjectKeyMaker(secret: secret), try SubjectKeyMaker(secret: other))
    #expect(try a.fingerprint() != b.fingerprint())
  }

  @Test func aSecretMayBeLongerThanTheHashAllows() throws {
    let long = String(repeating: "s", count: 200)
    #expect(try key("customer", "1", Secret(long)) != key("customer", "1", Secret(long + "t")))
  }

  @Test func aShortSecretIsRefusedWithoutBeingShown() {
    #expect {
      _ = try SubjectKeyMaker(secret: Secret("hunter2"))
    } throws: { error in
      "\(error)" == "the secret has fewer than 16 bytes"
    }
  }

  @Test func sha256IsTheOneOfTheStandard() {
    // FIPS 180-2, Appendix B.1.
    #expect(
      Digest.sha256Hex(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest.sha256Hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
