// Owns what each contract asks of its fields: which are required, what they may hold, what implies what.

extension EventDecoder {
  func feedback(_ object: ObjectReader) throws(EventRefusal) -> Feedback {
    var feedback = Feedback()
    guard let subject = try subject(object) else { throw object.missing(.subject) }
    feedback.subject = subject
    if let word = try object.word(.respondent, vocabulary.respondents) { feedback.respondent = word }
    feedback.channel = try object.text(.channel, .name)
    feedback.journey = try object.text(.journey, .name)
    feedback.touchpoint = try object.text(.touchpoint, .name)
    feedback.site = try object.text(.site, .name)
    feedback.entity = try object.text(.entity, .name)
    feedback.rating = try rating(object)
    feedback.text = try object.text(.text, .text)
    feedback.language = try object.text(.language, .language)
    if feedback.rating == nil, feedback.text.isEmpty {
      throw EventRefusal(
        .missingField, field: "rating", reason: "is missing, and so is text: one must be there")
    }
    if object.has(.labels) {
      feedback.labels = try labels(object)
    }
    return feedback
  }

  func incident(_ object: ObjectReader) throws(EventRefusal) -> Incident {
    var incident = Incident()
    incident.subject = try subject(object)
    incident.site = try object.text(.site, .name)
    incident.entity = try object.text(.entity, .name)
    incident.service = try object.text(.service, .name)
    if incident.service.isEmpty, incident.site.isEmpty {
      throw EventRefusal(
        .missingField, field: "service", reason: "is missing, and so is site: one must be there")
    }
    incident.severity = try object.requiredWord(.severity, vocabulary.severities)
    incident.status = try object.requiredWord(.status, vocabulary.statuses)
    incident.affected = try object.integer(.affected, 0...JSONDocument.exact)
    incident.title = try object.text(.title, .title)
    incident.text = try object.text(.text, .text)
    if object.has(.labels) {
      incident.labels = try labels(object)
    }
    return incident
  }

  func caseUpdate(_ object: ObjectReader) throws(EventRefusal) -> CaseUpdate {
    var update = CaseUpdate()
    let word = try object.requiredWord(.act, vocabulary.acts)
    if word == .erase {
      guard let subject = try subject(object) else { throw object.missing(.subject) }
      update.subject = subject
    } else if word.isAboutClaim {
      // The claim's id carries the case's.
      update.caseID = try object.text(.case, .id)
    } else {
      update.caseID = try object.required(.case, .id)
    }
    guard let node = object.node(.actor) else { throw object.missing(.actor) }
    update.actor = try actor(object.document, node)
    if update.actor.team.isEmpty, update.actor.id.isEmpty {
      throw EventRefusal(
        .missingField, field: "actor.team", reason: "is missing, and so is actor.id: one must be there")
    }
    update.act = try act(word, object)
    if update.caseID.isEmpty, word.isAboutClaim { update.caseID = Claim.caseID(of: update.act.claim) }
    update.text = try object.text(.text, .text)
    return update
  }

  func remedy(_ object: ObjectReader) throws(EventRefusal) -> Remedy {
    var remedy = Remedy()
    remedy.caseID = try object.text(.case, .id)
    remedy.subject = try subject(object)
    if remedy.caseID.isEmpty, remedy.subject == nil {
      throw EventRefusal(
        .missingField, field: "case", reason: "is missing, and so is subject: one must be there")
    }
    guard let node = object.node(.actor) else { throw object.missing(.actor) }
    remedy.actor = try actor(object.document, node)
    for (value, name) in [(remedy.actor.id, "actor.id"), (remedy.actor.role, "actor.role")]
    where value.isEmpty {
      throw EventRefusal(.missingField, field: name, reason: "is missing")
    }
    remedy.action = try object.required(.action, .name)
    (remedy.amount, remedy.currency) = try money(object)
    remedy.reason = try object.text(.reason, .note)
    if object.has(.evidence) { remedy.evidence = try evidence(object) }
    remedy.signature = try signature(object)
    return remedy
  }

