// Owns what the decoders of casework's records share: the parse, and the reading of how a case stands.

/// Reads records that casework wrote. Fields of later versions are ignored. For tools and tests: arrays are made anew
/// for each record.
struct OutputDecoder {
  let events: EventDecoder
  var vocabulary: Vocabulary { events.vocabulary }

  init(_ limits: DecodingLimits) { events = EventDecoder(limits, subjectIDs: .leftOut) }

  /// The members of the value, which is an object.
  func object(_ value: UnsafeRawBufferPointer?, _ known: FieldSet) throws(EventRefusal) -> ObjectReader {
    let document = try events.parser.parse(value ?? UnsafeRawBufferPointer(start: nil, count: 0))
    return try events.reader(document, at: JSONDocument.root, known, path: "", level: 0)
  }

  /// A member that is an object; nil when absent.
  func part(
    _ object: ObjectReader, _ field: Field, _ known: FieldSet, path: StaticString
  ) throws(EventRefusal) -> ObjectReader? {
    guard let node = object.node(field) else { return nil }
    return try events.reader(object.document, at: node, known, path: path, level: 1)
  }

  func view(_ object: ObjectReader) throws(EventRefusal) -> CaseView {
    var view = CaseView()
    view.id = try object.required(.case, .id)
    view.subjectKey = try object.required(.subjectKey, .id)
    view.status = try object.requiredWord(.status, of: CaseStatus.self)
    view.owner = try object.required(.owner, .name)
    view.worker = try object.text(.worker, .name)
    view.witness = try object.text(.witness, .name)
    view.kind = try opener(object)
    view.priority = Priority(try object.requiredWord(.priority, vocabulary.priorities))
    view.score = Int32(clamping: try object.requiredInteger(.score, 0...100))
    guard object.node(.contributions) != nil else { throw object.missing(.contributions) }
    try events.readContributions(object, into: &view.contributions)
    view.rule = try object.text(.rule, .note)
    view.ruleAt = try object.text(.ruleAt, .note)
    view.site = try object.text(.site, .name)
    view.journey = try object.text(.journey, .name)
    view.touchpoint = try object.text(.touchpoint, .name)
    view.service = try object.text(.service, .name)
    view.entity = try object.text(.entity, .name)
    if let respondent = try object.word(.respondent, vocabulary.respondents) { view.respondent = respondent }
    view.openedAt = try object.requiredTime(.openedAt)
    view.signals = try count(object.requiredInteger(.signals, Self.counts))
    view.incident = try object.text(.incident, .id)
    view.gathered = try count(object.integer(.gathered, Self.counts) ?? 0)
    view.edges = try count(object.requiredInteger(.edges, Self.counts))
    view.promisesBroken = try count(object.requiredInteger(.promisesBroken, Self.counts))
    view.clocks = try clocks(object)
    view.promises = try promises(object)
    view.remedies = try remedies(object)
    view.rung = try count(object.requiredInteger(.climbed, Self.counts))
    view.rungs = try count(object.requiredInteger(.rungs, Self.counts))
    view.nextRungAt = try object.time(.nextRungAt) ?? 0
    view.evidence = try object.text(.evidence, .name)
    return view
  }

  func reason(_ object: ObjectReader) throws(EventRefusal) -> Reason {
    guard let part = try part(object, .reason, vocabulary.reason, path: "reason.") else {
      throw object.missing(.reason)
    }
    var reason = Reason(code: try part.required(.code, .name), text: try part.text(.text, .note))
    reason.note = try part.text(.note, .note)
    return reason
  }

  /// Who is named; `level` is that of their own fields.
  func people(
    _ object: ObjectReader, path: StaticString, level: Int
  ) throws(EventRefusal) -> [Escalation.Person] {
    var people: [Escalation.Person] = []
    try events.readList(
      object, .people, atMost: 4096, vocabulary.person, path: path, level: level, into: &people
    ) { reader throws(EventRefusal) in try person(reader) }
    return people
  }

  func person(_ reader: ObjectReader) throws(EventRefusal) -> Escalation.Person {
    var person = Escalation.Person()
    person.id = try reader.required(.id, .id)
    person.role = try reader.text(.role, .name)
    person.team = try reader.text(.team, .name)
    person.standsInFor = try reader.text(.standsInFor, .id)
    return person
  }

  func clocks(_ object: ObjectReader) throws(EventRefusal) -> [ClockView] {
    var clocks: [ClockView] = []
    try events.readList(
      object, .clocks, atMost: 64, vocabulary.clock, path: "clocks[].", level: 2, into: &clocks
    ) { reader throws(EventRefusal) in
      var clock = ClockView()
      clock.kind = try reader.requiredWord(.kind, of: ClockKind.self)
      clock.state = try reader.requiredWord(.state, of: ClockState.self)
      clock.due = try reader.requiredTime(.due)
      clock.rule = try reader.text(.rule, .note)
      return clock
    }
    return clocks
  }

  static let counts: ClosedRange<Int64> = 0...Int64(Int32.max)

  func count(_ number: Int64) -> Int32 { Int32(clamping: number) }

  private func promises(_ object: ObjectReader) throws(EventRefusal) -> [PromiseView] {
    var promises: [PromiseView] = []
    try events.readList(
      object, .promises, atMost: 64, vocabulary.promise, path: "promises[].", level: 2, into: &promises
    ) { reader throws(EventRefusal) in
      var promise = PromiseView()
      promise.what = try reader.text(.what, .note)
      promise.due = try reader.requiredTime(.due)
      promise.state = try reader.requiredWord(.state, of: PromiseState.self)
      return promise
    }
    return promises
  }

  private func remedies(_ object: ObjectReader) throws(EventRefusal) -> [RemedyView] {
    var remedies: [RemedyView] = []
    try events.readList(
      object, .remedies, atMost: 64, vocabulary.remedyView, path: "remedies[].", level: 2, into: &remedies
    ) { reader throws(EventRefusal) in
      var remedy = RemedyView()
      remedy.claim = try reader.required(.claim, .id)
      remedy.action = try reader.required(.action, .name)
      (remedy.amount, remedy.currency) = try events.money(reader, path: "remedies[].amount.", level: 3)
      remedy.state = try reader.required(.state, .name)
      remedy.by = try reader.text(.by, .id)
      remedy.expiresAt = try reader.time(.expiresAt) ?? 0
      return remedy
    }
    return remedies
  }

  /// What opened the case; acts and messages open none.
  private func opener(_ object: ObjectReader) throws(EventRefusal) -> EventKind {
    switch try object.requiredWord(.kind, vocabulary.kinds) {
    case .feedback: return .feedback
    case .incident: return .incident
    case .caseUpdate, .remedy, .notice, .link, .hold, .answer, .mark:
      throw EventRefusal(.unknownValue, field: "kind", reason: "is not one of feedback, incident")
    }
  }
}
