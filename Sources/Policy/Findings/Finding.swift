// Owns what a check says about a policy: one mistake, where it stands, and how it reads.

/// One mistake in a policy, with the place to go to and what is allowed there.
public struct Finding: Error, Sendable, Hashable, Codable {
  /// An error refuses the policy; a warning is said and does not; a note says how things are.
  public enum Level: String, Sendable, Hashable, Codable, CaseIterable { case error, warning, note }

  public var level: Level
  /// Relative to the policy's folder: `ownership.yaml`.
  public var file: String
  /// From 1; 0 when the file as a whole is meant (a missing file).
  public var line: Int
  /// In characters, from 1; 0 when the file as a whole is meant.
  public var column: Int
  /// `ownership.rules[2].owner`; empty when the file as a whole is meant.
  public var path: String
  /// What is wrong and what is allowed, for a person.
  public var message: String
  /// Events that show it, each confirmed by the evaluator; empty where no event is at stake.
  public var examples: [FindingExample]

  public init(_ level: Level, _ place: Place, _ message: String, examples: [FindingExample] = []) {
    self.level = level
    self.examples = examples
    file = place.file
    line = place.line
    column = place.column
    path = Self.printable(place.path, atMost: 400)
    self.message = Self.printable(message, atMost: 2000)
  }
}

extension Finding {
  /// On one line and without control characters, whatever an author's file holds: `U+1B` for an escape.
  private static func printable(_ text: String, atMost limit: Int) -> String {
    var printable = ""
    for scalar in text.unicodeScalars.prefix(limit) {
      if [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory) {
        printable += "U+" + String(scalar.value, radix: 16, uppercase: true)
      } else {
        printable.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.count > limit ? printable + "…" : printable
  }
}

extension Finding: Comparable {
  /// The order of reading: file, line, column, then path, message and level, so that no two runs differ.
  public static func < (a: Self, b: Self) -> Bool {
    (a.file, a.line, a.column, a.path, a.message, a.level.rawValue)
      < (b.file, b.line, b.column, b.path, b.message, b.level.rawValue)
  }
}

extension Finding: CustomStringConvertible {
  /// `file:line:column: path: message`, as editors and CI parse it; a warning or a note says so after its place.
  public var description: String {
    var text = file
    if line > 0 { text += ":\(line):\(column)" }
    text += ": "
    if level != .error { text += "\(level.rawValue): " }
    if !path.isEmpty { text += "\(path): " }
    return text + message
  }
}

/// Where something stands in a policy's folder.
public struct Place: Sendable, Hashable {
  public var file: String
  public var line: Int
  public var column: Int
  public var path: String

  public init(file: String, line: Int = 0, column: Int = 0, path: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
  }
}

/// A value and where it was written: what every later step needs to point at the mistake itself.
package struct Located<Value> {
  package var value: Value
  package var place: Place

  package init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}
extension Located: Sendable where Value: Sendable {}
