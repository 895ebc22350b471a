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
}
