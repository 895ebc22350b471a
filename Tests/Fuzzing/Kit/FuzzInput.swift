// Owns what one trial is given, and the file it is kept in.

/// Named parts of bytes, in order: the kind and the value of a record, the words of a command line, files.
public struct FuzzInput: Sendable, Hashable {
  public struct Part: Sendable, Hashable {
    /// One word of ASCII.
    public var name: String
    public var bytes: [UInt8]
  }

  public var parts: [Part] = []

  init() {}

  mutating func add(_ name: String, _ bytes: [UInt8]) { parts.append(Part(name: name, bytes: bytes)) }
  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// The first part of that name.
  func first(_ name: String) -> [UInt8]? { parts.first { $0.name == name }?.bytes }
  func text(_ name: String) -> String? { first(name).map { String(decoding: $0, as: UTF8.self) } }
  func all(_ name: String) -> [[UInt8]] { parts.filter { $0.name == name }.map(\.bytes) }
}

/// Why bytes are no kept input.
public struct BadInputFile: Error, CustomStringConvertible {
  public let description: String
}

extension FuzzInput {
  /// The file: for each part a line `name length`, its bytes, and a line feed.
  public var file: [UInt8] {
    parts.flatMap { Array("\($0.name) \($0.bytes.count)\n".utf8) + $0.bytes + [0x0A] }
  }

  public init(file: [UInt8]) throws(BadInputFile) {
    var rest = file[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let line = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[(end + 1)...]
      guard line.count == 2, let length = Int(line[1]), length >= 0, length < rest.count else {
        throw BadInputFile(
          description: "part \(parts.count + 1) does not begin with its name, its length and as many bytes")
      }
      add(String(line[0]), Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
      guard rest.popFirst() == 0x0A else {
        throw BadInputFile(description: "part \(parts.count) does not end with a line feed after its bytes")
      }
    }
    guard rest.isEmpty else { throw BadInputFile(description: "bytes follow the last part") }
  }
}
