// Owns the published contracts as the binary carries them.
import CSchemas

/// The JSON Schema files (2020-12) and the AsyncAPI 3 document, byte for byte as in the repository.
public enum Schemas {
  /// Names without a folder (`feedback.json`) and bytes, which live as long as the program; what a reader needs
  /// first stands first.
  public static var all: [(name: String, bytes: UnsafeRawBufferPointer)] {
    (0..<cschemas_count()).map { index in
      let file = cschemas_get(index)
      return (String(cString: file.name), UnsafeRawBufferPointer(start: file.bytes, count: file.count))
    }
  }

  /// One file by its name, with or without `.json`; nil when there is none.
  public static func file(_ name: String) -> UnsafeRawBufferPointer? {
    all.first { $0.name == name || $0.name == name + ".json" }?.bytes
  }
}
