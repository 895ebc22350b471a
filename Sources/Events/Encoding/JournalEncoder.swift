// Owns the record on `case-journal` as bytes: the JSON value and the CloudEvents headers beside it.

/// Encodes journal records. One for each thread; allocates only when one is larger than any before. The same record
/// gives the same bytes, always.
///
/// Headers: those that CloudEvents requires (`ce_specversion`, `ce_id`, `ce_source`, `ce_type`), `content-type`, and
/// what consumers filter by without reading the value: `decision`, and `owner` where there is one. The value has all
/// else, the cause's coordinates among it; there is one record for every signal, so each header here is paid for
/// every event. The record's key is `JournalRecord.key`.
public final class JournalEncoder {
  /// `ce_type` of a journal record; its last part is the format's major version.
  public static let type: StaticString = "answerable.journal.v1"

  // Unchecked where records pass: one thread, and nothing calls back in while a property changes.
  @exclusivity(unchecked) private var value = OutputBuffer(capacity: 4096)
  @exclusivity(unchecked) private var headers: HeaderList

  /// `source` becomes `ce_source`, a URI reference: who decides.
  public init(source: String = "/answerable/casework") {
    headers = HeaderList(source: source, type: Self.type)
  }

  public func encode(_ record: JournalRecord) -> EncodedRecord {
    headers.begin(id: record.id)
    headers.add("content-type", "application/json")
    headers.add("decision", record.decision.wire)
    headers.add("owner", record.owner)
    headers.add("traceparent", record.traceparent)
    value.removeAll()
    value.journal(record)
    return EncodedRecord(value: value.bytes, headers: headers.all)
  }
}

extension OutputBuffer {
  fileprivate mutating func journal(_ record: JournalRecord) {
    append("{\"id\":")
    string(record.id)
    member(",\"task\":", Int64(record.task))
    member(",\"number\":", record.number)
    member(",\"at\":", time: record.at)
    if let kind = record.kind { member(",\"kind\":", word: kind.wire) }
    write(record.cause)
    member(",\"case\":", record.caseID)
    member(",\"subjectKey\":", record.subjectKey)
    member(",\"decision\":", word: record.decision.wire)
    reason(record.reason)
    earlier(record.earlier)
    decided(record)
    clocks(record.clocks)
    member(",\"outputs\":", record.outputs)
    member(",\"epoch\":", record.epoch)
    member(",\"traceparent\":", record.traceparent)
    append(UInt8(ascii: "}"))
  }

  private mutating func earlier(_ steps: [JournalRecord.Step]) {
    list(",\"earlier\":", steps) { buffer, step in
      buffer.member(",\"decision\":", word: step.decision.wire)
      buffer.append(",\"code\":")
      buffer.string(step.code)
      buffer.member(",\"text\":", step.text)
    }
  }

  /// What there was to decide about, and what was found.
  private mutating func decided(_ record: JournalRecord) {
    member(",\"owner\":", record.owner)
    member(",\"worker\":", record.worker)
    member(",\"witness\":", record.witness)
    if let priority = record.priority { member(",\"priority\":", word: priority.wire) }
    if let score = record.score { member(",\"score\":", Int64(score)) }
    if !record.contributions.isEmpty { contributions(record.contributions) }
    object(",\"memory\":") { buffer in
      if let before = record.memoryBefore { buffer.member(",\"before\":", Int64(before)) }
      if let after = record.memoryAfter { buffer.member(",\"after\":", Int64(after)) }
    }
    member(",\"rule\":", record.rule)
    member(",\"ruleAt\":", record.ruleAt)
    member(",\"alsoMatched\":", record.alsoMatched)
    if let status = record.status { member(",\"status\":", word: status.wire) }
    if let act = record.act { member(",\"act\":", word: act.wire) }
    write(record.actor)
    if !record.edgeFrom.isEmpty {
      append(",\"edge\":{\"from\":")
      string(record.edgeFrom)
      member(",\"to\":", record.edgeTo)
      append(UInt8(ascii: "}"))
    }
  }

  private mutating func write(_ cause: JournalRecord.Cause) {
    switch cause {
    case .signal(let id, let place, let causeID, let occurredAt):
      append(",\"cause\":{\"kind\":\"signal\",\"id\":")
      string(id)
      member(",\"topic\":", place.topic)
      member(",\"partition\":", Int64(place.partition))
      member(",\"offset\":", place.offset)
      member(",\"causeId\":", causeID)
      member(",\"occurredAt\":", time: occurredAt)
    case .timer(let due, let heardUntil):
      append(",\"cause\":{\"kind\":\"timer\"")
      member(",\"due\":", time: due)
      if let heardUntil { member(",\"heardUntil\":", time: heardUntil) }
    }
    append(UInt8(ascii: "}"))
  }
}
