// Owns the people of a policy, found by the bytes of their names and by their roles.
import Events

struct PeopleTable: Sendable {
  let count: Int
  private let names: SymbolTable
  private let rows: Table<PersonRow>
  private let roles: SymbolTable
  /// Of each role, by its symbol: the people who hold it, in the order of the directory.
  private let holders: [[Int32]]
  /// Who is absent at some time, in the order of the directory.
  private let absent: [Int32]

  init(_ document: PolicyDocument, _ calendars: CalendarTable, _ teams: TeamTable, _ arena: Arena) {
    var names = SymbolTable.Builder()
    var roles = SymbolTable.Builder()
    var rows = [PersonRow()]
    var holders: [[Int32]] = [[]]
    for person in document.people {
      // Of two with one name the first counts; a checked policy has none.
      let number = names.symbol(person.id)
      guard Int(number) == rows.count else { continue }
      let team = arena.text(person.team)
      let rules = teams.team(team.slice)
      rows.append(
        PersonRow(
          role: arena.text(person.role), team: team, site: arena.text(person.site ?? ""),
          delegate: arena.text(person.delegate ?? ""),
          calendar: person.calendar.map(calendars.number) ?? rules?.calendar ?? 0,
          onCall: person.calendar == nil ? rules?.onCall ?? -1 : -1,
          absentFrom: person.absentFrom, absentUntil: person.absentUntil))
      let role = Int(roles.symbol(person.role))
      while holders.count <= role { holders.append([]) }
      holders[role].append(number)
    }
    count = rows.count - 1
    self.names = names.build(arena)
    self.roles = roles.build(arena)
    self.rows = arena.table(rows)
    self.holders = holders
    absent = rows.indices.dropFirst().filter { rows[$0].absentFrom < rows[$0].absentUntil }
      .map { Int32(clamping: $0) }
  }

  func person(_ id: ByteSlice) -> Person? {
    let number = names.find(id)
    return number == SymbolTable.unknown ? nil : person(number)
  }

  func holders(of role: ByteSlice, team: ByteSlice, site: ByteSlice) -> [Person] {
    let symbol = Int(roles.find(role))
    guard symbol > 0, symbol < holders.count else { return [] }
    let all = holders[symbol].filter { team.isEmpty || rows[$0].team.slice == team }
    let near = site.isEmpty ? [] : all.filter { rows[$0].site.slice == site }
    return (near.isEmpty ? all : near).map(person)
  }

  func absent(at time: Int64) -> [Person] {
    absent.filter { rows[$0].absentFrom <= time && time < rows[$0].absentUntil }.map(person)
  }

  /// Whose absence, at any time, names somebody as who stands in.
  func absentees(naming delegate: ByteSlice) -> [Person] {
    absent.filter { rows[$0].delegate.slice == delegate }.map(person)
  }

  private func person(_ number: Int32) -> Person {
    let row = rows[number]
    var person = Person()
    person.id = names.text(number)
    person.role = row.role.slice
    person.team = row.team.slice
    person.site = row.site.slice
    person.delegate = row.delegate.slice
    person.calendar = row.calendar
    person.onCall = row.onCall
    person.absentFrom = row.absentFrom
    person.absentUntil = row.absentUntil
    return person
  }
}

struct PersonRow: BitwiseCopyable, Sendable {
  var role = ArenaText(start: nil, count: 0)
  var team = ArenaText(start: nil, count: 0)
  var site = ArenaText(start: nil, count: 0)
  var delegate = ArenaText(start: nil, count: 0)
  var calendar: Int32 = 0
  var onCall: Int32 = -1
  var absentFrom: Int64 = 0
  var absentUntil: Int64 = 0
}
