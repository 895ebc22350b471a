// Owns a policy's name: the hash of its content in one canonical form.
import Foundation
import Privacy

extension PolicyDocument {
  /// JSON with sorted keys and no spaces: the same document gives the same bytes in every process.
  public func canonicalBytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }

  /// SHA-256 of the canonical bytes, 64 hexadecimal digits. The places of rules are part of it, because signals
  /// carry them: of two policies with one revision, every output is the same.
  public var revision: String {
    // Encoding cannot fail: the document holds text and integers only, and no floating point number.
    (try? canonicalBytes()).map { Digest.sha256Hex($0) } ?? ""
  }
}