  /// Nil when there is none; where there is one, its kind and id are required.
  private func subject(_ object: ObjectReader) throws(EventRefusal) -> Subject? {
    guard let node = object.node(.subject) else { return nil }
    let reader = try self.reader(object.document, at: node, vocabulary.subject, path: "subject.", level: 2)
    var subject = Subject()
    subject.kind = try reader.required(.kind, .name)
    subject.id = try subjectIDs == .required ? reader.required(.id, .id) : reader.text(.id, .id)
    subject.segment = try reader.text(.segment, .name)
    subject.value = try reader.integer(.value, 0...JSONDocument.exact)
    return subject
  }

  func actor(_ document: JSONDocument, _ node: Int) throws(EventRefusal) -> Actor {
    let reader = try self.reader(document, at: node, vocabulary.actor, path: "actor.", level: 2)
    var actor = Actor()
    actor.id = try reader.text(.id, .id)
    actor.role = try reader.text(.role, .name)
    actor.team = try reader.text(.team, .name)
    actor.site = try reader.text(.site, .name)
    return actor
  }

  /// Scales are a closed set, so that a schema can say which values each allows.
  private func rating(_ object: ObjectReader) throws(EventRefusal) -> Rating? {
    guard let node = object.node(.rating) else { return nil }
    let reader = try self.reader(object.document, at: node, vocabulary.rating, path: "rating.", level: 2)
    let kind = try reader.requiredWord(.kind, vocabulary.ratings)
    guard let value = try reader.number(.value) else { throw reader.missing(.value) }
    var scale = kind.defaultScale
    if let sent = try reader.number(.scale) {
      guard let whole = Int64(exactly: sent), Rating.scales.contains(whole), kind != .nps || whole == 10
      else {
        throw EventRefusal(
          .outOfRange, field: "rating.scale",
          reason: kind == .nps ? "must be 10 for nps" : "is not one of 2 to 10, 20, 100")
      }
      scale = whole
    }
    guard value >= Double(kind.lowest), value <= Double(scale) else {
      throw EventRefusal(
        .outOfRange, field: "rating.value", reason: "is not from \(kind.lowest) to \(scale)")
    }
    // Within 0…100 here, so the conversion cannot trap; halves go away from zero.
    return Rating(kind: kind, value: Int64((value * 1000).rounded()), scale: scale &* 1000)
  }

  private func act(_ word: Act.Word, _ object: ObjectReader) throws(EventRefusal) -> Act {
    switch word {
    case .acknowledge: .acknowledge
    case .progress: .progress
    case .respond: .respond
    case .promise:
      .promise(due: try object.requiredTime(.due), what: try object.required(.what, .note))
    case .transfer:
      .transfer(to: try object.required(.to, .name), reason: try object.required(.reason, .note))
    case .wait:
      .wait(for: try object.required(.for, .note), until: try object.requiredTime(.until))
    case .resolve: .resolve(evidence: try object.text(.evidence, .note))
    case .reopen: .reopen
    case .snooze:
      .snooze(until: try object.requiredTime(.until), reason: try object.required(.reason, .note))
    case .silence:
      .silence(until: try object.requiredTime(.until), reason: try object.required(.reason, .note))
    case .erase: .erase(reason: try object.required(.reason, .note))
    case .approve: .approve(claim: try claim(object), note: try object.text(.reason, .note))
    case .decline: .decline(claim: try claim(object), reason: try object.required(.reason, .note))
    case .cancel: .cancel(claim: try claim(object), reason: try object.text(.reason, .note))
    case .settle:
      try paid(object) { claim, amount, currency in
        .settle(claim: claim, amount: amount, currency: currency)
      }
    case .giveBack:
      try paid(object) { claim, amount, currency in
        .giveBack(claim: claim, amount: amount, currency: currency)
      }
    }
  }

  /// The array is reused once the previous event is gone.
  private func labels(_ object: ObjectReader) throws(EventRefusal) -> [ByteSlice] {
    try object.texts(.labels, .label, atMost: 64, into: &labels)
    return labels
  }
}
