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
  /// Services whose incidents gather what was felt without a site.
  private let gathered: Table<ArenaText>
  /// What the tables stand in: it stays while this does.
  private let arena: Arena

  /// `arena` is the one of the policy that will own this.
  init(_ document: PolicyDocument, _ arena: Arena) {
    self.arena = arena
    let numbers = document.cases ?? PolicyDocument.Cases()
    cases = numbers.rules
    memory = numbers.memory
    gathered = arena.table(numbers.rules.gatherServices.map(arena.text))
    calendars = CalendarTable(document)
    ladders = LadderTable(document, calendars, arena)
    teams = TeamTable(document, calendars, ladders, arena)
    people = PeopleTable(document, calendars, teams, arena)
  }

  /// Nil for a team that the policy does not have (any more).
  public func team(_ id: ByteSlice) -> TeamRules? { teams.team(id) }
  /// The team of ours that answers for what a subcontractor does, whoever stands between; nil when the policy names
  /// none.
  public func principal(of subcontractor: TeamRules) -> ByteSlice? {
    var team = subcontractor
    for _ in 0..<Self.longestChain {
      if !team.isSubcontractor { return team.id }
      guard let next = teams.team(team.principal) else { return nil }
      team = next
    }
    return nil
  }
  /// Subcontractors of subcontractors are followed so far.
  static let longestChain = 16

  /// `index` comes from `TeamRules` or `Person`.
  public func calendar(_ index: Int32) -> WorkingCalendar { calendars[index] }
  /// `index` comes from `TeamRules`.
  public func ladder(_ index: Int32) -> LadderRules { ladders[index] }
  /// What a case that opens needs of its ladder, without a copy of it.
  public func opening(ladder index: Int32, priority: Priority) -> LadderOpening {
    ladders.opening(index, priority: Int32(truncatingIfNeeded: priority.rawValue) &- 1)
  }
  /// Whether an incident of this service gathers feedback that was felt without a site.
  public func gathersWithoutSite(service: ByteSlice) -> Bool {
    (0..<Int32(clamping: gathered.count)).contains { gathered[$0].slice == service }
  }
}
