// Owns the checks that a ladder can be climbed: clocks that run out in order, rungs that fire in order, a last rung that
// is somebody in any case.

extension LaddersFile {
  /// Findings that hold for several priorities, each said once.
  private struct ByPriority {
    private var found: [Finding: [Int]] = [:]

    mutating func add(_ place: Place, _ message: String, _ priority: Int) {
      found[Finding(.error, place, message), default: []].append(priority)
    }

    func report(_ findings: Findings) {
      for (finding, priorities) in found {
        var finding = finding
        if priorities.count < LadderDraft.priorities.count {
          let words = priorities.sorted().map { LadderDraft.priorities[$0] }
          finding.message = "for \(Suggestion.list(words)): \(finding.message)"
        }
        findings.add(finding)
      }
    }
  }

  // MARK: Clocks

  /// A case is acknowledged before it is answered before it is resolved.
  static func checkClocks(_ ladder: LadderDraft, _ draft: PolicyDraft, _ findings: Findings) {
    var found = ByPriority()
    for priority in LadderDraft.priorities.indices {
      let shortestDay = shortestDay(of: ladder, priority, draft)
      var before: (name: ClockName, span: ClockSpan, text: String, place: Place)?
      for name in [ClockName.acknowledge, .respond, .resolve] {
        guard let clock = ladder.clock(name, priority), let duration = clock.value else { continue }
        let span = ClockSpan(duration)
        let isGiven = clock.place.line > 0
        let text = "\(duration)\(isGiven ? "" : " unless it is given")"
        if let before, before.span.isLonger(than: span, shortestDay: shortestDay) {
          found.add(
            isGiven ? clock.place : before.place,
            "\(name.rawValue) (\(text)) must not run out before \(before.name.rawValue) (\(before.text))",
            priority)
        }
        before = (name, span, text, isGiven ? clock.place : before?.place ?? ladder.id.place)
      }
    }
    found.report(findings)
  }

  // MARK: Rungs

  static func checkRungs(_ ladder: LadderDraft, _ draft: PolicyDraft, _ findings: Findings) {
    checkConditions(ladder, findings)
    checkMoments(ladder, draft, findings)
    guard let last = ladder.rungs.last, let target = last.target else { return }
    switch target.value {
    case .role: break
    case .accountableOfOwner, .roleOfOwner:
      findings.error(
        target.place,
        "the last rung must not depend on the team that did not move; allowed: a role anywhere, such as \"role customer-director\""
      )
    }
  }

  /// Rungs that wait for clocks wait for a later one each.
  private static func checkConditions(_ ladder: LadderDraft, _ findings: Findings) {
    var before: (index: Int, condition: RungRules.Condition)?
    for (index, rung) in ladder.rungs.enumerated() where rung.clock != nil {
      guard let unless = rung.unless else { continue }
      if let before, unless.value == before.condition {
        findings.error(
          unless.place,
          "is due at the same moment as rungs[\(before.index)]: say with \"after\" how long after the rung before it"
        )
      } else if let before, unless.value.rawValue < before.condition.rawValue {
        findings.error(
          unless.place,
          "is due before rungs[\(before.index)], which stands above it: put rungs in the order acknowledged, responded, resolved"
        )
      }
      before = (index, unless.value)
    }
  }

  /// Every rung that can be reached is due, and not before the one before it.
  private static func checkMoments(_ ladder: LadderDraft, _ draft: PolicyDraft, _ findings: Findings) {
    var found = ByPriority()
    for priority in LadderDraft.priorities.indices {
      let shortestDay = shortestDay(of: ladder, priority, draft)
      var before: (span: ClockSpan, text: String, isCounted: Bool)?
      for index in ladder.rungs.indices.dropFirst(ladder.first(priority)) {
        let rung = ladder.rungs[index]
        if let after = rung.after {
          before = before.map { ($0.span.adding(after.value), "\($0.text) and \(after.value)", true) }
          continue
        }
        guard let name = rung.clock, let unless = rung.unless, let clock = ladder.clock(name, priority) else {
          before = nil
          continue
        }
        guard let duration = clock.value else {
          found.add(
            unless.place,
            "waits for a clock \"\(name.rawValue)\" that there is not: give it a length of time, or say \"after\"",
            priority)
          before = nil
          continue
        }
        let span = ClockSpan(duration)
        if let before, before.isCounted, before.span.isLonger(than: span, shortestDay: shortestDay) {
          found.add(
            unless.place,
            "is due after \(duration), when the rung before it is not (\(before.text)): make its clock longer, or that wait shorter",
            priority)
        }
        before = (span, "\(duration)", false)
      }
    }
    found.report(findings)
  }

  /// How much working time a working day has, for cases of a priority (from 0) of the teams that climb the ladder;
  /// milliseconds, the least of them. 0 where days differ: then a day may pass in less than any of them has.
  private static func shortestDay(of ladder: LadderDraft, _ priority: Int, _ draft: PolicyDraft) -> Int64 {
    if let calendar = ladder.calendar(priority) { return day(of: calendar.value, draft) }
    return draft.teams(climbing: ladder).map { day(of: $0.calendar?.value, draft) }.min() ?? 86_400_000
  }

  private static func day(of calendar: String?, _ draft: PolicyDraft) -> Int64 {
    if calendar == TeamsFile.defaultCalendar { return 86_400_000 }
    guard let found = draft.calendars.first(where: { $0.id.value == calendar }) else { return 0 }
    let days = Set(
      (0..<7).map { day in
        found.frames.filter { $0.days.contains(day) }.map { $0.from..<max($0.from, $0.to) }
      }.filter { !$0.isEmpty })
    guard let frames = days.first, days.count == 1 else { return 0 }
    // Frames that overlap count once.
    var minutes = 0
    var end = 0
    for frame in frames.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      minutes += max(0, frame.upperBound - max(end, frame.lowerBound))
      end = max(end, frame.upperBound)
    }
    return Int64(min(minutes, 1_440)) * 60_000
  }
}
