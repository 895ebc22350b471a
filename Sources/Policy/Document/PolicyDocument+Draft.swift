// Owns the step from a sound draft to the document: places dropped, values sorted, nothing left out.

extension PolicyDocument {
  /// `draft` has no errors and its defaults are filled.
  init(_ draft: PolicyDraft) {
    teams = draft.teams.map { team in
      Team(
        id: team.id.value, name: team.name?.value ?? team.id.value, accountable: team.accountable?.value,
        subcontractorOf: team.subcontractorOf?.value, calendar: team.calendar?.value ?? "",
        onCall: team.onCall?.value, ladder: team.ladder?.value)
    }
    sites = draft.sites.map { site in
      Site(
        id: site.id.value, name: site.name?.value ?? site.id.value, kind: site.kind?.value ?? "",
        country: site.country?.value, zone: site.zone?.value ?? "", witness: site.witness?.value)
    }
    journeys = draft.journeys.map { journey in
      Journey(
        id: journey.id.value, name: journey.name?.value ?? "", weight: journey.weight?.value ?? 0,
        touchpoints: journey.touchpoints.map { touchpoint in
          Touchpoint(
            id: touchpoint.id.value, name: touchpoint.name?.value ?? "", weight: touchpoint.weight?.value ?? 0
          )
        })
    }
    rules = draft.ownership.rules.map(Rule.init)
    unrouted = Unrouted(draft.ownership.unrouted)
    witness = Witness(
      bySite: draft.ownership.witness.by?.value != "nobody",
      rules: draft.ownership.witness.rules.map { rule in
        WitnessRule(at: Position(rule.place), when: Condition(rule.when), team: rule.team?.value ?? "")
      })
    scoring = Scoring(draft.scoring)
    redaction = draft.redaction.rules
    calendars = draft.calendars.map { Calendar($0) }
    let zones = DutyZones(draft)
    people = draft.people.map { person in
      let zone = zones.zone(of: person)
      return Person(
        id: person.id.value, role: person.role?.value ?? "", team: person.team?.value ?? "",
        site: person.site?.value, calendar: person.calendar?.value, delegate: person.delegate?.value,
        absentFrom: person.absentFrom.flatMap { PersonDraft.time($0.value, zone: zone) } ?? 0,
        absentUntil: person.absentUntil.flatMap { PersonDraft.time($0.value, zone: zone) } ?? 0)
    }
    ladders = draft.ladders.map(Ladder.init)
    if !ladders.contains(where: { $0.id == LaddersFile.standard }) { ladders.append(.standard) }
    cases = Cases(draft.cases)
    delegation = draft.delegation.map(Delegation.init)
  }
}

extension PolicyDocument.Position {
  init(_ place: Place) { self.init(file: place.file, line: place.line) }
}

extension PolicyDocument.Rule {
  fileprivate init(_ draft: RuleDraft) {
    at = .init(draft.place)
    when = Condition(draft.when)
    owner = draft.owner?.value ?? ""
    worker = draft.worker?.value
    rules = draft.rules.map(Self.init)
    lookup = draft.lookup.map { lookup in
      PolicyDocument.Lookup(
        file: lookup.file.value, columns: lookup.columns,
        rows: lookup.rows.map { row in
          PolicyDocument.Row(
            line: row.place.line, owner: row.owner?.value ?? "", worker: row.worker?.value,
            cells: row.cells.map { $0?.value })
        })
    }
  }
}

extension PolicyDocument.Unrouted {
  fileprivate init(_ draft: UnroutedDraft?) {
    at = .init(draft?.place ?? Place(file: OwnershipFile.name))
    owner = draft?.owner?.value ?? ""
    worker = draft?.worker?.value
  }
}

extension PolicyDocument.Scoring {
  fileprivate init(_ draft: ScoringDraft) {
    base = Int32(clamping: draft.base?.value ?? 0)
    points = draft.points.map(PolicyDocument.Points.init)
    func cut(_ name: String) -> Int32 { Int32(clamping: draft.cuts[name]?.value ?? 0) }
    cuts = .init(p1: cut("P1"), p2: cut("P2"), p3: cut("P3"))
  }
}

extension PolicyDocument.Points {
  fileprivate init(_ draft: PointsDraft) {
    at = .init(draft.place)
    name = draft.name?.value ?? ""
    when = Condition(draft.when)
    add = draft.add.map { Int32(clamping: $0.value) }
    from = draft.from?.value
    let points = draft.map?.value ?? []
    line = points.compactMap { point in
      point.x.map { PolicyDocument.LinePoint(x: $0, points: Int32(clamping: point.y.value)) }
    }
    words = points.filter { $0.x == nil }.map { point in
      PolicyDocument.WordPoint(word: point.word.value, points: Int32(clamping: point.y.value))
    }.sorted { $0.word < $1.word }
    times = draft.times?.value
    cap = Int32(clamping: draft.cap?.value ?? ScoringFile.defaultCap)
  }
}

extension Condition {
  init(_ draft: ConditionDraft?) {
    guard let draft else {
      self.init()
      return
    }
    let clauses = draft.clauses.map { clause in
      Clause(
        clause.attribute, values: Set(clause.values.map(\.value)).sorted(),
        ranges: Set(clause.ranges.map { Range(from: $0.value.lowerBound, to: $0.value.upperBound) })
          .sorted { ($0.from, $0.to) < ($1.from, $1.to) })
    }
    self.init(
      clauses.sorted { $0.attribute.order < $1.attribute.order },
      except: draft.exceptions.map { Condition($0) })
  }
}
