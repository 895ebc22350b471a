// Owns the public half of a key: what a signature is checked with.

/// An Ed25519 public key (RFC 8032). Whoever has it can check signatures and make none.
public struct PublicKey: Sendable, Hashable, CustomStringConvertible {
  private let bytes: [UInt8]
  private let handle: KeyHandle

  /// 32 bytes; throws `unreadable-key` for any other number of them.
  public init(_ bytes: [UInt8]) throws(SignatureError) {
    guard bytes.count == KeyHandle.keyLength else {
      throw SignatureError(.unreadableKey, "a public key has \(KeyHandle.keyLength) bytes")
    }
    guard let handle = KeyHandle.publicKey(bytes) else {
      throw SignatureError(.unavailable, "this libcrypto takes no Ed25519 key")
    }
    self.bytes = bytes
    self.handle = handle
  }

  /// As the policy has it: 32 bytes in base64url without padding, which are 43 characters.
  public init(base64URL text: some Sequence<UInt8>) throws(SignatureError) {
    guard let bytes = Base64URL.decode(text) else {
      throw SignatureError(.unreadableKey, "a public key is 32 bytes in base64url without padding")
    }
    try self.init(bytes)
  }

  /// Whether it is the signature (64 bytes) of this message by this key; false for whatever else it is.
  public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    handle.verifies(signature, of: message)
  }

  /// As it stands in the policy.
  public var description: String { String(decoding: Base64URL.encode(bytes), as: UTF8.self) }

  public static func == (a: Self, b: Self) -> Bool { a.bytes == b.bytes }
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
