// Tests keys: the vectors of RFC 8032, the forms a key is read in, and that it prints nowhere.
import Foundation
import Secrets
import Testing

@testable import Signatures

@Suite struct SigningKeyTests {
  /// RFC 8032 §7.1: secret, public key, message, signature.
  static let vectors = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]
  /// The first vector's secret, in both forms.
  static let text = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
  static let pem = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
    -----END PRIVATE KEY-----

    """

  @Test(arguments: vectors.indices)
  func theVectorsOfTheStandardHold(_ row: Int) throws {
    let (secret, open, message, signature) = Self.vectors[row]
    let key = try SigningKey(Secret(String(decoding: Base64URL.encode(bytes(secret)), as: UTF8.self)))
    #expect(try key.publicKey == PublicKey(bytes(open)))
    #expect(try key.sign(bytes(message)) == bytes(signature))
    #expect(key.publicKey.verifies(bytes(signature), of: bytes(message)))
  }

  @Test func aKeyIsReadFromPEMAndFromItsTextTheSame() throws {
    let keys = try [Self.text, "  \(Self.text)\r\n", Self.pem].map { try SigningKey(Secret($0)) }
    #expect(Set(keys.map(\.publicKey.description)) == ["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])
    #expect(try keys.allSatisfy { try $0.reveal().reveal() == Self.text })
  }

  @Test func aNewKeySignsAndIsLikeNoOther() throws {
    let (one, other) = (try SigningKey.generate(), try SigningKey.generate())
    let message = Array("approved".utf8)
    let signature = try one.sign(message)
    #expect(one.publicKey.verifies(signature, of: message))
    #expect(!other.publicKey.verifies(signature, of: message))
    #expect(try SigningKey(one.reveal()).publicKey == one.publicKey)
  }

  @Test func aSignatureWithOneBitChangedIsNone() throws {
    let key = try SigningKey(Secret(Self.text))
    let message = Array("approved".utf8)
    let signature = try key.sign(message)
    for bit in 0..<signature.count * 8 {
      var wrong = signature
      wrong[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!key.publicKey.verifies(wrong, of: message))
    }
    #expect(!key.publicKey.verifies(signature, of: message + [0]))
  }

  @Test func aSignatureOfAnotherLengthIsNone() throws {
    let key = try SigningKey(Secret(Self.text)).publicKey
    for count in [0, 1, 63, 65, 4096] {
      #expect(!key.verifies([UInt8](repeating: 7, count: count), of: []))
    }
  }

  @Test func aKeyPrintsNowhere() throws {
    let key = try SigningKey(Secret(Self.text))
    var dumped = ""
    dump(key, to: &dumped)
    for printed in ["\(key)", String(describing: key), String(reflecting: key), dumped] {
      #expect(!printed.contains(Self.text) && printed.contains("secret"))
    }
  }

  @Test(arguments: [
    "", "x", String(text.dropLast()), text + "A", text + "=", "-----BEGIN PRIVATE KEY-----\nxx\n",
    """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBDsnjhdWqlqh4JbCMcc
    4kA2AgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQT7X3e5CEcu35XLBO
    1C6f9QRA79MpATW8axSp2xh/Fk2aRlZrr9Co6/z8Jd1NMwDywWaPGa3XVrjmJzkn
    KW4HcD+sxWHkELtwNrFIQK5exB3OFg==
    -----END ENCRYPTED PRIVATE KEY-----
    """,
  ])
  func whatIsNoKeyIsUnreadableAndIsNotRepeated(_ text: String) {
    let error = #expect(throws: SignatureError.self) { _ = try SigningKey(Secret(text)) }
    #expect(error?.code == .unreadableKey)
    #expect(text.count < 8 || error?.description.contains(text.prefix(8)) == false)
  }

  @Test func aKeyOfAnotherAlgorithmIsNamedAsSuch() {
    let pem = """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVD6bia583CHz/Ruh
      24rE62mOLPSqZJ/6MX3RALjy3PmhRANCAAS5MX4y5ZPAKSpAr2eDxD1Mv4WGa/fT
      eacneYHAjdK0ZVsdkL3IY6UsZdFS5DrLn+GH4szZQDVWzoWVQNSyti6U
      -----END PRIVATE KEY-----
      """
    #expect(throws: SignatureError(.wrongAlgorithm, "the key is of another algorithm than Ed25519")) {
      _ = try SigningKey(Secret(pem))
    }
  }

  @Test func aKeyIsReadFromItsFile() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(Self.pem.utf8).write(to: file)
    #expect(try SigningKey(file: file.path).reveal().reveal() == Self.text)
    try Data(repeating: 0x41, count: 20_000).write(to: file)
    #expect(throws: SignatureError.self) { _ = try SigningKey(file: file.path) }
    #expect(throws: SignatureError(.unreadableFile, "\(file.path)/none cannot be opened for reading")) {
      _ = try SigningKey(file: file.path + "/none")
    }
  }

  @Test func aPublicKeyHas32Bytes() {
    for text in ["", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR", "not base64!"] {
      let error = #expect(throws: SignatureError.self) { _ = try PublicKey(base64URL: text.utf8) }
      #expect(error?.code == .unreadableKey)
    }
  }

  private func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
  }
}
