// Owns how a claim is written into the state and read from it.
import Events
import StateBytes

extension StateWriter {
  /// Writes a claim. Its id is its key. Times are told from when it was asked for.
  func write(_ claim: ClaimAccount) {
    let base = claim.askedAt
    begin()
    signed(base)
    byte(claim.phase.rawValue)
    byte(claim.isSummed ? 1 : 0)
    signed(claim.records)
    text(claim.caseID)
    text(claim.subjectKey)
    text(claim.owner)
    text(claim.root)
    text(claim.site)
    text(claim.action)
    signed(claim.amount)
    text(claim.currency)
    write(claim.requester)
    write(claim.budgets)
    write(claim.evidence)
    write(claim.decider)
    text(claim.grant)
    text(claim.grantAt)
    unsigned(UInt64(claim.holds.count))
    for hold in claim.holds { write(hold) }
    signed(claim.settled)
    signed(claim.returned)
    signed(claim.sum)
    time(claim.expiresAt, from: base)
    time(claim.changedAt, from: base)
    text(claim.causeID)
    end()
  }

  private func write(_ person: Escalation.Person) {
    text(person.id)
    text(person.role)
    text(person.team)
    text(person.standsInFor)
  }

  private func write(_ texts: [ByteSlice]) {
    unsigned(UInt64(texts.count))
    for text in texts { self.text(text) }
  }

  private func write(_ hold: ClaimAccount.Hold) {
    text(hold.pot.budget)
    text(hold.pot.holder)
    signed(hold.amount)
    text(hold.currency)
    signed(Int64(hold.day))
    signed(hold.spent)
    signed(hold.drawn)
    signed(hold.returned)
  }
}

extension ClaimAccount {
  /// Reads what `write` wrote; texts are copied, since what is read moves.
  init(_ bytes: UnsafeRawBufferPointer, id: ByteSlice, _ texts: Texts) throws(StateFailure) {
    self.init()
    var reader = try StateReader(bytes, of: "a claim")
    self.id = id
    let base = reader.signed()
    askedAt = base
    phase = reader.value(UInt64(reader.byte()), .declined)
    isSummed = reader.byte() != 0
    records = reader.signed()
    caseID = reader.text(texts)
    subjectKey = reader.text(texts)
    owner = reader.text(texts)
    root = reader.text(texts)
    site = reader.text(texts)
    action = reader.text(texts)
    amount = reader.signed()
    currency = reader.text(texts)
    requester = reader.person(texts)
    budgets = reader.texts(texts)
    evidence = reader.texts(texts)
    decider = reader.person(texts)
    grant = reader.text(texts)
    grantAt = reader.text(texts)
    for _ in 0..<reader.elements(ofAtLeast: 8) { holds.append(reader.hold(texts)) }
    settled = reader.signed()
    returned = reader.signed()
    sum = reader.signed()
    expiresAt = reader.time(from: base)
    changedAt = reader.time(from: base)
    causeID = reader.text(texts)
    if records < 0 || settled < 0 || returned < 0 || returned > settled { reader.damage() }
    try reader.end("a claim")
  }
}

extension StateReader {
  mutating func text(_ texts: Texts) -> ByteSlice { texts.keep(text()) }

  fileprivate mutating func texts(_ texts: Texts) -> [ByteSlice] {
    (0..<elements(ofAtLeast: 1)).map { _ in text(texts) }
  }

  fileprivate mutating func person(_ texts: Texts) -> Escalation.Person {
    var person = Escalation.Person()
    person.id = text(texts)
    person.role = text(texts)
    person.team = text(texts)
    person.standsInFor = text(texts)
    return person
  }

  fileprivate mutating func hold(_ texts: Texts) -> ClaimAccount.Hold {
    var hold = ClaimAccount.Hold()
    hold.pot.budget = text(texts)
    hold.pot.holder = text(texts)
    hold.amount = signed()
    hold.currency = text(texts)
    hold.day = int32()
    hold.spent = signed()
    hold.drawn = signed()
    hold.returned = signed()
    if hold.amount < 0 || hold.spent < 0 || hold.drawn < 0 || hold.returned < 0 { damage() }
    return hold
  }
}
