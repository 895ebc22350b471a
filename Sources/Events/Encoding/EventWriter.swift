// Owns how the event inside a signal is written: the contract's body without id, time and subject id.

extension OutputBuffer {
  /// The body of an event as it stands in a signal, an object. The subject's id stays out: it is personal data
  /// and never leaves INTAKE.
  mutating func eventBody(_ event: Event) {
    append("{\"source\":")
    string(event.source)
    switch event.body {
    case .feedback(let feedback): write(feedback)
    case .incident(let incident): write(incident)
    case .caseUpdate(let update): write(update)
    case .remedy(let remedy): write(remedy)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func write(_ feedback: Feedback) {
    write(feedback.subject)
    member(",\"respondent\":", word: feedback.respondent.wire)
    member(",\"channel\":", feedback.channel)
    member(",\"journey\":", feedback.journey)
    member(",\"touchpoint\":", feedback.touchpoint)
    member(",\"site\":", feedback.site)
    member(",\"entity\":", feedback.entity)
    if let rating = feedback.rating {
      append(",\"rating\":{\"kind\":\"")
      append(rating.kind.wire.bytes)
      append("\",\"value\":")
      thousandths(rating.value)
      append(",\"scale\":")
      thousandths(rating.scale)
      append(UInt8(ascii: "}"))
    }
    member(",\"text\":", feedback.text)
    member(",\"language\":", feedback.language)
    member(",\"labels\":", feedback.labels)
  }

  private mutating func write(_ incident: Incident) {
    if let subject = incident.subject { write(subject) }
    member(",\"site\":", incident.site)
    member(",\"entity\":", incident.entity)
    member(",\"service\":", incident.service)
    member(",\"severity\":", word: incident.severity.wire)
    member(",\"status\":", word: incident.status.wire)
    if let affected = incident.affected { member(",\"affected\":", affected) }
    member(",\"title\":", incident.title)
    member(",\"text\":", incident.text)
    member(",\"labels\":", incident.labels)
  }

  private mutating func write(_ update: CaseUpdate) {
    member(",\"case\":", update.caseID)
    if let subject = update.subject { write(subject) }
    write(update.actor)
    member(",\"act\":", word: update.act.word.wire)
    switch update.act {
    case .acknowledge, .progress, .respond, .reopen: break
    case .promise(let due, let what):
      member(",\"due\":", time: due)
      member(",\"what\":", what)
    case .transfer(let to, let reason):
      member(",\"to\":", to)
      member(",\"reason\":", reason)
    case .wait(let what, let until):
      member(",\"for\":", what)
      member(",\"until\":", time: until)
    case .resolve(let evidence):
      member(",\"evidence\":", evidence)
    case .snooze(let until, let reason), .silence(let until, let reason):
      member(",\"until\":", time: until)
      member(",\"reason\":", reason)
    case .erase(let reason): member(",\"reason\":", reason)
    case .approve(let claim, let reason), .decline(let claim, let reason), .cancel(let claim, let reason):
      member(",\"claim\":", claim)
      member(",\"reason\":", reason)
    case .settle(let claim, let amount, let currency), .giveBack(let claim, let amount, let currency):
      member(",\"claim\":", claim)
      if amount > 0 { write(amount, currency) }
    }
    member(",\"text\":", update.text)
  }

  private mutating func write(_ remedy: Remedy) {
    member(",\"case\":", remedy.caseID)
    if let subject = remedy.subject { write(subject) }
    write(remedy.actor)
    member(",\"action\":", remedy.action)
    write(remedy.amount, remedy.currency)
    member(",\"reason\":", remedy.reason)
    member(",\"evidence\":", remedy.evidence)
  }

  mutating func write(_ amount: Int64, _ currency: ByteSlice) {
    member(",\"amount\":{\"minor\":", amount)
    member(",\"currency\":", currency)
    append(UInt8(ascii: "}"))
  }

  private mutating func write(_ subject: Subject) {
    member(",\"subject\":{\"kind\":", subject.kind)
    member(",\"segment\":", subject.segment)
    if let value = subject.value { member(",\"value\":", value) }
    append(UInt8(ascii: "}"))
  }

  /// Nothing of one that says nothing, which no contract allows.
  mutating func write(_ actor: Actor) {
    object(",\"actor\":") { buffer in
      buffer.member(",\"id\":", actor.id)
      buffer.member(",\"role\":", actor.role)
      buffer.member(",\"team\":", actor.team)
      buffer.member(",\"site\":", actor.site)
    }
  }
}
