// Owns the people of a policy, found by the bytes of their names and by their roles.
import Events

struct PeopleTable: Sendable {
  let count: Int

  init(_ document: PolicyDocument, _ calendars: CalendarTable, _ teams: TeamTable, _ arena: Arena) {
    count = 0
  }

  func person(_ id: ByteSlice) -> Person? { nil }

  func holders(of role: ByteSlice, team: ByteSlice, site: ByteSlice) -> [Person] { [] }
}
