// Owns how a case is read from the state.
import Events
import Policy
import StateBytes

extension StateDecoder {
  /// Reads a case into one whose lists are reused. Everything but its id is set anew.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, into item: inout Case, _ words: WordTable, _ scratch: Scratch
  ) throws(StateFailure) {
    var decoder = try StateDecoder(bytes, of: "a case", words, scratch)
    decoder.read(&item)
    try decoder.reader.end("a case")
  }

  private mutating func read(_ item: inout Case) {
    let parts = CaseParts(rawValue: reader.unsigned())
    let openedAt = reader.signed()
    item.openedAt = openedAt
    let kinds = UInt64(reader.byte())
    item.phase = reader.value(kinds & 3, CasePhase.open)
    item.kind = EventKind(stateNumber: kinds >> 2)
    if let respondent = Respondent(stateNumber: kinds >> 4 & 3) {
      item.respondent = respondent
    } else {
      reader.damage()
    }
    item.priority = Priority(rawValue: Int(kinds >> 6) &+ 1) ?? .p4
    item.owner = word()
    item.score = reader.int32()
    item.rule = word()
    item.ruleAt = word()
    item.epoch = reader.signed()
    item.group = reader.fixed()
    item.contributions.removeAll(keepingCapacity: true)
    for _ in 0..<reader.elements(ofAtLeast: 3) {
      let name = word()
      let points = reader.int32()
      item.contributions.append(Signal.Contribution(name: name, points: points, because: word()))
    }
    item.signals = reader.int32()
    item.revision = reader.signed()
    item.escalations = reader.signed()
    readClocks(&item.clocks, from: openedAt)
    readPlace(&item, parts)
    readHistory(&item, parts)
    readLadder(&item.ladder, parts, from: openedAt)
    readLater(&item, parts)
    readRemedies(&item, parts)
    readAskedAgain(&item, parts)
  }

  private mutating func readPlace(_ item: inout Case, _ parts: CaseParts) {
    item.site = parts.contains(.site) ? word() : ByteSlice()
    item.journey = parts.contains(.journey) ? word() : ByteSlice()
    item.touchpoint = parts.contains(.touchpoint) ? word() : ByteSlice()
    item.witness = parts.contains(.witness) ? word() : ByteSlice()
    item.worker = parts.contains(.worker) ? word() : ByteSlice()
    item.service = parts.contains(.service) ? word() : ByteSlice()
    item.entity = parts.contains(.entity) ? text() : ByteSlice()
    item.incident = parts.contains(.incident) ? caseID() : ByteSlice()
    item.gathered = 0
    item.gatheredCases.removeAll(keepingCapacity: true)
    guard parts.contains(.gathered) else { return }
    item.gathered = reader.int32()
    for _ in 0..<reader.elements(ofAtLeast: 1) { item.gatheredCases.append(caseID()) }
  }

  private mutating func readHistory(_ item: inout Case, _ parts: CaseParts) {
    let base = item.openedAt
    item.happenedAt = parts.contains(.happened) ? reader.time(from: base) : base
    item.lastContactAt = parts.contains(.lastContact) ? reader.time(from: base) : item.happenedAt
    item.respondedAt = parts.contains(.responded) ? reader.time(from: base) : 0
    item.acknowledgedAt = parts.contains(.acknowledged) ? reader.time(from: base) : 0
    item.resolvedAt = parts.contains(.resolved) ? reader.time(from: base) : 0
    item.closedAt = parts.contains(.closed) ? reader.time(from: base) : 0
    item.lastActAt = parts.contains(.lastAct) ? reader.time(from: base) : item.happenedAt
    item.acknowledgementLease = parts.contains(.acknowledgementLease) ? reader.time(from: base) : 0
    item.ownershipLease = parts.contains(.ownershipLease) ? reader.time(from: base) : 0
    item.waitingUntil = parts.contains(.waiting) ? reader.time(from: base) : 0
    item.deferredUntil = parts.contains(.deferred) ? reader.time(from: base) : 0
    item.deferredFrom = parts.contains(.deferred) ? reader.time(from: base) : 0
    item.deferral = parts.contains(.deferred) ? reader.value(UInt64(reader.byte()), Deferral.none) : .none
    item.verifyBy = parts.contains(.verify) ? reader.time(from: base) : 0
    item.expiresAt = parts.contains(.expires) ? reader.time(from: base) : 0
    item.evidence = parts.contains(.evidence) ? reader.value(UInt64(reader.byte()), Evidence.none) : .none
    item.edges = parts.contains(.edges) ? reader.int32() : 0
    item.reopened = parts.contains(.reopened) ? reader.int32() : 0
    item.promisesBroken = parts.contains(.promisesBroken) ? reader.int32() : 0
    item.promises.removeAll(keepingCapacity: true)
    guard parts.contains(.promises) else { return }
    for _ in 0..<reader.elements(ofAtLeast: 4) {
      var promise = Promise()
      promise.due = reader.time(from: base)
      promise.madeAt = reader.time(from: base)
      promise.what = text()
      promise.state = reader.value(UInt64(reader.byte()), PromiseState.open)
      item.promises.append(promise)
    }
  }

  private mutating func readLater(_ item: inout Case, _ parts: CaseParts) {
    let hasLeases = parts.contains(.leasesLeft)
    item.acknowledgementLeft = hasLeases ? reader.signed() : 0
    item.ownershipLeft = hasLeases ? reader.signed() : 0
    item.lapses = parts.contains(.lapses) ? reader.int32() : 0
    item.transferredAt = parts.contains(.transferred) ? reader.time(from: item.openedAt) : 0
    item.putOff = parts.contains(.putOff) ? reader.signed() : 0
    item.behindSince = parts.contains(.behind) ? reader.time(from: item.openedAt) : 0
  }

  private mutating func readClocks(_ clocks: inout Clocks, from base: Int64) {
    let bits = reader.unsigned()
    clocks.acknowledge = clock(bits, from: base)
    clocks.respond = clock(bits >> 5, from: base)
    clocks.resolve = clock(bits >> 10, from: base)
    clocks.silence = clock(bits >> 15, from: base)
  }

  private mutating func clock(_ bits: UInt64, from base: Int64) -> Clock {
    var clock = Clock()
    clock.state = reader.value(bits & 7, Clock.State.off)
    if bits & 8 != 0 { clock.due = reader.time(from: base) }
    if bits & 16 != 0 { clock.remaining = reader.signed() }
    return clock
  }

  private mutating func readLadder(_ ladder: inout LadderPosition, _ parts: CaseParts, from base: Int64) {
    ladder = LadderPosition()
    if parts.contains(.ladder) {
      let shape = word().bytes
      if shape.count == 8 {
        ladder.shape = UInt64(bigEndian: shape.loadUnaligned(as: UInt64.self))
      } else {
        reader.damage()
      }
      ladder.next = reader.int32()
      ladder.due = reader.time(from: base)
    }
    if parts.contains(.repeats) { ladder.repeats = reader.int32() }
    ladder.isExhausted = parts.contains(.exhausted)
    if parts.contains(.nobody) { ladder.nobodyUntil = reader.time(from: base) }
    if parts.contains(.fired) {
      ladder.firedRung = reader.int32()
      ladder.firedAt = reader.time(from: base)
    }
    guard parts.contains(.standing) else { return }
    for _ in 0..<reader.elements(ofAtLeast: 4) {
      var standing = StandingEscalation()
      standing.unless = reader.value(UInt64(reader.byte()), RungRules.Condition.responded)
      standing.number = reader.signed()
      standing.rung = reader.int32()
      standing.firedAt = reader.time(from: base)
      ladder.standing.append(standing)
    }
  }
}
