// Owns the JSON of a signal, member by member, in one order; `MessageWriter` has that of internal ones.

extension OutputBuffer {
  /// `time` is `occurredAt` as text, which the headers carry too.
  mutating func signal(_ signal: Signal, time: UnsafeRawBufferPointer) {
    append("{\"id\":")
    string(signal.id)
    member(",\"causeId\":", signal.causeID)
    cause(signal.cause)
    member(",\"kind\":", word: signal.kind.wire)
    member(",\"subjectKey\":", signal.subjectKey)
    member(",\"occurredAt\":", word: ByteSlice(time))
    if signal.isAssessed { writeAssessment(signal) }
    member(",\"epoch\":", signal.epoch)
    if signal.redactions > 0 { member(",\"redactions\":", Int64(signal.redactions)) }
    member(",\"signedBy\":", signal.signedBy)
    if signal.textTruncated { append(",\"textTruncated\":true") }
    member(",\"traceparent\":", signal.event.traceparent)
    switch signal.message {
    case .none:
      append(",\"event\":")
      eventBody(signal.event)
    case .notice(let notice): write(notice)
    case .link(let link): write(link)
    case .hold(let hold): write(hold)
    case .answer(let answer): write(answer)
    case .mark(let mark): write(mark)
    }
    append(UInt8(ascii: "}"))
  }

  /// Where the cause stands; nothing when nobody's record was the cause.
  mutating func cause(_ cause: Coordinates) {
    if cause.topic.isEmpty { return }
    append(",\"cause\":{\"topic\":")
    string(cause.topic)
    member(",\"partition\":", Int64(cause.partition))
    member(",\"offset\":", cause.offset)
    append(UInt8(ascii: "}"))
  }

  private mutating func writeAssessment(_ signal: Signal) {
    member(",\"owner\":", signal.owner)
    member(",\"worker\":", signal.worker)
    member(",\"witness\":", signal.witness)
    member(",\"priority\":", word: signal.priority.wire)
    member(",\"score\":", Int64(signal.score))
    contributions(signal.contributions)
    member(",\"rule\":", signal.rule)
    member(",\"ruleAt\":", signal.ruleAt)
    member(",\"alsoMatched\":", signal.alsoMatched)
  }

  /// What a score is made of, in the policy's order.
  mutating func contributions(_ contributions: [Signal.Contribution]) {
    append(",\"contributions\":[")
    var separator = false
    for contribution in contributions {
      if separator { append(UInt8(ascii: ",")) }
      separator = true
      append("{\"name\":")
      string(contribution.name)
      member(",\"points\":", Int64(contribution.points))
      member(",\"because\":", contribution.because)
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
  }
}
