// Owns reading standard input to its end.
import Foundation

enum StandardInput {
  /// All of it; nil when it cannot be read.
  static func bytes() -> [UInt8]? {
    do { return try FileHandle.standardInput.readToEnd().map { Array($0) } ?? [] } catch { return nil }
  }
}
