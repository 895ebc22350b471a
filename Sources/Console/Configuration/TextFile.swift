// Owns reading a whole text file.
import Foundation

public enum TextFile {
  /// The text of a file, or nil when it cannot be read. Bytes that are no UTF-8 become U+FFFD.
  public static func read(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file, or nil when it cannot be read.
  public static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map { Array($0) }
  }
}
