// Owns how a case is written into the state.
import Events

extension StateEncoder {
  /// Writes a case. Its subject and number are its key and are not repeated. Times are told from when it opened.
  func encode(_ item: Case) {
    let parts = Self.parts(of: item)
    out.begin()
    out.unsigned(parts.rawValue)
    out.signed(item.openedAt)
    out.byte(
      item.phase.rawValue | item.kind.stateNumber << 2 | item.respondent.stateNumber << 4
        | UInt8(truncatingIfNeeded: item.priority.rawValue &- 1) << 6)
    word(item.owner)
    out.signed(Int64(item.score))
    word(item.rule)
    word(item.ruleAt)
    out.signed(item.epoch)
    out.fixed(item.group)
    count(item.contributions.count)
    for contribution in item.contributions {
      word(contribution.name)
      out.signed(Int64(contribution.points))
      word(contribution.because)
    }
    out.signed(Int64(item.signals))
    out.signed(item.revision)
    out.signed(item.escalations)
    encode(item.clocks, from: item.openedAt)
    encodePlace(item, parts)
    encodeHistory(item, parts)
    encodeLadder(item.ladder, parts, from: item.openedAt)
    encodeLater(item, parts)
    if parts.contains(.remedies) { encodeRemedies(item) }
    if parts.contains(.askedAgain) { encodeAskedAgain(item) }
    out.end()
  }

  private static func parts(of item: Case) -> CaseParts {
    var parts: CaseParts = []
    func has(_ part: CaseParts, _ isThere: Bool) { if isThere { parts.formUnion(part) } }
    has(.site, !item.site.isEmpty)
    has(.journey, !item.journey.isEmpty)
    has(.touchpoint, !item.touchpoint.isEmpty)
    has(.witness, !item.witness.isEmpty)
    has(.worker, !item.worker.isEmpty)
    has(.service, !item.service.isEmpty)
    has(.entity, !item.entity.isEmpty)
    has(.incident, !item.incident.isEmpty)
    has(.gathered, item.gathered != 0 || !item.gatheredCases.isEmpty)
    has(.happened, item.happenedAt != item.openedAt)
    has(.lastContact, item.lastContactAt != item.happenedAt)
    has(.responded, item.respondedAt != 0)
    has(.acknowledged, item.acknowledgedAt != 0)
    has(.resolved, item.resolvedAt != 0)
    has(.closed, item.closedAt != 0)
    has(.evidence, item.evidence != .none)
    has(.edges, item.edges != 0)
    has(.reopened, item.reopened != 0)
    has(.promisesBroken, item.promisesBroken != 0)
    has(.lastAct, item.lastActAt != item.happenedAt)
    has(.promises, !item.promises.isEmpty)
    has(.acknowledgementLease, item.acknowledgementLease != 0)
    has(.ownershipLease, item.ownershipLease != 0)
    has(.waiting, item.waitingUntil != 0)
    has(.deferred, item.deferredUntil != 0 || item.deferredFrom != 0 || item.deferral != .none)
    has(.verify, item.verifyBy != 0)
    has(.behind, item.behindSince != 0)
    has(.expires, item.expiresAt != 0)
    let ladder = item.ladder
    has(.ladder, ladder.shape != 0 || ladder.next != 0 || ladder.due != 0)
    has(.repeats, ladder.repeats != 0)
    has(.exhausted, ladder.isExhausted)
    has(.nobody, ladder.nobodyUntil != 0)
    has(.fired, ladder.firedRung != -1 || ladder.firedAt != 0)
    has(.standing, !ladder.standing.isEmpty)
    has(.leasesLeft, item.acknowledgementLeft != 0 || item.ownershipLeft != 0)
    has(.lapses, item.lapses != 0)
    has(.transferred, item.transferredAt != 0)
    has(.putOff, item.putOff != 0)
    has(.remedies, !item.remedies.isEmpty || item.nextRemedy != 1)
    has(.askedAgain, item.remedies.contains { $0.asked != $0.amount || $0.mayBeAskedAgain })
    return parts
  }

