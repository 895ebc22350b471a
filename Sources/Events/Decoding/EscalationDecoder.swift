// Owns the way from a record on `escalations` back to an escalation, for the tools and people that read them.

/// Decodes escalations. One for each thread; an escalation is valid until the next call. Not for hot paths.
public final class EscalationDecoder {
  private let decoder: OutputDecoder
  private var vocabulary: Vocabulary { decoder.vocabulary }

  public init(_ limits: DecodingLimits = DecodingLimits()) { decoder = OutputDecoder(limits) }

  public func decode(_ value: UnsafeRawBufferPointer?) throws(EventRefusal) -> Escalation {
    let object = try decoder.object(value, vocabulary.escalation)
    var escalation = Escalation()
    escalation.id = try object.required(.id, .id)
    escalation.kind = try object.requiredWord(.type, of: Escalation.Kind.self)
    if escalation.kind == .digest {
      escalation.view.owner = try object.required(.owner, .name)
      try readDigest(object, into: &escalation)
    } else {
      escalation.view = try decoder.view(object)
    }
    escalation.rung = try number(object.integer(.rung, 1...Int64(Int32.max)))
    try object.numbers(.skipped, 1...Int32.max, atMost: 64, into: &escalation.skipped)
    escalation.to = try target(object)
    try object.texts(.canAct, .note, atMost: 4096, into: &escalation.canAct)
    escalation.unless = try object.text(.unless, .name)
    escalation.due = try object.time(.due) ?? 0
    escalation.dueBy = try object.text(.dueBy, .note)
    escalation.retracts =
      try escalation.kind == .retraction ? object.required(.retracts, .id) : object.text(.retracts, .id)
    escalation.wakeAt = try object.time(.wakeAt) ?? 0
    escalation.next = try next(object)
    escalation.ownerGone = try object.flag(.ownerGone)
    escalation.heardUntil = try object.time(.heardUntil)
    escalation.audience = try object.requiredWord(.audience, of: Audience.self)
    escalation.at = try object.requiredTime(.at)
    escalation.reason = try decoder.reason(object)
    escalation.epoch = try object.requiredInteger(.epoch, 0...JSONDocument.exact)
    escalation.cause = try decoder.events.cause(object) ?? Coordinates()
    escalation.traceparent = try decoder.events.traceparent(object)
    return escalation
  }

  private func readDigest(_ object: ObjectReader, into escalation: inout Escalation) throws(EventRefusal) {
    guard let part = try decoder.part(object, .digest, vocabulary.digest, path: "digest.") else {
      throw object.missing(.digest)
    }
    escalation.digestCount = try part.requiredInteger(.count, 0...JSONDocument.exact)
    try part.texts(.cases, .id, atMost: 4096, into: &escalation.digestCases)
  }

  private func target(_ object: ObjectReader) throws(EventRefusal) -> Escalation.Target {
    var target = Escalation.Target()
    guard let part = try decoder.part(object, .to, vocabulary.target, path: "to.") else { return target }
    target.role = try part.text(.role, .name)
    target.team = try part.text(.team, .name)
    target.site = try part.text(.site, .name)
    target.people = try decoder.people(part, path: "to.people[].", level: 2)
    return target
  }

  private func next(_ object: ObjectReader) throws(EventRefusal) -> Escalation.Next {
    var next = Escalation.Next()
    guard let part = try decoder.part(object, .next, vocabulary.next, path: "next.") else { return next }
    next.rung = try number(part.requiredInteger(.rung, 1...Int64(Int32.max)))
    next.at = try part.requiredTime(.at)
    next.role = try part.text(.role, .name)
    next.team = try part.text(.team, .name)
    return next
  }

  private func number(_ number: Int64?) -> Int32 { Int32(clamping: number ?? 0) }
}
