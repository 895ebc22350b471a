// Owns how a case stands as JSON, member by member, in one order, for assignments and escalations; and what other
// records of casework share with them.

extension OutputBuffer {
  /// Begins with a comma, and so does every member after it.
  mutating func view(_ view: CaseView) {
    member(",\"case\":", view.id)
    member(",\"subjectKey\":", view.subjectKey)
    member(",\"status\":", word: view.status.wire)
    member(",\"owner\":", view.owner)
    member(",\"worker\":", view.worker)
    member(",\"witness\":", view.witness)
    member(",\"kind\":", word: view.kind.wire)
    member(",\"priority\":", word: view.priority.wire)
    member(",\"score\":", Int64(view.score))
    contributions(view.contributions)
    member(",\"rule\":", view.rule)
    member(",\"ruleAt\":", view.ruleAt)
    member(",\"site\":", view.site)
    member(",\"journey\":", view.journey)
    member(",\"touchpoint\":", view.touchpoint)
    member(",\"service\":", view.service)
    member(",\"entity\":", view.entity)
    if view.kind == .feedback { member(",\"respondent\":", word: view.respondent.wire) }
    member(",\"openedAt\":", time: view.openedAt)
    member(",\"signals\":", Int64(view.signals))
    member(",\"incident\":", view.incident)
    if view.gathered > 0 { member(",\"gathered\":", Int64(view.gathered)) }
    member(",\"edges\":", Int64(view.edges))
    member(",\"promisesBroken\":", Int64(view.promisesBroken))
    clocks(view.clocks)
    promises(view.promises)
    remedies(view.remedies)
    member(",\"climbed\":", Int64(view.rung))
    member(",\"rungs\":", Int64(view.rungs))
    if view.nextRungAt != 0 { member(",\"nextRungAt\":", time: view.nextRungAt) }
    member(",\"evidence\":", view.evidence)
  }

  /// Nothing when there are none.
  mutating func clocks(_ clocks: [ClockView]) {
    list(",\"clocks\":", clocks) { buffer, clock in
      buffer.member(",\"kind\":", word: clock.kind.wire)
      buffer.member(",\"state\":", word: clock.state.wire)
      buffer.member(",\"due\":", time: clock.due)
      buffer.member(",\"rule\":", clock.rule)
    }
  }

  private mutating func promises(_ promises: [PromiseView]) {
    list(",\"promises\":", promises) { buffer, promise in
      buffer.member(",\"due\":", time: promise.due)
      buffer.member(",\"state\":", word: promise.state.wire)
      buffer.member(",\"what\":", promise.what)
    }
  }

  private mutating func remedies(_ remedies: [RemedyView]) {
    list(",\"remedies\":", remedies) { buffer, remedy in
      buffer.member(",\"claim\":", remedy.claim)
      buffer.member(",\"action\":", remedy.action)
      buffer.write(remedy.amount, remedy.currency)
      buffer.member(",\"state\":", remedy.state)
      buffer.member(",\"by\":", remedy.by)
      if remedy.expiresAt != 0 { buffer.member(",\"expiresAt\":", time: remedy.expiresAt) }
    }
  }

  mutating func reason(_ reason: Reason) {
    append(",\"reason\":{\"code\":")
    string(reason.code)
    member(",\"text\":", reason.text)
    member(",\"note\":", reason.note)
    append(UInt8(ascii: "}"))
  }
}
