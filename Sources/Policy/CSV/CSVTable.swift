// Owns look-up tables as files: RFC 4180 with the place of every cell, so that a mistake points at itself.

/// A table as written: a header and rows, every cell with its line and column.
struct CSVTable {
  struct Cell {
    var text: String
    var line: Int
    var column: Int
  }

  var header: [Cell] = []
  var rows: [[Cell]] = []
}

/// Reads RFC 4180: commas, quotes doubled inside quotes, CRLF or LF. Cells are trimmed of spaces unless quoted;
/// empty lines and lines that start with `#` are left out, so that a table can teach too.
struct CSVReader {
  private let text: [Character]
  private var at = 0
  private var line = 1
  private var column = 1
  /// Whether the row at hand has a mistake in its quotes.
  private var isBroken = false
  private let file: String
  private let findings: Findings

  /// The table, or nil when its header cannot be used. Rows with a wrong number of cells or
  /// quotes are reported and left out.
  static func read(_ text: String, file: String, findings: Findings) -> CSVTable? {
    var reader = CSVReader(text: text, file: file, findings: findings)
    return reader.run()
  }

  private init(text: String, file: String, findings: Findings) {
    self.text = Array(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...])
    self.file = file
    self.findings = findings
  }

  private mutating func run() -> CSVTable? {
    var table = CSVTable()
    var hasRows = false
    while at < text.count {
      if text[at] == "#" || Self.isNewline(text[at]) {
        skipLine()
        continue
      }
      isBroken = false
      guard let row = row() else { return table.header.isEmpty ? nil : table }
      if row.count == 1, row[0].text.isEmpty { continue }
      guard !table.header.isEmpty else {
        if isBroken { return nil }
        table.header = row
        continue
      }
      hasRows = true
      if isBroken { continue }
      guard row.count == table.header.count else {
        findings.error(
          Place(file: file, line: row[0].line, column: row[0].column),
          "has \(cells(row.count)), and the header has \(table.header.count): leave a cell empty rather than out"
        )
        continue
      }
      table.rows.append(row)
      guard table.rows.count <= PolicyLimits.rows else {
        findings.error(
          Place(file: file, line: row[0].line, column: 1),
          "has more than \(PolicyLimits.rows) rows: make two tables of it")
        return table
      }
    }
    guard !table.header.isEmpty else {
      findings.error(Place(file: file), "is empty: its first line must name the columns")
      return nil
    }
    if !hasRows {
      findings.error(Place(file: file), "has no rows below the one that names the columns")
    }
    return table
  }

  private func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }

  /// One row, up to and with its end of line; nil when a quote is never closed.
  private mutating func row() -> [CSVTable.Cell]? {
    var row: [CSVTable.Cell] = []
    while true {
      skipSpaces()
      guard let cell = at < text.count && text[at] == "\"" ? quoted() : plain() else { return nil }
      row.append(cell)
      guard at < text.count else { return row }
      let separator = text[at]
      advance()
      if Self.isNewline(separator) { return row }
    }
  }

  private mutating func plain() -> CSVTable.Cell? {
    var cell = CSVTable.Cell(text: "", line: line, column: column)
    while at < text.count, text[at] != ",", !Self.isNewline(text[at]) {
      if text[at] == "\"", !isBroken {
        isBroken = true
        findings.error(
          Place(file: file, line: line, column: column),
          "a quote inside a cell: put the whole cell in quotes and double those inside")
      }
      cell.text.append(text[at])
      advance()
    }
    while cell.text.last == " " || cell.text.last == "\t" { cell.text.removeLast() }
    return cell
  }

  private mutating func quoted() -> CSVTable.Cell? {
    var cell = CSVTable.Cell(text: "", line: line, column: column)
    advance()
    while at < text.count {
      let character = text[at]
      advance()
      guard character == "\"" else {
        cell.text.append(character)
        continue
      }
      if at < text.count, text[at] == "\"" {
        cell.text.append("\"")
        advance()
        continue
      }
      skipSpaces()
      if at < text.count, text[at] != ",", !Self.isNewline(text[at]) {
        isBroken = true
        findings.error(
          Place(file: file, line: line, column: column),
          "text after a closing quote: double the quotes that belong to the text")
        while at < text.count, text[at] != ",", !Self.isNewline(text[at]) { advance() }
      }
      return cell
    }
    findings.error(Place(file: file, line: cell.line, column: cell.column), "a quote that is never closed")
    return nil
  }

  private mutating func advance() {
    if Self.isNewline(text[at]) {
      line += 1
      column = 1
    } else {
      column += 1
    }
    at += 1
  }

  private mutating func skipSpaces() {
    while at < text.count, text[at] == " " || text[at] == "\t" { advance() }
  }

  private mutating func skipLine() {
    while at < text.count {
      let wasNewline = Self.isNewline(text[at])
      advance()
      if wasNewline { return }
    }
  }

  /// CRLF is one `Character`.
  private static func isNewline(_ character: Character) -> Bool {
    character == "\n" || character == "\r\n" || character == "\r"
  }
}
