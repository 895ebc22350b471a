// Owns how a person or a site becomes a pseudonym: the subject key, which is the partition key too.
import Secrets

/// Makes subject keys. One per thread; makes the same keys everywhere the secret is the same.
///
/// A key is `c-` and 32 hexadecimal digits: the first letter of the subject's kind (`x` where it has none), and
/// the first 128 bits of HMAC-SHA-256 (RFC 2104) over version, kind and id. Without the secret nobody can tell
/// whose it is, nor test a guess; with it, a person's records can be found and erased.
public struct SubjectKeyMaker {
  /// The version of this format. It is part of what is hashed and of the layout that every worker checks.
  public static let keyVersion: UInt8 = 1
  /// Bytes of a key.
  public static let keyLength = 34
  /// A shorter secret could be guessed from keys and known ids; such a one is refused. In bytes.
  public static let shortestSecret = 16

  private let hash: KeyedHash

  /// Throws when the secret is shorter than 16 bytes, or when libcrypto cannot do it.
  public init(secret: Secret) throws(PrivacyError) {
    let bytes = Array(secret.reveal().utf8)
    guard bytes.count >= Self.shortestSecret else {
      throw PrivacyError("the secret has fewer than \(Self.shortestSecret) bytes")
    }
    hash = try KeyedHash(key: Array("answerable subject key\0".utf8) + bytes)
  }

  /// Appends the key of subject `id` of `kind`. The kind's length is hashed before it, so that no two
  /// subjects run together. Allocates nothing beyond what `output` needs.
  public func key(
    kind: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) throws(PrivacyError) {
    let digest = try digest(prefix: Self.keyVersion, kind: kind, id: id)
    let initial = kind.first.map { $0 | 0x20 } ?? 0
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.keyLength) { text in
      text[0] = TextBytes.isLetter(initial) ? initial : 0x78
      text[1] = 0x2D
      Digest.writeHex(digest.0, to: text, at: 2)
      Digest.writeHex(digest.1, to: text, at: 18)
      output.append(contentsOf: UnsafeBufferPointer(text))
    }
  }

  /// What tells two secrets apart without giving either away: 16 hexadecimal digits, made with the secret
  /// as a key. Recorded in the layout; a worker with another secret refuses to start.
  public func fingerprint() throws(PrivacyError) -> String {
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    var output: [UInt8] = []
    let digest = try digest(prefix: 0, kind: empty, id: empty)
    withUnsafeBytes(of: digest.0) { for byte in $0 { Digest.appendHex(byte, to: &output) } }
    return String(decoding: output, as: UTF8.self)
  }

  /// Version 0 is the fingerprint's, which makes it no key of any subject.
  private func digest(
    prefix: UInt8, kind: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer
  ) throws(PrivacyError) -> (UInt64, UInt64) {
    var head = UInt64(UInt32(truncatingIfNeeded: kind.count)) << 8 | UInt64(prefix)
    head = head.littleEndian
    var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var failure: PrivacyError?
    withUnsafeBytes(of: head) { head in
      withUnsafeMutableBytes(of: &digest) { target in
        do throws(PrivacyError) {
          try hash.hash(head, kind, id, into: target)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    return (digest.0, digest.1)
  }
}
