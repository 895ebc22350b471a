// Owns how a CSV file becomes rules: its columns are attributes, `owner` and `worker`; each row is a rule.

extension LookupDraft {
  static func parse(_ file: Located<String>, _ draft: inout PolicyDraft, _ context: ParseContext)
    -> LookupDraft
  {
    let findings = context.findings
    var lookup = LookupDraft(file: file)
    guard let source = context.tables[file.value] else {
      var message = "there is no table \"\(file.value)\" in the policy's folder"
      message += Suggestion.didYouMean(file.value, among: context.tables.keys.sorted())
      findings.error(file.place, message)
      return lookup
    }
    draft.tablesInUse.insert(file.value)
    guard let table = CSVReader.read(source.text, file: file.value, findings: findings) else { return lookup }
    lookup.fill(from: table, path: file.place.path, findings)
    return lookup
  }

  private mutating func fill(from table: CSVTable, path: String, _ findings: Findings) {
    let allowed = Attribute.columns.map(\.rawValue) + ["owner", "worker"]
    var positions: [String: Int] = [:]
    for (index, cell) in table.header.enumerated() {
      let place = Place(file: file.value, line: cell.line, column: cell.column, path: cell.text)
      if positions[cell.text] != nil {
        findings.error(place, "column \"\(cell.text)\" stands twice")
      } else if allowed.contains(cell.text) {
        positions[cell.text] = index
      } else {
        findings.error(
          place,
          "unknown column \"\(cell.text)\"\(Suggestion.didYouMean(cell.text, among: allowed)); allowed: \(Suggestion.list(allowed))"
        )
      }
    }
    let header = table.header[0]
    let headerPlace = Place(file: file.value, line: header.line, column: header.column)
    guard let ownerColumn = positions["owner"] else {
      findings.error(headerPlace, "missing column \"owner\"")
      return
    }
    columns = Attribute.columns.filter { positions[$0.rawValue] != nil }
    if columns.isEmpty {
      findings.error(
        headerPlace,
        "no column says when: name at least one of \(Suggestion.list(Attribute.columns.map(\.rawValue)))")
    }
    for (number, row) in table.rows.enumerated() {
      let rowPath = "\(path)[\(number)]"
      func cell(_ name: String, _ index: Int) -> Located<String>? {
        let cell = row[index]
        let place = Place(file: file.value, line: cell.line, column: cell.column, path: "\(rowPath).\(name)")
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
