// Owns how a CSV file becomes rules: its columns are attributes, `owner` and `worker`; each row is a rule.

extension LookupDraft {
  static func parse(_ file: Located<String>, _ draft: inout PolicyDraft, _ context: ParseContext)
    -> LookupDraft
  {
    let findings = context.findings
    var lookup = LookupDraft(file: file)
    guard let source = context.tables[file.value] else {
      let tables = context.tables.keys.sorted()
      if let meant = Suggestion.nearest(file.value, among: tables) { draft.tablesInUse.insert(meant) }
      guard !context.refused.contains(file.value) else { return lookup }
      var message = "unknown table \"\(file.value)\"\(Suggestion.didYouMean(file.value, among: tables))"
      message +=
        tables.isEmpty
        ? "; the policy's folder has no table"
        : "; the policy's folder has \(Suggestion.list(tables, limit: 12))"
      findings.error(file.place, message)
      return lookup
    }
    draft.tablesInUse.insert(file.value)
    guard let table = CSVReader.read(source.text, file: file.value, findings: findings) else { return lookup }
    lookup.fill(from: table, path: file.place.path, findings)
    return lookup
  }

  /// What spreadsheets write where a comma is the decimal sign.
  private func hasOtherSeparator(_ header: [CSVTable.Cell], _ findings: Findings) -> Bool {
    guard header.count == 1, let cell = header.first else { return false }
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs")] where cell.text.contains(separator) {
      findings.error(
        Place(file: file.value, line: cell.line, column: cell.column),
        "is separated by \(name): save the table with commas")
      return true
    }
    return false
  }

  private mutating func fill(from table: CSVTable, path: String, _ findings: Findings) {
    let allowed = Attribute.columns.map(\.rawValue) + ["owner", "worker"]
    var positions: [String: Int] = [:]
    var isUnderstood = true
    guard !hasOtherSeparator(table.header, findings) else { return }
    for (index, cell) in table.header.enumerated() {
      let place = Place(file: file.value, line: cell.line, column: cell.column, path: cell.text)
      if cell.text.isEmpty {
        findings.error(place, "a column without a name: name it or remove it")
        isUnderstood = false
        continue
      }
      let meant = allowed.contains(cell.text) ? cell.text : Suggestion.nearest(cell.text, among: allowed)
      if meant != cell.text {
        findings.error(
          place,
          "unknown column \"\(cell.text)\"\(Suggestion.didYouMean(cell.text, among: allowed)); allowed: \(Suggestion.list(allowed))"
        )
      } else if positions[cell.text] != nil {
        findings.error(place, "the column \"\(cell.text)\" stands twice")
      }
      // A name that is nearly right is read as the one that is meant, so that one slip is one finding.
      if let meant, positions[meant] == nil { positions[meant] = index }
      isUnderstood = isUnderstood && meant != nil
    }
    let header = table.header[0]
    let headerPlace = Place(file: file.value, line: header.line, column: header.column)
    guard isUnderstood else { return }
    guard let ownerColumn = positions["owner"] else {
      findings.error(headerPlace, "missing column \"owner\"")
      return
    }
    columns = Attribute.columns.filter { positions[$0.rawValue] != nil }
    guard !columns.isEmpty else {
      findings.error(
        headerPlace,
        "no column says when a row matches; it needs one of \(Suggestion.list(Attribute.columns.map(\.rawValue)))"
      )
      return
    }
    for (number, row) in table.rows.enumerated() {
      let rowPath = "\(path)[\(number)]"
      func cell(_ name: String, _ index: Int) -> Located<String>? {
        let cell = row[index]
        let place = Place(file: file.value, line: cell.line, column: cell.column, path: "\(rowPath).\(name)")
        Checks.oneLine(cell.text, place, findings)
        return cell.text.isEmpty ? nil : Located(cell.text, at: place)
      }
      let draft = LookupRowDraft(
        place: Place(file: file.value, line: row[0].line, column: row[0].column, path: rowPath),
        cells: columns.map { column in positions[column.rawValue].flatMap { cell(column.rawValue, $0) } },
        owner: cell("owner", ownerColumn),
        worker: positions["worker"].flatMap { cell("worker", $0) })
      if draft.owner == nil {
        let empty = row[ownerColumn]
        findings.error(
          Place(file: file.value, line: empty.line, column: empty.column, path: "\(rowPath).owner"),
          "is empty: every row names its owner")
      }
      rows.append(draft)
    }
  }
}
