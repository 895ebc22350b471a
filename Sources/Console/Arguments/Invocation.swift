// Owns what a command line came to: the command, its arguments, and the value of each option with its source.
import Secrets

/// Where a value came from, in falling order of precedence.
public enum ValueSource: Sendable, Hashable, CustomStringConvertible {
  /// As it was written: `--threads`, `-t`.
  case commandLine(String)
  case environment(String)
  case file(path: String, line: Int, column: Int, key: String)

  public var description: String {
    switch self {
    case .commandLine(let option): option
    case .environment(let name): name
    case .file(let path, let line, let column, let key): "\(path):\(line):\(column): \(key)"
    }
  }
}

/// A parsed and checked command line.
public struct Invocation: Sendable {
  struct Given: Sendable {
    var texts: [String]
    var source: ValueSource
  }

  /// `["answerable", "topics", "plan"]`
  public let path: [String]
  public let arguments: [String]
  let given: [String: Given]

  /// The value of an option: from the command line, else the environment, else the file, else its default.
  public subscript<Value>(_ option: Option<Value>) -> Value {
    guard let given = given[option.spec.name] else { return option.fallback }
    // Every text was read once by the parser, which throws where this would fall back.
    return (try? option.read(given.texts)) ?? option.fallback
  }

  /// Where the value came from; nil for the default.
  public func source<Value>(of option: Option<Value>) -> ValueSource? { given[option.spec.name]?.source }

  /// A secret given as a file on the command line, else in the environment, else as a file elsewhere. The
  /// file's last line feed is not part of it. Throws when the file cannot be read.
  public func secret(_ secret: Option<Secret?>, file: Option<String?>) throws(Failure) -> Secret? {
    if case .commandLine? = source(of: file) {} else if let secret = self[secret] { return secret }
    guard let path = self[file] else { return nil }
    guard var text = TextFile.read(path) else {
      throw Failure("\(path): cannot be read (\(file.spec.name))", code: .noInput)
    }
    if text.last == "\n" || text.last == "\r\n" { text.removeLast() }
    guard !text.isEmpty else { throw Failure("\(path): is empty (\(file.spec.name))", code: .configuration) }
    return Secret(text)
  }
}
