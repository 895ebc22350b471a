// Owns what internal signals ask of their fields: those that roles and operators send each other.

extension SignalDecoder {
  /// The message of an internal kind; `none` of the others.
  func message(_ kind: SignalKind, _ object: ObjectReader) throws(EventRefusal) -> Signal.Message {
    switch kind {
    case .feedback, .incident, .caseUpdate, .remedy: .none
    case .notice: .notice(try notice(object))
    case .link: .link(try link(object))
    case .hold: .hold(try hold(object))
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
}
