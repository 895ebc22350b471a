// Owns naming the hours in which a rung would find nobody: a usual week of the directory against the hours in which a
// clock of the ladder can run out.

/// A working-time clock runs out while its team's calendar is open, so only those hours count. Holidays and absences are not
/// part of a usual week; a rung that meets one waits for the next who is on duty, and says so.
struct DutyGaps {
  /// Of one ladder; the others are counted.
  private static let limit = 8

  private let document: PolicyDocument
  private let draft: PolicyDraft
  private let findings: Findings
  private var weeks: [String: DutyWeek] = [TeamsFile.defaultCalendar: .always]
  private var offsets: [String: Int] = [:]
  private let teams: [String: PolicyDocument.Team]
  private let holders: [String: [PolicyDocument.Person]]

  /// `document` is sound, and made of `draft`.
  init(_ document: PolicyDocument, _ draft: PolicyDraft, _ findings: Findings) {
    self.document = document
    self.draft = draft
    self.findings = findings
    for calendar in document.calendars {
      weeks[calendar.id] = DutyWeek(calendar)
      offsets[calendar.id] = Int(clamping: calendar.offsets.last?.minutes ?? 0)
    }
    teams = Dictionary(document.teams.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    holders = Dictionary(grouping: document.people, by: \.role)
  }

  func report() {
    guard !document.people.isEmpty else { return }
    for ladder in draft.ladders { report(ladder) }
  }

  private func report(_ ladder: LadderDraft) {
    let climbers = draft.teams(climbing: ladder).compactMap { teams[$0.id.value] }
    var found: [(place: Place, message: String)] = []
    for rung in ladder.rungs {
      for gap in gaps(rung, climbers) { found.append((rung.place, gap)) }
    }
    for gap in found.prefix(Self.limit) { findings.warning(gap.place, gap.message) }
    if found.count > Self.limit {
      findings.warning(
        ladder.id.place,
        "has \(found.count - Self.limit) more rungs and sites like those below at which nobody is on duty when a clock can run out"
      )
    }
  }

  private func gaps(_ rung: RungDraft, _ climbers: [PolicyDocument.Team]) -> [String] {
    switch rung.target?.value {
    case .roleOfOwner(let role): climbers.flatMap { gaps(role, of: $0) }
    case .accountableOfOwner: climbers.flatMap { team in team.accountable.map { gaps($0, of: team) } ?? [] }
    case .role(let role): gaps(role, anywhereFor: climbers)
    case nil: []
    }
  }

  private func gaps(_ role: String, of team: PolicyDocument.Team) -> [String] {
    gaps(
      "role \(role) of \(team.id)", (holders[role] ?? []).filter { $0.team == team.id },
      open: week(team.calendar),
      offset: offsets[team.calendar])
  }

  private func gaps(_ role: String, anywhereFor climbers: [PolicyDocument.Team]) -> [String] {
    var open = DutyWeek.never
    for team in climbers { open.formUnion(week(team.calendar)) }
    // By the clocks of a team that has any: `always` has none of its own.
    let offset = climbers.lazy.compactMap { offsets[$0.calendar] }.first
    return gaps("role \(role)", holders[role] ?? [], open: open, offset: offset)
  }

  /// One for each site that has holders of its own, and one for all other cases, which go to holders of all sites.
  private func gaps(
    _ role: String, _ holders: [PolicyDocument.Person], open: DutyWeek, offset: Int?
  ) -> [String] {
    // That nobody has it at all is said already.
    guard !holders.isEmpty else { return [] }
    // A team that works at any time has no zone: then by the clocks of whoever holds the role.
    let offset = offset ?? holders.lazy.compactMap { offsets[calendar(of: $0)] }.first ?? 0
    let bySite = Dictionary(grouping: holders.filter { $0.site != nil }, by: { $0.site ?? "" })
    var gaps: [String] = []
    for site in [nil] + bySite.keys.sorted().map(Optional.some) {
      var duty = DutyWeek.never
      for person in site.map({ bySite[$0] ?? [] }) ?? holders { duty.formUnion(week(calendar(of: person))) }
      let gap = open.subtracting(duty)
      guard !gap.isEmpty else { continue }
      gaps.append("\(gap.text(offset: offset)) nobody holds \(role)\(site.map { " at \($0)" } ?? "")")
    }
    return gaps
  }

  private func calendar(of person: PolicyDocument.Person) -> String {
    person.calendar ?? teams[person.team]?.calendar ?? TeamsFile.defaultCalendar
  }

  private func week(_ calendar: String) -> DutyWeek { weeks[calendar] ?? .always }
}
