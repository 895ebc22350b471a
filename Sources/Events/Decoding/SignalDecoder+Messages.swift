// Owns what internal signals ask of their fields: those that roles and operators send each other.

extension SignalDecoder {
  /// The message of an internal kind; `none` of the others.
  func message(_ kind: SignalKind, _ object: ObjectReader) throws(EventRefusal) -> Signal.Message {
    switch kind {
    case .feedback, .incident, .caseUpdate, .remedy: .none
    case .notice: .notice(try notice(object))
    case .link: .link(try link(object))
    case .hold: .hold(try hold(object))
    case .answer: .answer(try answer(object))
    case .mark: .mark(try mark(object))
    }
  }

  private func notice(_ object: ObjectReader) throws(EventRefusal) -> Notice {
    guard let node = object.node(.notice) else { throw object.missing(.notice) }
    let reader = try decoder.reader(
      object.document, at: node, decoder.vocabulary.notice, path: "notice.", level: 1)
    var notice = Notice()
    notice.caseID = try reader.required(.case, .id)
    notice.owner = try reader.required(.owner, .name)
    notice.site = try reader.text(.site, .name)
    notice.touchpoint = try reader.text(.touchpoint, .name)
    notice.journey = try reader.text(.journey, .name)
    notice.priority = Priority(try reader.requiredWord(.priority, decoder.vocabulary.priorities))
    return notice
  }

  private func link(_ object: ObjectReader) throws(EventRefusal) -> Link {
    guard let node = object.node(.link) else { throw object.missing(.link) }
    let reader = try decoder.reader(
      object.document, at: node, decoder.vocabulary.link, path: "link.", level: 1)
    var link = Link()
    link.caseID = try reader.required(.case, .id)
    link.incident = try reader.required(.incident, .id)
    return link
  }

  private func answer(_ object: ObjectReader) throws(EventRefusal) -> ClaimAnswer {
    guard let node = object.node(.answer) else { throw object.missing(.answer) }
    let reader = try decoder.reader(
      object.document, at: node, decoder.vocabulary.answer, path: "answer.", level: 1)
    var answer = ClaimAnswer()
    answer.claim = try reader.required(.claim, .id)
    answer.caseID = try reader.required(.case, .id)
    answer.answer = try reader.requiredWord(.answer, of: Delegation.Answer.self)
    answer.action = try reader.required(.action, .name)
    if reader.node(.amount) != nil {
      (answer.amount, answer.currency) = try decoder.money(reader, path: "answer.amount.")
    }
    answer.requester = try reader.text(.requester, .id)
    answer.decider = try reader.text(.decider, .id)
    answer.expiresAt = try reader.time(.expiresAt) ?? 0
    guard let node = reader.node(.reason) else { throw reader.missing(.reason) }
    let reason = try decoder.reader(
      object.document, at: node, decoder.vocabulary.reason, path: "answer.reason.", level: 2)
    answer.reasonCode = try reason.required(.code, .name)
    answer.reasonText = try reason.text(.text, .note)
    return answer
  }

  private func hold(_ object: ObjectReader) throws(EventRefusal) -> Hold {
    guard let node = object.node(.hold) else { throw object.missing(.hold) }
    let reader = try decoder.reader(
      object.document, at: node, decoder.vocabulary.hold, path: "hold.", level: 1)
    var hold = Hold()
    hold.owner = try reader.text(.owner, .name)
    hold.until = try reader.requiredTime(.until)
    hold.reason = try reader.text(.reason, .note)
    hold.by = try reader.required(.by, .id)
    return hold
  }

  private func mark(_ object: ObjectReader) throws(EventRefusal) -> Mark {
    guard let node = object.node(.mark) else { throw object.missing(.mark) }
    let most = Mark.mostPartitions
    let reader = try decoder.reader(
      object.document, at: node, decoder.vocabulary.mark, path: "mark.", level: 1)
    var mark = Mark()
    mark.partitions = Int32(clamping: try reader.requiredInteger(.count, 0...Int64(most)))
    var groups: [[Mark.Reach]] = []
    try decoder.readList(
      reader, .through, atMost: Int(most), decoder.vocabulary.reach, path: "mark.through[].", level: 2,
      into: &groups
    ) { reader throws(EventRefusal) in
      let until = try reader.requiredTime(.until)
      var partitions: [Int32] = []
      try reader.numbers(.partitions, 0...(most - 1), atMost: Int(most), into: &partitions)
      return partitions.map { Mark.Reach(partition: $0, until: until) }
    }
    mark.through = groups.flatMap(\.self)
    return mark
  }
}
