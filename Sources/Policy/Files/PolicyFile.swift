// Owns the list of a policy's files: what each one is called and the four steps that each one goes through.
import ICalendar

/// One file of a policy's folder. A new kind of file is a new folder beside this one, a draft in `PolicyDraft`
/// and a line in `PolicyFiles.all`.
protocol PolicyFile: SendableMetatype {
  /// `teams.yaml`.
  static var name: String { get }
  /// Without it there is no policy.
  static var isRequired: Bool { get }
  /// Step 1: nodes become a draft. Reports wrong types, unknown and missing fields.
  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext)
  /// Step 2: every value that was left out and has a default gets it. Reports nothing.
  static func fillDefaults(_ draft: inout PolicyDraft)
  /// Step 3: each value by itself. Reports bad identifiers, ranges and orders.
  static func validate(_ draft: PolicyDraft, _ findings: Findings)
  /// Step 4: values against each other and against other files. Reports unknown names, cycles, rules without effect.
  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings)
}

extension PolicyFile {
  static func fillDefaults(_ draft: inout PolicyDraft) {}
  static func validate(_ draft: PolicyDraft, _ findings: Findings) {}
  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {}
}

enum PolicyFiles {
  static let all: [any PolicyFile.Type] = [
    TeamsFile.self, SitesFile.self, JourneysFile.self, OwnershipFile.self, ScoringFile.self,
    RedactionFile.self, CalendarsFile.self, PeopleFile.self, LaddersFile.self, CasesFile.self,
    DelegationFile.self,
  ]
}

/// What parsing needs besides the file at hand.
struct ParseContext {
  let findings: Findings
  /// Look-up tables that stand in the folder, by file name.
  let tables: [String: SourceFile]
  /// iCalendar files that stand in the folder, by file name.
  let holidays: [String: SourceFile]
  /// Files that stand in the folder and could not be read, which has been said.
  let refused: Set<String>
}

/// Everything a policy's files say, with the place of each word; values left out are nil until the second step.
struct PolicyDraft: Sendable {
  var teams: [TeamDraft] = []
  var sites: [SiteDraft] = []
  var journeys: [JourneyDraft] = []
  var ownership = OwnershipDraft()
  var scoring = ScoringDraft()
  var redaction = RedactionDraft()
  var calendars: [CalendarDraft] = []
  /// Whether there is a calendars.yaml at all.
  var hasCalendars = false
  var people: [PersonDraft] = []
  /// The table that people.yaml names.
  var directoryTable: String?
  var ladders: [LadderDraft] = []
  var cases = CasesDraft()
  /// Nil where there is no delegation.yaml.
  var delegation: DelegationDraft?
  /// Tables that a rule names; the others in the folder have no effect.
  var tablesInUse: Set<String> = []
  /// iCalendar files that a calendar names, as they were read.
  var holidayFiles: [String: HolidayFile] = [:]
  /// Files whose names are not known because of a mistake that has been said: what refers to them is not
  /// checked, so that one mistake is one finding.
  var unread: Set<String> = []
}

extension PolicyDraft {
  /// Nil when teams.yaml does not say.
  var teamIDs: Set<String>? { unread.contains(TeamsFile.name) ? nil : Set(teams.map(\.id.value)) }
  var touchpoints: [TouchpointDraft] { journeys.flatMap(\.touchpoints) }
}
