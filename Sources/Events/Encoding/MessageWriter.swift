// Owns the JSON of what roles and operators say to each other on `signals`, in place of an event.

extension OutputBuffer {
  mutating func write(_ notice: Notice) {
    append(",\"notice\":{\"case\":")
    string(notice.caseID)
    member(",\"owner\":", notice.owner)
    member(",\"site\":", notice.site)
    member(",\"touchpoint\":", notice.touchpoint)
    member(",\"journey\":", notice.journey)
    member(",\"priority\":", word: notice.priority.wire)
    append(UInt8(ascii: "}"))
  }

  mutating func write(_ link: Link) {
    append(",\"link\":{\"case\":")
    string(link.caseID)
    member(",\"incident\":", link.incident)
    append(UInt8(ascii: "}"))
  }

  mutating func write(_ answer: ClaimAnswer) {
    append(",\"answer\":{\"claim\":")
    string(answer.claim)
    member(",\"case\":", answer.caseID)
    member(",\"answer\":", word: answer.answer.wire)
    member(",\"action\":", answer.action)
    if answer.amount > 0 { write(answer.amount, answer.currency) }
    member(",\"requester\":", answer.requester)
    member(",\"decider\":", answer.decider)
    if answer.expiresAt != 0 { member(",\"expiresAt\":", time: answer.expiresAt) }
    reason(Reason(code: answer.reasonCode, text: answer.reasonText))
    append(UInt8(ascii: "}"))
  }

  mutating func write(_ hold: Hold) {
    append(",\"hold\":{\"by\":")
    string(hold.by)
    member(",\"until\":", time: hold.until)
    member(",\"owner\":", hold.owner)
    member(",\"reason\":", hold.reason)
    append(UInt8(ascii: "}"))
  }

  /// Neighbours that have been read equally far, as all are that wait for news, are told of together.
  mutating func write(_ mark: Mark) {
    append(",\"mark\":{\"count\":")
    append(Int64(mark.partitions))
    append(",\"through\":[")
    var last: Int64?
    for reach in mark.through {
      if reach.until == last {
        append(UInt8(ascii: ","))
      } else {
        if last != nil { append("]},") }
        append("{\"until\":")
        time(reach.until)
        append(",\"partitions\":[")
        last = reach.until
      }
      append(Int64(reach.partition))
    }
    append(last == nil ? "]}" : "]}]}")
  }
}
