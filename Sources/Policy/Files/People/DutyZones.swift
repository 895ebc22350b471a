// Owns by which clock somebody's days of absence are meant.

struct DutyZones {
  private let calendars: [String: String]
  private let teams: [String: String]
  private let sites: [String: String]

  init(_ draft: PolicyDraft) {
    func table(_ pairs: [(String, String?)]) -> [String: String] {
      Dictionary(
        pairs.compactMap { id, value in value.map { (id, $0) } }, uniquingKeysWith: { first, _ in first })
    }
    calendars = table(draft.calendars.map { ($0.id.value, $0.zone?.value) })
    teams = table(draft.teams.map { ($0.id.value, $0.calendar?.value) })
    sites = table(draft.sites.map { ($0.id.value, $0.zone?.value) })
  }

  /// That of the person's calendar, else of the site, else of the team's calendar, else UTC.
  func zone(of person: PersonDraft) -> String {
    person.calendar.flatMap { calendars[$0.value] } ?? person.site.flatMap { sites[$0.value] }
      ?? person.team.flatMap { teams[$0.value] }.flatMap { calendars[$0] } ?? CalendarsFile.defaultZone
  }
}
