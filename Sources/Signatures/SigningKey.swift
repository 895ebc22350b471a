// Owns the private half of a key: what is signed with, and what never prints itself.
import Foundation
import Secrets

/// An Ed25519 private key (RFC 8032). Descriptions and mirrors show `<secret>`; only `reveal` gives it away.
public struct SigningKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let handle: KeyHandle
  public let publicKey: PublicKey
  /// What a key's file holds at most, in bytes.
  static let longestFile = 16 << 10

  private init(_ handle: KeyHandle) throws(SignatureError) {
    guard handle.isEd25519 else {
      throw SignatureError(.wrongAlgorithm, "the key is of another algorithm than Ed25519")
    }
    guard let bytes = handle.publicBytes else {
      throw SignatureError(.unavailable, "libcrypto gives no public key")
    }
    self.handle = handle
    publicKey = try PublicKey(bytes)
  }

  /// A new one, of the system's randomness.
  public static func generate() throws(SignatureError) -> SigningKey {
    var random = SystemRandomNumberGenerator()
    let seed = (0..<KeyHandle.keyLength).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    return try SigningKey(seed: seed)
  }

  /// A key by its 32 bytes (RFC 8032 §5.1.5).
  init(seed: [UInt8]) throws(SignatureError) {
    guard let handle = KeyHandle.privateKey(seed: seed) else {
      throw SignatureError(.unavailable, "this libcrypto makes no Ed25519 key")
    }
    try self.init(handle)
  }

  /// PEM as `openssl genpkey -algorithm ed25519` writes it, or the 32 bytes in base64url as `reveal` gives them; space
  /// around it does not matter.
  public init(_ text: Secret) throws(SignatureError) {
    let bytes = Array(text.reveal().utf8)
    if text.reveal().contains("-----BEGIN ") {
      guard let handle = KeyHandle.privateKey(pem: bytes) else {
        throw SignatureError(.unreadableKey, "the PEM holds no private key, or one with a passphrase")
      }
      try self.init(handle)
      return
    }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    let trimmed = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    guard let seed = Base64URL.decode(trimmed), seed.count == KeyHandle.keyLength else {
      throw SignatureError(
        .unreadableKey, "a private key is PEM, or 32 bytes in base64url without padding")
    }
    try self.init(seed: seed)
  }

  /// Reads it from a file.
  public init(file path: String) throws(SignatureError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw SignatureError(.unreadableFile, "\(path) cannot be opened for reading")
    }
    defer { try? file.close() }
    guard let bytes = try? file.read(upToCount: Self.longestFile + 1) ?? Data() else {
      throw SignatureError(.unreadableFile, "\(path) cannot be read")
    }
    guard bytes.count <= Self.longestFile else {
      throw SignatureError(.unreadableKey, "\(path) is longer than a key's file is")
    }
    try self.init(Secret(String(decoding: bytes, as: UTF8.self)))
  }

  /// The signature of a message, 64 bytes: the same each time.
  public func sign(_ message: [UInt8]) throws(SignatureError) -> [UInt8] {
    guard let signature = handle.sign(message) else {
      throw SignatureError(.unavailable, "libcrypto does not sign")
    }
    return signature
  }

  /// The key itself, as `init` takes it, for the one file that keeps it.
  public func reveal() throws(SignatureError) -> Secret {
    guard let seed = handle.seed else {
      throw SignatureError(.unavailable, "libcrypto does not give the key out")
    }
    return Secret(String(decoding: Base64URL.encode(seed), as: UTF8.self))
  }

  public var description: String { "<secret>" }
  public var debugDescription: String { "<secret>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
