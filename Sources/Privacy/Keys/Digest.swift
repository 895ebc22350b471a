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

  /// The bytes of `word` in memory order, as 16 hexadecimal digits from `index` on.
  @inline(__always)
  static func writeHex(_ word: UInt64, to output: UnsafeMutableBufferPointer<UInt8>, at index: Int) {
    var word = word.littleEndian
    for pair in 0..<8 {
      output[index &+ pair &* 2] = digit(UInt8(truncatingIfNeeded: word) >> 4)
      output[index &+ pair &* 2 &+ 1] = digit(UInt8(truncatingIfNeeded: word) & 15)
      word >>= 8
    }
  }

  static func appendHex(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(digit(byte >> 4))
    output.append(digit(byte & 15))
  }

  @inline(__always) private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 &+ value : 0x57 &+ value
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
