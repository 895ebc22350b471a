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
    // A line feed after a carriage return is one character with it.
    let isLineEnd: (Character) -> Bool = { $0 == "\n" || $0 == "\r\n" }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd) {
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
    let byName = Dictionary(grouping: options, by: \.name)
    let configurable = options.filter { $0.isConfigurable && $0.kind != .environmentOnly }.map(\.name)
    var firstLine: [String: Int] = [:]
    entries = entries.filter { entry in
      let head = entry.key.prefix { $0 != "." }
      let isPair = head.count < entry.key.count && byName[String(head)]?.first?.kind == .pairs
      let named = byName[isPair ? String(head) : entry.key] ?? []
      guard let option = named.first else {
        let hint = Suggestion.hint(for: entry.key, among: configurable)
        fail(entry.line, entry.column - 1, "unknown key \"\(entry.key)\"\(hint)")
        return false
      }
      if option.kind == .environmentOnly {
        let file =
          configurable.contains("\(option.name)-file") ? ", or name its file: \(option.name)-file = …" : ""
        fail(
          entry.line, entry.column - 1,
          "\(option.name) is a secret and does not belong here: set \(option.environmentName)\(file)")
        return false
      }
      if !named.contains(where: \.isConfigurable) {
        fail(entry.line, entry.column - 1, "\(option.name) cannot be set in this file")
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
      // Of commands that share a name, one that takes the value is enough; another says so when it runs.
      let text = isPair ? "\(entry.key)=\(entry.value)" : entry.value
      let refusals = named.compactMap { $0.refusal([text]) }
      if refusals.count == named.count, let refusal = refusals.first {
        fail(entry.line, entry.valueColumn - 1, "\(entry.key): \(refusal)")
        return false
      }
      return true
    }
    mistakes.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }
}
