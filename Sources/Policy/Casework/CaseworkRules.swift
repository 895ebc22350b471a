// Owns what casework asks a compiled policy: teams, calendars, ladders, people, and the numbers of cases.yaml.
import Events

/// The casework side of a compiled policy. Shared by all threads; slices borrow from the policy.
public final class CaseworkRules: Sendable {
  public let cases: CaseRules
  public let memory: MemoryRules
  let calendars: CalendarTable
  let ladders: LadderTable
  let teams: TeamTable
  let people: PeopleTable

  /// `arena` is the one of the policy that will own this.
  init(_ document: PolicyDocument, _ arena: Arena) {
    cases = CaseRules()
    memory = MemoryRules()
    calendars = CalendarTable(document)
    ladders = LadderTable(document)
    teams = TeamTable(document, calendars, ladders, arena)
    people = PeopleTable(document, calendars, teams, arena)
  }

  /// Nil for a team that the policy does not have (any more).
  public func team(_ id: ByteSlice) -> TeamRules? { teams.team(id) }
  /// `index` comes from `TeamRules` or `Person`.
  public func calendar(_ index: Int32) -> WorkingCalendar { calendars[index] }
  /// `index` comes from `TeamRules`.
  public func ladder(_ index: Int32) -> LadderRules { ladders[index] }
}
