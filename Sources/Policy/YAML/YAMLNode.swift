// Owns what a YAML file is once read: nodes that know their line and column.

/// A node of a YAML document. Lines and columns count from 1, columns in characters.
package struct YAMLNode: Sendable {
  package var line: Int
  package var column: Int
  package var content: Content

  package enum Content: Sendable {
    case scalar(YAMLScalar)
    case list([YAMLNode])
    case mapping([Entry])
  }

  package struct Entry: Sendable {
    package var key: String
    package var line: Int
    package var column: Int
    package var value: YAMLNode
  }

  /// What the node is, in an author's words.
  package var noun: String {
    switch content {
    case .scalar(let scalar): scalar.noun
    case .list: "a list"
    case .mapping: "a set of fields"
    }
  }
}

/// A scalar as written. What it means is decided by the field that reads it, never by its looks: `no` stays
/// the text "no" and `010` is never taken for eight (both are traps of YAML 1.1).
package struct YAMLScalar: Sendable {
  package var text: String
  /// Written without quotes and not as a block.
  package var isPlain: Bool

  package var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
  /// Only the two words of YAML 1.2's core schema.
  package var boolean: Bool? {
    guard isPlain else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default: return nil
    }
  }
  /// Words that YAML 1.1 readers take for booleans and YAML 1.2 readers for text.
  var isTroubledBoolean: Bool {
    isPlain && ["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
  }

  package var noun: String {
    if isNull { return "nothing" }
    if boolean != nil { return "true or false" }
    if isPlain, case .success = Thousandths.parse(text) { return "a number" }
    return "text"
  }
}
