// Owns the way from files to a policy: parse, default, validate, cross-check, and all mistakes at once.

/// What a check has found, and the policy when nothing forbids it.
public struct PolicyCheck: Sendable {
  /// Sorted by file, line and column.
  public var findings: [Finding]
  /// Nil when a finding is an error.
  public var document: PolicyDocument?
  /// The policy as it would decide, also where only the proof of its ownership found errors: what explains them.
  /// Nil when anything else is an error.
  public var explainable: PolicyDocument?
  /// The files that were read, by name.
  public var files: [SourceFile]
  /// How things are, without being mistakes; those of the proof stand last.
  public var notes: [Finding] = []
  /// What was proven of its ownership; nil when mistakes kept its conditions from being read.
  public var proof: OwnershipProof?

  public var errors: [Finding] { findings.filter { $0.level == .error } }
  public var warnings: [Finding] { findings.filter { $0.level == .warning } }
}

public enum PolicyLoader {
  /// Checks a folder. Never throws: a folder that cannot be read is a finding like any other. `allOverlaps` also
  /// notes each pair of rules of which the order decides. With `now`, in milliseconds since 1970, calendars whose
  /// holidays end soon after it are warned of; without, what is found depends on the files alone.
  public static func load(folder path: String, allOverlaps: Bool = false, now: Int64? = nil) -> PolicyCheck {
    let findings = Findings()
    let folder = PolicyFolder.read(path, findings)
    guard !folder.files.isEmpty || !findings.hasErrors else {
      return PolicyCheck(findings: findings.sorted, document: nil, files: [])
    }
    return check(folder.files, findings, allOverlaps, now)
  }

  /// Checks files that are in memory already.
  public static func check(files: [SourceFile], allOverlaps: Bool = false, now: Int64? = nil) -> PolicyCheck {
    check(files.sorted { $0.name < $1.name }, Findings(), allOverlaps, now)
  }

  private static func check(
    _ files: [SourceFile], _ findings: Findings, _ allOverlaps: Bool, _ now: Int64?
  ) -> PolicyCheck {
    var draft = parse(files, findings)
    fillDefaults(&draft)
    validate(draft, findings)
    let isProvable = draft.isProvable(findings)
    crossCheck(draft, findings)
    if let now { HolidayEnds(now: now).report(draft, findings) }
    let explainable = findings.hasErrors ? nil : PolicyDocument(draft)
    if let explainable { DutyGaps(explainable, draft, findings).report() }
    let proof = isProvable ? OwnershipProver(draft, findings).prove(allOverlaps: allOverlaps) : nil
    return PolicyCheck(
      findings: findings.sorted, document: findings.hasErrors ? nil : explainable, explainable: explainable,
      files: files, notes: findings.notes + (proof?.notes ?? []), proof: proof)
  }
}

extension PolicyLoader {
  /// Step 1: text to a draft. A mistake in one file or field does not keep the others from being read.
  static func parse(_ files: [SourceFile], _ findings: Findings) -> PolicyDraft {
    var draft = PolicyDraft()
    let byName = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let tables = byName.filter { $0.key.hasSuffix(".csv") }
    let refused = Set(findings.sorted.filter { $0.level == .error }.map(\.file))
    let holidays = byName.filter { $0.key.hasSuffix(".ics") }
    let context = ParseContext(findings: findings, tables: tables, holidays: holidays, refused: refused)
    let known = PolicyFiles.all.map { $0.name }
    var meant: Set<String> = []
    for file in files where file.name.hasSuffix(".yaml") && !known.contains(file.name) {
      if let name = Suggestion.nearest(file.name, among: known) { meant.insert(name) }
      findings.error(
        Place(file: file.name),
        "unknown file\(Suggestion.didYouMean(file.name, among: known)); a policy has \(Suggestion.list(known))"
      )
    }
    for spec in PolicyFiles.all {
      guard let file = byName[spec.name] else {
        let isSaid = refused.contains(spec.name) || meant.contains(spec.name)
        if spec.isRequired, !isSaid {
          findings.error(Place(file: spec.name), "is missing: every policy has it")
        }
        if spec.isRequired || isSaid { draft.unread.insert(spec.name) }
        continue
      }
      let text = Array(file.text.utf8)
      guard let node = YAMLReader.read(text, file: file.name, findings: findings) else {
        draft.unread.insert(spec.name)
        continue
      }
      spec.parse(Cursor(node, file: file.name), into: &draft, context)
    }
    draft.hasCalendars = byName[CalendarsFile.name] != nil
    for name in holidays.keys.sorted()
    where draft.holidayFiles[name] == nil && !draft.unread.contains(CalendarsFile.name) {
      findings.warning(
        Place(file: name), "no calendar names it: add it to the \"holidays\" of one, or remove it")
    }
    for name in tables.keys.sorted()
    where !draft.tablesInUse.contains(name) && !draft.unread.contains(OwnershipFile.name) {
      findings.warning(
        Place(file: name), "no rule looks it up: name it in a rule as \"lookup: \(name)\", or remove it")
    }
    return draft
  }

  /// Step 2: what was left out and has a default gets it.
  static func fillDefaults(_ draft: inout PolicyDraft) {
    for spec in PolicyFiles.all { spec.fillDefaults(&draft) }
  }

  /// Step 3: each value by itself.
  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for spec in PolicyFiles.all { spec.validate(draft, findings) }
    WordPattern.validateTotal(draft.conditions, findings)
  }

  /// Step 4: values against each other and across files.
  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    for spec in PolicyFiles.all { spec.crossCheck(draft, findings) }
  }
}
