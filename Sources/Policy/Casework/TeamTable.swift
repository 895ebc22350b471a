// Owns the teams of a policy, found by the bytes of their names.
import Events

struct TeamTable: Sendable {
  private let names: SymbolTable
  private let rows: Table<TeamRow>

  init(_ document: PolicyDocument, _ calendars: CalendarTable, _ ladders: LadderTable, _ arena: Arena) {
    var names = SymbolTable.Builder()
    var rows = [TeamRow()]
    for team in document.teams {
      // Of two with one name the first counts; a checked policy has none.
      guard Int(names.symbol(team.id)) == rows.count else { continue }
      rows.append(
        TeamRow(
          accountable: arena.text(team.accountable ?? ""), principal: arena.text(team.subcontractorOf ?? ""),
          calendar: calendars.number(team.calendar), onCall: team.onCall.map(calendars.number) ?? -1,
          ladder: ladders.number(team.ladder)))
    }
    self.names = names.build(arena)
    self.rows = arena.table(rows)
  }

  func team(_ id: ByteSlice) -> TeamRules? {
    let number = names.find(id)
    guard number != SymbolTable.unknown else { return nil }
    let row = rows[number]
    var team = TeamRules()
    team.id = names.text(number)
    team.accountable = row.accountable.slice
    team.principal = row.principal.slice
    team.calendar = row.calendar
    team.onCall = row.onCall
    team.ladder = row.ladder
    return team
  }
}

struct TeamRow: BitwiseCopyable, Sendable {
  var accountable = ArenaText(start: nil, count: 0)
  var principal = ArenaText(start: nil, count: 0)
  var calendar: Int32 = 0
  var onCall: Int32 = -1
  var ladder: Int32 = 0
}