  private func encodePlace(_ item: Case, _ parts: CaseParts) {
    if parts.contains(.site) { word(item.site) }
    if parts.contains(.journey) { word(item.journey) }
    if parts.contains(.touchpoint) { word(item.touchpoint) }
    if parts.contains(.witness) { word(item.witness) }
    if parts.contains(.worker) { word(item.worker) }
    if parts.contains(.service) { word(item.service) }
    if parts.contains(.entity) { out.text(item.entity) }
    if parts.contains(.incident) { caseID(item.incident) }
    if parts.contains(.gathered) {
      out.signed(Int64(item.gathered))
      count(item.gatheredCases.count)
      for id in item.gatheredCases { caseID(id) }
    }
  }

  private func encodeHistory(_ item: Case, _ parts: CaseParts) {
    func time(_ part: CaseParts, _ time: Int64) {
      if parts.contains(part) { out.time(time, from: item.openedAt) }
    }
    time(.happened, item.happenedAt)
    time(.lastContact, item.lastContactAt)
    time(.responded, item.respondedAt)
    time(.acknowledged, item.acknowledgedAt)
    time(.resolved, item.resolvedAt)
    time(.closed, item.closedAt)
    time(.lastAct, item.lastActAt)
    time(.acknowledgementLease, item.acknowledgementLease)
    time(.ownershipLease, item.ownershipLease)
    time(.waiting, item.waitingUntil)
    time(.deferred, item.deferredUntil)
    time(.deferred, item.deferredFrom)
    if parts.contains(.deferred) { out.byte(item.deferral.rawValue) }
    time(.verify, item.verifyBy)
    time(.expires, item.expiresAt)
    if parts.contains(.evidence) { out.byte(item.evidence.rawValue) }
    if parts.contains(.edges) { out.signed(Int64(item.edges)) }
    if parts.contains(.reopened) { out.signed(Int64(item.reopened)) }
    if parts.contains(.promisesBroken) { out.signed(Int64(item.promisesBroken)) }
    if parts.contains(.promises) {
      count(item.promises.count)
      for promise in item.promises {
        out.time(promise.due, from: item.openedAt)
        out.time(promise.madeAt, from: item.openedAt)
        out.text(promise.what)
        out.byte(promise.state.rawValue)
      }
    }
  }

  /// Five bits a clock: its state in three, whether it is due, whether something remains.
  private func encode(_ clocks: Clocks, from base: Int64) {
    func bits(_ clock: Clock) -> UInt64 {
      UInt64(clock.state.rawValue) | (clock.due != 0 ? 8 : 0) | (clock.remaining != 0 ? 16 : 0)
    }
    out.unsigned(
      bits(clocks.acknowledge) | bits(clocks.respond) << 5 | bits(clocks.resolve) << 10
        | bits(clocks.silence) << 15)
    func figures(_ clock: Clock) {
      if clock.due != 0 { out.time(clock.due, from: base) }
      if clock.remaining != 0 { out.signed(clock.remaining) }
    }
    figures(clocks.acknowledge)
    figures(clocks.respond)
    figures(clocks.resolve)
    figures(clocks.silence)
  }

  private func encodeLadder(_ ladder: LadderPosition, _ parts: CaseParts, from base: Int64) {
    if parts.contains(.ladder) {
      // The few shapes that a task's cases have are words like any other.
      withUnsafeBytes(of: ladder.shape.bigEndian) { word(ByteSlice($0)) }
      out.signed(Int64(ladder.next))
      out.time(ladder.due, from: base)
    }
    if parts.contains(.repeats) { out.signed(Int64(ladder.repeats)) }
    if parts.contains(.nobody) { out.time(ladder.nobodyUntil, from: base) }
    if parts.contains(.fired) {
      out.signed(Int64(ladder.firedRung))
      out.time(ladder.firedAt, from: base)
    }
    if parts.contains(.standing) {
      count(ladder.standing.count)
      for standing in ladder.standing {
        out.byte(standing.unless.rawValue)
        out.signed(standing.number)
        out.signed(Int64(standing.rung))
        out.time(standing.firedAt, from: base)
      }
    }
  }

  private func encodeLater(_ item: Case, _ parts: CaseParts) {
    if parts.contains(.leasesLeft) {
      out.signed(item.acknowledgementLeft)
      out.signed(item.ownershipLeft)
    }
    if parts.contains(.lapses) { out.signed(Int64(item.lapses)) }
    if parts.contains(.transferred) { out.time(item.transferredAt, from: item.openedAt) }
    if parts.contains(.putOff) { out.signed(item.putOff) }
    if parts.contains(.behind) { out.time(item.behindSince, from: item.openedAt) }
  }
}
