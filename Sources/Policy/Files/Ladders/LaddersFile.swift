// Owns ladders.yaml: what happens when nobody moves, and when.

enum LaddersFile: PolicyFile {
  static let name = "ladders.yaml"
  static let isRequired = false
  /// The ladder of a team that names none. It exists without being written.
  static let standard = "standard"
  static let defaultRepeats: Int64 = 3
  /// What a clock says instead of a length of time when there is to be none.
  fileprivate static let noClock = "none"
  /// Beside the clocks: in which calendar they count.
  fileprivate static let calendar = "calendar"

  static func defaultClock(_ name: ClockName) -> WorkingDuration {
    switch name {
    case .acknowledge: .time(3_600_000)
    case .respond: .time(4 * 3_600_000)
    case .resolve: .days(2)
    case .silence: .days(6)
    }
  }

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let ladders = root.fields(["ladders"], required: ["ladders"], findings)?["ladders"],
      let entries = ladders.entries(findings)
    else {
      draft.unread.insert(name)
      return
    }
    draft.ladders = entries.map { LadderDraft.parse($0, $1, findings) }
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    for index in draft.ladders.indices {
      for clock in ClockName.allCases where draft.ladders[index].clocks[clock] == nil {
        draft.ladders[index].clocks[clock] = Located(defaultClock(clock), at: Place(file: name))
      }
      if draft.ladders[index].repetition != nil, draft.ladders[index].repetition?.atMost == nil {
        draft.ladders[index].repetition?.atMost = Located(defaultRepeats, at: Place(file: name))
      }
    }
  }
}

extension LadderDraft {
  fileprivate static func parse(_ id: Located<String>, _ cursor: Cursor, _ findings: Findings) -> LadderDraft
  {
    var ladder = LadderDraft(id: id)
    guard
      let fields = cursor.fields(
        ["clocks", "by-priority", "rungs", "start", "repeat"], required: ["rungs"], findings)
    else { return ladder }
    if let cursor = fields["clocks"] { (ladder.clocks, ladder.calendar) = clocks(cursor, findings) }
    if let priorities = fields["by-priority"]?.fields(priorities, findings) {
      for (word, cursor) in priorities {
        guard let priority = Self.priorities.firstIndex(of: word) else { continue }
        (ladder.byPriority[priority], ladder.calendarByPriority[priority]) = clocks(cursor, findings)
      }
    }
    if let rungs = fields["rungs"]?.list(findings) {
      ladder.rungs = rungs.map { RungDraft.parse($0, findings) }
      ladder.hasRungs = !rungs.isEmpty
    }
    if let start = fields["start"]?.fields(priorities, findings) {
      for (word, cursor) in start {
        guard let priority = Self.priorities.firstIndex(of: word) else { continue }
        ladder.start[priority] = cursor.integer(findings)
      }
    }
    if let cursor = fields["repeat"],
      let fields = cursor.fields(["every", "at-most"], required: ["every"], findings)
    {
      ladder.repetition = RepetitionDraft(
        every: fields["every"]?.duration(findings), atMost: fields["at-most"]?.integer(findings))
    }
    return ladder
  }

  private static func clocks(_ cursor: Cursor, _ findings: Findings) -> (ClocksDraft, Located<String>?) {
    var clocks: ClocksDraft = [:]
    let fields = cursor.fields(ClockName.allCases.map(\.rawValue) + [LaddersFile.calendar], findings) ?? [:]
    for (word, cursor) in fields {
      guard let name = ClockName(rawValue: word) else { continue }
      if case .scalar(let scalar) = cursor.node.content, scalar.text == LaddersFile.noClock {
        clocks[name] = .some(Located(nil, at: cursor.place))
      } else if let duration = cursor.duration(findings) {
        clocks[name] = Located(duration.value, at: duration.place)
      }
    }
    return (clocks, fields[LaddersFile.calendar]?.text(findings))
  }
}

extension RungDraft {
  fileprivate static func parse(_ cursor: Cursor, _ findings: Findings) -> RungDraft {
    var rung = RungDraft(place: cursor.place)
    guard let fields = cursor.fields(["unless", "after", "to", "tell"], required: ["to"], findings) else {
      // Nothing more is said of a rung that is none.
      rung.saysAfter = true
      rung.saysUnless = true
      return rung
    }
    rung.saysUnless = fields["unless"] != nil
    rung.saysAfter = fields["after"] != nil
    let conditions = RungRules.Condition.words
    if let word = fields["unless"]?.word("condition", among: conditions.map(\.word), findings),
      let found = conditions.first(where: { $0.word == word.value })
    {
      rung.unless = Located(found.condition, at: word.place)
    }
    rung.after = fields["after"]?.duration(findings)
    rung.target = fields["to"].flatMap { RungTarget.parse($0, findings) }
    let audiences: [(word: String, audience: RungRules.Audience)] = [
      ("owner", .owner), ("executive", .executive), ("frontline", .frontline),
    ]
    if let word = fields["tell"]?.word("audience", among: audiences.map(\.word), findings),
      let found = audiences.first(where: { $0.word == word.value })
    {
      rung.tell = Located(found.audience, at: word.place)
    }
    return rung
  }
}

extension RungTarget {
  /// `ROLE of owner`, `accountable of owner`, `role ROLE`, or a role by itself.
  fileprivate static func parse(_ cursor: Cursor, _ findings: Findings) -> Located<RungTarget>? {
    guard let text = cursor.text(findings) else { return nil }
    let words = text.value.split(separator: " ").map(String.init)
    let target: RungTarget?
    switch words.count {
    // Words of the form itself are no roles.
    case 1 where !["accountable", "owner", "role", "of"].contains(words[0]): target = .role(words[0])
    case 2 where words[0] == "role": target = .role(words[1])
    case 3 where words[1] == "of" && words[2] == "owner":
      target = words[0] == "accountable" ? .accountableOfOwner : .roleOfOwner(words[0])
    default: target = nil
    }
    guard let target else {
      findings.error(
        cursor.place,
        "\"\(text.value)\" is nobody a rung can go to; allowed: \"accountable of owner\", a role of the owner's team such as \"shift-lead of owner\", or a role anywhere such as \"site-director\""
      )
      return nil
    }
    return Located(target, at: text.place)
  }
}
