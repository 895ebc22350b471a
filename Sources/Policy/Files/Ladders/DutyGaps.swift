// Owns naming the hours in which a rung would find nobody: a usual week of the directory against the hours in which a
// clock of the ladder can run out.

/// A working-time clock runs out while its team's calendar is open, or the one that its ladder names for its priority, so
/// only those hours count. Holidays and absences are not
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
    reportDefault()
  }

  /// The ladder that nobody wrote asks for whoever answers for a team.
  private func reportDefault() {
    guard !draft.ladders.contains(where: { $0.id.value == LaddersFile.standard }) else { return }
    for team in draft.teams
    where team.subcontractorOf == nil && (team.ladder?.value ?? LaddersFile.standard) == LaddersFile.standard
    {
      guard let document = teams[team.id.value], let accountable = team.accountable else { continue }
      for gap in gaps(ofAccountableOf: document, Hours()) { findings.warning(accountable.place, gap) }
    }
  }

  private func report(_ ladder: LadderDraft) {
    let climbers = draft.teams(climbing: ladder).compactMap { teams[$0.id.value] }
    var found: [(place: Place, message: String)] = []
    let own = DutyGaps.hours(ladder, weeks)
    for rung in ladder.rungs {
      for gap in gaps(rung, climbers, own) { found.append((rung.place, gap)) }
    }
    for gap in found.prefix(Self.limit) { findings.warning(gap.place, gap.message) }
    if found.count > Self.limit {
      let more = found.count - Self.limit
      findings.warning(
        ladder.id.place,
        "has \(more) more \(more == 1 ? "gap" : "gaps") like those below, in which a clock can run out and nobody is on duty"
      )
    }
  }

  /// The hours of the calendars that a ladder names itself, and whether any of its priorities counts in its owner's.
  private struct Hours {
    var own = DutyWeek.never
    var areOwners = true

    /// The hours in which a clock of that team's cases can run out.
    func of(_ team: DutyWeek) -> DutyWeek {
      var hours = own
      if areOwners { hours.formUnion(team) }
      return hours
    }
  }

  private static func hours(_ ladder: LadderDraft, _ weeks: [String: DutyWeek]) -> Hours {
    var hours = Hours()
    let calendars = LadderDraft.priorities.indices.map { ladder.calendar($0)?.value }
    for calendar in calendars.compactMap({ $0 }) { hours.own.formUnion(weeks[calendar] ?? .always) }
    hours.areOwners = calendars.contains(nil)
    return hours
  }

  private func gaps(_ rung: RungDraft, _ climbers: [PolicyDocument.Team], _ hours: Hours) -> [String] {
    switch rung.target?.value {
    case .roleOfOwner(let role): climbers.flatMap { gaps(role, of: $0, hours) }
    case .accountableOfOwner: climbers.flatMap { gaps(ofAccountableOf: $0, hours) }
    case .role(let role): gaps(role, anywhereFor: climbers, hours)
    case nil: []
    }
  }

  private func gaps(_ role: String, of team: PolicyDocument.Team, _ hours: Hours) -> [String] {
    gaps(
      "role \(role) of \(team.id)", (holders[role] ?? []).filter { $0.team == team.id },
      open: hours.of(week(team.calendar)),
      offset: offsets[team.calendar])
  }

  /// Whoever holds that role, in whichever team and at whichever site.
  private func gaps(ofAccountableOf team: PolicyDocument.Team, _ hours: Hours) -> [String] {
    guard let role = team.accountable, let found = holders[role] else { return [] }
    let gap = hours.of(week(team.calendar)).subtracting(duty(of: found))
    if gap.isEmpty { return [] }
    let offset = offsets[team.calendar] ?? offset(of: found)
    return ["\(gap.text(offset: offset)) nobody holds role \(role), which answers for \(team.id)"]
  }

  private func gaps(_ role: String, anywhereFor climbers: [PolicyDocument.Team], _ hours: Hours)
    -> [String]
  {
    var open = DutyWeek.never
    for team in climbers { open.formUnion(hours.of(week(team.calendar))) }
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
    let offset = offset ?? self.offset(of: holders)
    let bySite = Dictionary(grouping: holders.filter { $0.site != nil }, by: { $0.site ?? "" })
    var gaps: [String] = []
    for site in [nil] + bySite.keys.sorted().map(Optional.some) {
      let gap = open.subtracting(duty(of: site.map { bySite[$0] ?? [] } ?? holders))
      guard !gap.isEmpty else { continue }
      gaps.append("\(gap.text(offset: offset)) nobody holds \(role)\(site.map { " at \($0)" } ?? "")")
    }
    return gaps
  }

  /// In their own calendar, or their team's, and when their team is on call.
  private func duty(of people: [PolicyDocument.Person]) -> DutyWeek {
    var duty = DutyWeek.never
    for person in people {
      duty.formUnion(week(calendar(of: person)))
      if let onCall = teams[person.team]?.onCall { duty.formUnion(week(onCall)) }
    }
    return duty
  }

  private func calendar(of person: PolicyDocument.Person) -> String {
    person.calendar ?? teams[person.team]?.calendar ?? TeamsFile.defaultCalendar
  }

  private func offset(of people: [PolicyDocument.Person]) -> Int {
    people.lazy.compactMap { offsets[calendar(of: $0)] }.first ?? 0
  }

  private func week(_ calendar: String) -> DutyWeek { weeks[calendar] ?? .always }
}
