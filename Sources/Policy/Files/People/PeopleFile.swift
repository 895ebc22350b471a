// Owns people.yaml: who exists, in which role, and who stands in when somebody is away.
import Events
import Foundation
import ICalendar

struct PersonDraft: Sendable {
  var id: Located<String>
  var role: Located<String>?
  var team: Located<String>?
  var site: Located<String>?
  var calendar: Located<String>?
  var delegate: Located<String>?
  var absentFrom: Located<String>?
  var absentUntil: Located<String>?
}

enum PeopleFile: PolicyFile {
  static let name = "people.yaml"
  static let isRequired = false
  static let fields = [
    "id", "role", "team", "site", "calendar", "absent-from", "absent-until", "delegate",
  ]

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let people = root.fields(["people"], required: ["people"], findings)?["people"] else {
      draft.unread.insert(name)
      return
    }
    if case .mapping = people.node.content {
      guard let table = people.fields(["lookup"], required: ["lookup"], findings)?["lookup"]?.text(findings)
      else {
        draft.unread.insert(name)
        return
      }
      return read(table, into: &draft, context)
    }
    for cursor in people.list(findings) ?? [] {
      guard let values = cursor.fields(fields, required: ["id", "role", "team"], findings),
        let id = values["id"]?.text(findings)
      else { continue }
      draft.people.append(
        PersonDraft(
          id: id, role: values["role"]?.text(findings), team: values["team"]?.text(findings),
          site: values["site"]?.text(findings), calendar: values["calendar"]?.text(findings),
          delegate: values["delegate"]?.text(findings), absentFrom: values["absent-from"]?.text(findings),
          absentUntil: values["absent-until"]?.text(findings)))
    }
  }

  private static func read(
    _ file: Located<String>, into draft: inout PolicyDraft, _ context: ParseContext
  ) {
    let findings = context.findings
    draft.tablesInUse.insert(file.value)
    draft.directoryTable = file.value
    guard let source = context.tables[file.value] else {
      draft.unread.insert(name)
      guard !context.refused.contains(file.value) else { return }
      let tables = context.tables.keys.sorted()
      findings.error(
        file.place,
        "unknown table \"\(file.value)\"\(Suggestion.didYouMean(file.value, among: tables)); "
          + (tables.isEmpty
            ? "the policy's folder has no table"
            : "the policy's folder has \(Suggestion.list(tables, limit: 12))"))
      return
    }
    guard let table = CSVReader.read(source.text, file: file.value, findings: findings) else {
      draft.unread.insert(name)
      return
    }
    var columns: [String: Int] = [:]
    for (index, cell) in table.header.enumerated() {
      guard fields.contains(cell.text) else {
        findings.error(
          Place(file: file.value, line: cell.line, column: cell.column, path: cell.text),
          "unknown column \"\(cell.text)\"\(Suggestion.didYouMean(cell.text, among: fields)); allowed: \(Suggestion.list(fields))"
        )
        continue
      }
      columns[cell.text] = index
    }
    for wanted in ["id", "role", "team"] where columns[wanted] == nil {
      findings.error(Place(file: file.value, line: 1, column: 1), "missing column \"\(wanted)\"")
      draft.unread.insert(name)
    }
    guard !draft.unread.contains(name) else { return }
    for (number, row) in table.rows.enumerated() {
      func cell(_ name: String) -> Located<String>? {
        guard let index = columns[name], !row[index].text.isEmpty else { return nil }
        let cell = row[index]
        return Located(
          cell.text,
          at: Place(file: file.value, line: cell.line, column: cell.column, path: "people[\(number)].\(name)")
        )
      }
      guard let id = cell("id") else {
        findings.error(
          Place(file: file.value, line: row[0].line, column: row[0].column, path: "people[\(number)].id"),
          "is empty: every row names somebody")
        continue
      }
      draft.people.append(
        PersonDraft(
          id: id, role: cell("role"), team: cell("team"), site: cell("site"), calendar: cell("calendar"),
          delegate: cell("delegate"), absentFrom: cell("absent-from"), absentUntil: cell("absent-until")))
    }
  }

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    Checks.unique("person", draft.people.map(\.id), findings)
    for person in draft.people {
      for name in [person.id, person.role].compactMap({ $0 }) { Checks.identifier(name, findings) }
      // A list says so where it is read.
      for (field, value) in [("role", person.role), ("team", person.team)]
      where value == nil && person.id.place.file != name {
        findings.error(person.id.place, "missing \"\(field)\": everybody has a role in a team")
      }
      absence(person, findings)
    }
  }

  private static func absence(_ person: PersonDraft, _ findings: Findings) {
    for time in [person.absentFrom, person.absentUntil].compactMap({ $0 })
    where PersonDraft.time(time.value) == nil {
      findings.error(
        time.place,
        "\"\(time.value)\" is no time; allowed: such as 2026-07-13 or 2026-07-13T08:00:00+02:00")
    }
    switch (person.absentFrom, person.absentUntil) {
    case (nil, nil): break
    case (let from?, nil): findings.error(from.place, "an absence without \"absent-until\": say when it ends")
    case (nil, let until?):
      findings.error(until.place, "an absence without \"absent-from\": say when it begins")
    case (let from?, let until?):
      if let begins = PersonDraft.time(from.value), let ends = PersonDraft.time(until.value), begins >= ends {
        findings.error(until.place, "the absence ends before it begins")
      }
    }
    if let delegate = person.delegate, delegate.value == person.id.value {
      findings.error(delegate.place, "nobody can stand in for themselves")
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    guard !draft.unread.contains(name) else { return }
    let sites = draft.unread.contains(SitesFile.name) ? nil : Set(draft.sites.map(\.id.value))
    let ids = Set(draft.people.map(\.id.value))
    let delegates = Dictionary(
      draft.people.compactMap { person in person.delegate.map { (person.id.value, $0.value) } },
      uniquingKeysWith: { first, _ in first })
    for person in draft.people {
      if let team = person.team { Checks.known("team", team, among: draft.teamIDs, findings) }
      if let site = person.site { Checks.known("site", site, among: sites, findings) }
      guard let delegate = person.delegate else { continue }
      Checks.known("person", delegate, among: ids, findings)
      var next: String? = delegate.value
      var steps = 0
      while let name = next, steps <= ids.count {
        if name == person.id.value, delegate.value != person.id.value {
          findings.error(delegate.place, "stand-ins go round in a circle, back to \"\(name)\"")
          break
        }
        next = delegates[name]
        steps += 1
      }
    }
  }
}

extension PersonDraft {
  /// Milliseconds since 1970; a day alone begins at its midnight by the zone's clock.
  static func time(_ text: String, zone: String = CalendarsFile.defaultZone) -> Int64? {
    guard let day = HolidayText.day(text) else {
      var text = text
      return text.withUTF8 { RFC3339.milliseconds(UnsafeRawBufferPointer($0)) }
    }
    let zone = TimeZone(identifier: zone) ?? .gmt
    func ahead(_ seconds: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
    let midnight = LocalDate.number(day) * 86_400
    return Int64(midnight - ahead(midnight - ahead(midnight))) * 1_000
  }
}
