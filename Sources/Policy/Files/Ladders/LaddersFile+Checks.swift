// Owns ladders.yaml's third step, and the part of its fourth that asks other files: numbers in range, names that exist.

extension LaddersFile {
  /// Clocks, waits and repeats.
  static let shortest = WorkingDuration.time(60_000)
  static let longest = WorkingDuration.days(365)
  private static let mostRungs = 16
  private static let mostRepeats: Int64 = 100

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for ladder in draft.ladders { validate(ladder, findings) }
  }

  private static func validate(_ ladder: LadderDraft, _ findings: Findings) {
    Checks.identifier(ladder.id, findings)
    for clocks in [ladder.clocks] + ladder.byPriority.sorted(by: { $0.key < $1.key }).map(\.value) {
      for clock in clocks.values {
        guard let duration = clock.value else { continue }
        Checks.range(Located(duration, at: clock.place), from: shortest, to: longest, findings)
      }
    }
    if ladder.rungs.count > mostRungs {
      findings.error(
        ladder.rungs[mostRungs].place,
        "is one of \(ladder.rungs.count) rungs; allowed: at most \(mostRungs)")
    }
    for (index, rung) in ladder.rungs.enumerated() { validate(rung, isFirst: index == 0, findings) }
    if ladder.hasRungs {
      for start in ladder.start.values { Checks.range(start, 1...Int64(ladder.rungs.count), findings) }
    }
    if let every = ladder.repetition?.every { Checks.range(every, from: shortest, to: longest, findings) }
    if let atMost = ladder.repetition?.atMost { Checks.range(atMost, 1...mostRepeats, findings) }
  }

  private static func validate(_ rung: RungDraft, isFirst: Bool, _ findings: Findings) {
    if let after = rung.after { Checks.range(after, from: shortest, to: longest, findings) }
    if isFirst, let after = rung.after {
      findings.error(
        after.place,
        "the first rung has none before it that \"after\" could count from: say with \"unless\" which clock it waits for"
      )
    } else if !rung.saysUnless, !rung.saysAfter {
      findings.error(
        rung.place,
        "is never due: say with \"unless\" which clock it waits for, or with \"after\" how long after the rung before it"
      )
    }
    switch rung.target?.value {
    case .roleOfOwner(let role), .role(let role):
      Checks.identifier(Located(role, at: rung.target?.place ?? rung.place), findings)
    case .accountableOfOwner, nil: break
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    for ladder in draft.ladders {
      checkClocks(ladder, draft, findings)
      checkRungs(ladder, draft, findings)
    }
    checkUse(draft, findings)
    RoleHolders(draft, findings).check()
  }

  // MARK: Who climbs it

  private static func checkUse(_ draft: PolicyDraft, _ findings: Findings) {
    let known = Set(draft.ladders.map(\.id.value)).union([standard])
    for team in draft.teams {
      guard let ladder = team.ladder else { continue }
      if let principal = team.subcontractorOf {
        findings.error(
          ladder.place,
          "a subcontractor climbs no ladder: its work is \"\(principal.value)\"'s to answer for, who climbs its own"
        )
      } else if !draft.unread.contains(name) {
        Checks.known("ladder", ladder, among: known, findings)
      }
    }
    guard !draft.unread.contains(TeamsFile.name) else { return }
    DefaultLadder.note(draft, findings)
    for ladder in draft.ladders where ladder.hasRungs && draft.teams(climbing: ladder).isEmpty {
      findings.warning(
        ladder.id.place,
        "no team climbs it: name it in teams.yaml as \"ladder: \(ladder.id.value)\", or remove it")
    }
  }
}

extension PolicyDraft {
  /// The teams of ours whose cases climb a ladder.
  func teams(climbing ladder: LadderDraft) -> [TeamDraft] {
    teams.filter { team in
      team.subcontractorOf == nil && (team.ladder?.value ?? LaddersFile.standard) == ladder.id.value
    }
  }
}
