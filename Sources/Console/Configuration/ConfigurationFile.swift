// Owns the configuration file: `key = value` lines, and every mistake in it with its place.

/// `answerable.conf`: one `key = value` a line, where keys are the long names of options. `#` starts a comment at
/// the start of a line or after a space. Double quotes keep spaces and `#` in a value; `\"`, `\\`, `\n`, `\t` work
/// inside of them. An option that takes several values may stand on several lines.
public struct ConfigurationFile: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public let key: String
    public let value: String
    /// From 1; of the key and of the value.
    public let line: Int
    public let column: Int
    public let valueColumn: Int
  }
  public struct Mistake: Sendable, Hashable, CustomStringConvertible {
    public let path: String
    public let line: Int
    public let column: Int
    public let message: String
    public var description: String { "\(path):\(line):\(column): \(message)" }
  }

  public let path: String
  public private(set) var entries: [Entry] = []
  public private(set) var mistakes: [Mistake] = []

  public init(parsing text: String, path: String) {
    self.path = path
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      parse(Array(line), number)
    }
  }

  private mutating func parse(_ line: [Character], _ number: Int) {
    var position = 0
    func skipSpaces() {
      while position < line.count, line[position].isWhitespace { position += 1 }
    }
    skipSpaces()
    guard position < line.count, line[position] != "#" else { return }
    let start = position
    while position < line.count, line[position] != "=", !line[position].isWhitespace { position += 1 }
    let key = String(line[start..<position])
    skipSpaces()
    guard position < line.count, line[position] == "=" else {
      return fail(number, position, "expected \"=\" after \"\(key)\"")
    }
    guard !key.isEmpty else { return fail(number, start, "expected a key before \"=\"") }
    position += 1
    skipSpaces()
    let valueStart = position
    guard let value = value(line, from: position, number) else { return }
    entries.append(
      Entry(key: key, value: value, line: number, column: start + 1, valueColumn: valueStart + 1))
  }

  private mutating func value(_ line: [Character], from start: Int, _ number: Int) -> String? {
    guard start < line.count, line[start] == "\"" else {
      var end = start
      while end < line.count, !(line[end] == "#" && (end == start || line[end - 1].isWhitespace)) { end += 1 }
      return String(line[start..<end]).trimmed
    }
    var text = ""
    var position = start + 1
    while position < line.count, line[position] != "\"" {
      if line[position] == "\\" {
        position += 1
        switch position < line.count ? line[position] : " " {
        case "\"": text.append("\"")
        case "\\": text.append("\\")
        case "n": text.append("\n")
        case "t": text.append("\t")
        default:
          fail(number, position - 1, "unknown escape; \\\", \\\\, \\n and \\t work")
          return nil
        }
      } else {
        text.append(line[position])
      }
      position += 1
    }
    guard position < line.count else {
      fail(number, start, "the closing quote is missing")
      return nil
    }
    let rest = String(line[(position + 1)...]).trimmed
    guard rest.isEmpty || rest.hasPrefix("#") else {
      fail(number, position + 1, "nothing but a comment may follow the closing quote")
      return nil
    }
    return text
  }

  private mutating func fail(_ line: Int, _ index: Int, _ message: String) {
    mistakes.append(Mistake(path: path, line: line, column: index + 1, message: message))
  }

  /// Checks the keys against the options there are; adds the mistakes and drops their entries.
  mutating func check(against options: [OptionSpec]) {
    let configurable = options.filter { $0.isConfigurable && $0.kind != .environmentOnly }
    var byName: [String: OptionSpec] = [:]
    for option in configurable { byName[option.name] = option }
    var firstLine: [String: Int] = [:]
    entries = entries.filter { entry in
      let head = entry.key.prefix { $0 != "." }
      let isPair = head.count < entry.key.count && byName[String(head)]?.kind == .pairs
      guard let option = isPair ? byName[String(head)] : byName[entry.key] else {
        let hint = Suggestion.hint(for: entry.key, among: configurable.map(\.name))
        fail(entry.line, entry.column - 1, "unknown key \"\(entry.key)\"\(hint)")
        return false
      }
      if option.kind == .pairs, !isPair {
        fail(entry.line, entry.column - 1, "write \(option.name).NAME = VALUE")
        return false
      }
      if let first = firstLine[entry.key], option.kind != .list {
        fail(entry.line, entry.column - 1, "\"\(entry.key)\" is said twice (first on line \(first))")
        return false
      }
      firstLine[entry.key] = entry.line
      if let refusal = option.refusal([isPair ? "\(entry.key)=\(entry.value)" : entry.value]) {
        fail(entry.line, entry.valueColumn - 1, "\(entry.key): \(refusal)")
        return false
      }
      return true
    }
    mistakes.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }
}
