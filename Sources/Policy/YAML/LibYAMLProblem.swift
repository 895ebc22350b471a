// Owns the everyday problems of libyaml, by the words that its scanner and its parser have for them.

/// As libyaml 0.2 writes them; another wording is passed on to the author as it is.
enum LibYAMLProblem: String {
  case tabInText = "found a tab character that violates indentation"
  case tabInBlock = "found a tab character where an indentation space is expected"
  case unexpectedCharacter = "found character that cannot start any token"
  case endInQuotes = "found unexpected end of stream"
  case unknownEscape = "found unknown escape character"
  case missingColon = "could not find expected ':'"
  case secondColon = "mapping values are not allowed in this context"
  case notAField = "did not find expected key"
  case notAnItem = "did not find expected '-' indicator"
  case listInLine = "block sequence entries are not allowed in this context"
  case openBrace = "did not find expected ',' or '}'"
  case openBracket = "did not find expected ',' or ']'"
  case missingValue = "did not find expected node content"
  case emptyAnchor = "did not find expected alphabetic or numeric character"
}
