// Owns plain hashes, for content that is named by what it is: policies, layouts.
import CLibCrypto

public enum Digest {
  /// SHA-256 (FIPS 180-4) as 64 hexadecimal digits.
  public static func sha256Hex(_ bytes: UnsafeRawBufferPointer) -> String {
    var output: [UInt8] = []
    for byte in digest(bytes, EVP_sha256(), length: 32) { appendHex(byte, to: &output) }
    return String(decoding: output, as: UTF8.self)
  }

  /// SHA-256 (FIPS 180-4) as 64 hexadecimal digits.
  public static func sha256Hex(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { sha256Hex($0) }
  }

  static func sha512(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { digest($0, EVP_sha512(), length: 64) }
  }

  /// The bytes of `word` in memory order, two digits each.
  static func appendHex(_ word: UInt64, to output: inout [UInt8]) {
    withUnsafeBytes(of: word) { for byte in $0 { appendHex(byte, to: &output) } }
  }

  private static func appendHex(_ byte: UInt8, to output: inout [UInt8]) {
    let (high, low) = (byte >> 4, byte & 15)
    output.append(high < 10 ? 0x30 &+ high : 0x57 &+ high)
    output.append(low < 10 ? 0x30 &+ low : 0x57 &+ low)
  }

  private static func digest(
    _ bytes: UnsafeRawBufferPointer, _ algorithm: OpaquePointer?, length: Int
  ) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: length)
    var written: UInt32 = 0
    let succeeded = EVP_Digest(bytes.baseAddress, bytes.count, &output, &written, algorithm, nil)
    // SHA-2 is in every provider of libcrypto, FIPS included, and EVP_Digest has no other way to fail than
    // memory running out, which Swift itself does not survive.
    precondition(succeeded == 1 && Int(written) == length, "libcrypto has no SHA-2")
    return output
  }
}
