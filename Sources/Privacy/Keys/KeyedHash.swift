// Owns the only C handle of this layer: an HMAC context of libcrypto, reused from call to call.
import CLibCrypto

/// Why a key cannot be made.
public struct PrivacyError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1). Not Sendable: one per thread.
final class KeyedHash {
  static let length = 32
  private let context: OpaquePointer

  /// Throws when libcrypto does not offer the algorithm.
  init(key: [UInt8]) throws(PrivacyError) {
    guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else {
      throw PrivacyError("libcrypto offers no HMAC (\(CryptoVersion.text))")
    }
    // The context keeps its own reference to the algorithm.
    defer { EVP_MAC_free(algorithm) }
    guard let context = EVP_MAC_CTX_new(algorithm) else { throw PrivacyError("libcrypto is out of memory") }
    // The parameter borrows its name and its value until the call is over.
    var digest = Array("SHA256".utf8CString)
    let started = OSSL_MAC_PARAM_DIGEST.withCString { name in
      digest.withUnsafeMutableBufferPointer { digest in
        let parameters = [
          OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0), OSSL_PARAM_construct_end(),
        ]
        return EVP_MAC_init(context, key, key.count, parameters)
      }
    }
    guard started == 1 else {
      EVP_MAC_CTX_free(context)
      throw PrivacyError("libcrypto refuses the key of HMAC")
    }
    self.context = context
  }

  deinit { EVP_MAC_CTX_free(context) }

  /// Hashes the parts one after the other into `output` (32 bytes). Allocates nothing.
  func hash(
    _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, _ c: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) throws(PrivacyError) {
    // Without a key: starts over with the one given first (EVP_MAC_init(3)).
    let started = EVP_MAC_init(context, nil, 0, nil) == 1
    var succeeded = started && update(a) && update(b) && update(c)
    var written = 0
    let target = output.bindMemory(to: UInt8.self)
    succeeded = succeeded && EVP_MAC_final(context, target.baseAddress, &written, target.count) == 1
    guard succeeded, written == Self.length else { throw PrivacyError("libcrypto cannot hash") }
  }

  private func update(_ part: UnsafeRawBufferPointer) -> Bool {
    guard let base = part.bindMemory(to: UInt8.self).baseAddress else { return true }
    return EVP_MAC_update(context, base, part.count) == 1
  }
}

/// Which libcrypto is in use.
public enum CryptoVersion {
  /// `OpenSSL 3.0.17 1 Jul 2025`
  public static var text: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
