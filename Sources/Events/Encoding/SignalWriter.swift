// Owns the JSON of a signal, member by member, in one order.

extension OutputBuffer {
  /// `time` is `occurredAt` as text, which the headers carry too.
  mutating func signal(_ signal: Signal, time: UnsafeRawBufferPointer) {
    append("{\"id\":")
    string(signal.id)
    member(",\"causeId\":", signal.causeID)
    append(",\"cause\":{\"topic\":")
    string(signal.cause.topic)
    member(",\"partition\":", Int64(signal.cause.partition))
    member(",\"offset\":", signal.cause.offset)
    append(UInt8(ascii: "}"))
    member(",\"kind\":", word: signal.kind.wire)
    member(",\"subjectKey\":", signal.subjectKey)
    member(",\"occurredAt\":", word: ByteSlice(time))
    if signal.isAssessed { writeAssessment(signal) }
    member(",\"epoch\":", signal.epoch)
    if signal.redactions > 0 { member(",\"redactions\":", Int64(signal.redactions)) }
    if signal.textTruncated { append(",\"textTruncated\":true") }
    member(",\"traceparent\":", signal.event.traceparent)
    append(",\"event\":")
    eventBody(signal.event)
    append(UInt8(ascii: "}"))
  }

  private mutating func writeAssessment(_ signal: Signal) {
    member(",\"owner\":", signal.owner)
    member(",\"worker\":", signal.worker)
    member(",\"witness\":", signal.witness)
    member(",\"priority\":", word: signal.priority.wire)
    member(",\"score\":", Int64(signal.score))
    append(",\"contributions\":[")
    var separator = false
    for contribution in signal.contributions {
      if separator { append(UInt8(ascii: ",")) }
      separator = true
      append("{\"name\":")
      string(contribution.name)
      member(",\"points\":", Int64(contribution.points))
      member(",\"because\":", contribution.because)
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
    member(",\"rule\":", signal.rule)
    member(",\"ruleAt\":", signal.ruleAt)
    member(",\"alsoMatched\":", signal.alsoMatched)
  }
}
