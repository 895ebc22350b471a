// Owns the C handles of this module: a key of libcrypto, and the contexts of one signature.
import CLibCrypto

/// An Ed25519 key. `@unchecked`: nobody changes the key after `init`; libcrypto counts its references atomically and
/// takes it as a constant in every call made here, each with a context of its own.
final class KeyHandle: @unchecked Sendable {
  static let keyLength = 32
  static let signatureLength = 64
  private let key: OpaquePointer

  /// Takes over the key.
  private init(owning key: OpaquePointer) { self.key = key }

  deinit { EVP_PKEY_free(key) }

  /// A private key by its seed; nil when libcrypto has no Ed25519.
  static func privateKey(seed: [UInt8]) -> KeyHandle? {
    handle(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count))
  }

  static func publicKey(_ bytes: [UInt8]) -> KeyHandle? {
    handle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count))
  }

  /// A private key in PEM (PKCS #8, not encrypted) of whatever algorithm; nil when it is none.
  static func privateKey(pem: [UInt8]) -> KeyHandle? {
    guard let source = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
    defer { BIO_free(source) }
    // Asks nobody for a passphrase: an encrypted key is refused.
    return handle(PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in 0 }, nil))
  }

  private static func handle(_ key: OpaquePointer?) -> KeyHandle? {
    // What was queued about a failure is nobody's to read later.
    ERR_clear_error()
    return key.map(KeyHandle.init(owning:))
  }

  var isEd25519: Bool { EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 }

  /// The seed of a private key; nil of a public one.
  var seed: [UInt8]? { raw { EVP_PKEY_get_raw_private_key(key, $0, $1) } }
  var publicBytes: [UInt8]? { raw { EVP_PKEY_get_raw_public_key(key, $0, $1) } }

  private func raw(_ read: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: Self.keyLength)
    var count = bytes.count
    let succeeded = bytes.withUnsafeMutableBufferPointer { read($0.baseAddress, &count) } == 1
    ERR_clear_error()
    return succeeded && count == Self.keyLength ? bytes : nil
  }

  /// Ed25519 of the whole message at once; nil when libcrypto refuses.
  func sign(_ message: [UInt8]) -> [UInt8]? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1 else { return nil }
    var signature = [UInt8](repeating: 0, count: Self.signatureLength)
    var count = signature.count
    guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
      count == Self.signatureLength
    else { return nil }
    return signature
  }

  func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard signature.count == Self.signatureLength, let context = EVP_MD_CTX_new() else { return false }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}
