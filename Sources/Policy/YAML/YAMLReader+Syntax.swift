// Owns what is said when a file is not YAML: an author's words for everyday slips, libyaml's for the rest.
import CLibYAML

extension YAMLReader {
  /// Why reading stopped, at the place that has to be looked at.
  func syntaxFinding() -> Finding {
    let parser = parser.pointee
    let problem = parser.problem.map { String(cString: $0) } ?? "cannot be read"
    if parser.error == YAML_READER_ERROR {
      let character = "U+" + String(parser.problem_value, radix: 16, uppercase: true)
      let place = place(ofByte: parser.problem_offset)
      return Finding(.error, place, "\(problem) (\(character)): remove the character")
    }
    let start = parser.context.map { _ in parser.context_mark } ?? parser.problem_mark
    let begins = "line \(start.line + 1)"
    guard let known = LibYAMLProblem(rawValue: problem) else {
      let context = parser.context.map { " (" + String(cString: $0) + ", \(begins))" } ?? ""
      return Finding(.error, place(parser.problem_mark), "is not YAML: \(problem)\(context)")
    }
    let isAtStart = known == .endInQuotes || known == .missingColon || known == .emptyAnchor
    return Finding(.error, place(isAtStart ? start : parser.problem_mark), say(known, begins))
  }

  private func say(_ problem: LibYAMLProblem, _ begins: String) -> String {
    switch problem {
    case .tabInText, .tabInBlock: Self.tab
    case .unexpectedCharacter: unexpectedCharacter
    case .endInQuotes: "a quote that is never closed"
    case .unknownEscape: "a \\ in double quotes that means nothing: use single quotes"
    case .missingColon: "a field without \":\" after its name"
    case .secondColon: "\":\" cannot stand here: put text with a \":\" in quotes, and check the indentation"
    case .notAField:
      "cannot stand here: check the indentation and the quotes (these fields begin at \(begins))"
    case .notAnItem:
      "cannot stand in a list: items begin with \"- \" in one column (the list begins at \(begins))"
    case .listInLine: "a list that does not begin on a line of its own"
    case .openBrace: "expected \",\" or \"}\" before this (the \"{\" stands at \(begins))"
    case .openBracket: "expected \",\" or \"]\" before this (the \"[\" stands at \(begins))"
    case .missingValue: "a value is missing here"
    case .emptyAnchor: "text that begins with & or * must be in quotes"
    }
  }

  private static let tab = "a tab cannot indent YAML: use spaces"

  /// The scanner stands before the character.
  private var unexpectedCharacter: String {
    let buffer = parser.pointee.buffer
    guard let pointer = buffer.pointer, pointer < buffer.last, pointer.pointee != UInt8(ascii: "\t") else {
      return Self.tab
    }
    return "text that begins with \(Character(UnicodeScalar(pointer.pointee))) must be in quotes"
  }

  /// libyaml's reader runs ahead of its marks and gives a byte's offset only.
  private func place(ofByte offset: Int) -> Place {
    let before = String(decoding: text.prefix(offset), as: UTF8.self).unicodeScalars
    let line = before.split(separator: "\n", omittingEmptySubsequences: false)
    return Place(file: file, line: line.count, column: (line.last?.count ?? 0) + 1)
  }
}
