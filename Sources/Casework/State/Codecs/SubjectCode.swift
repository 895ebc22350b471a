// Owns how a subject's account is written into the state and read from it.
import Events
import StateBytes

/// A bit for each part that is there.
struct SubjectParts: OptionSet {
  let rawValue: UInt64
  static let memory = SubjectParts(rawValue: 1 << 0)
  static let heard = SubjectParts(rawValue: 1 << 1)
  static let cases = SubjectParts(rawValue: 1 << 2)
  static let expires = SubjectParts(rawValue: 1 << 3)
  /// Of a release that counted contacts over all cases of a subject: read past.
  static let subjectContacts = SubjectParts(rawValue: 1 << 4)
  static let brokenPromises = SubjectParts(rawValue: 1 << 5)
  static let notices = SubjectParts(rawValue: 1 << 6)
  static let parked = SubjectParts(rawValue: 1 << 7)
  // At the end, so that who does not know it skips it.
  static let contacts = SubjectParts(rawValue: 1 << 8)
  static let given = SubjectParts(rawValue: 1 << 9)
  static let timer = SubjectParts(rawValue: 1 << 10)
  static let givenOwners = SubjectParts(rawValue: 1 << 11)
}

extension StateEncoder {
  /// Writes an account. Times are told from a moment that stands at its beginning, the memory's if there is one.
  func encode(_ account: SubjectAccount) {
    let memory = account.memory
    var parts: SubjectParts = []
    func has(_ part: SubjectParts, _ isThere: Bool) { if isThere { parts.formUnion(part) } }
    has(.memory, memory.peak != 0 || memory.recent != 0 || memory.at != 0)
    has(.brokenPromises, memory.brokenPromises != 0)
    has(.heard, !account.heard.isEmpty)
    has(.cases, !account.cases.isEmpty)
    has(.notices, !account.notices.isEmpty)
    has(.parked, !account.parked.isEmpty)
    has(.given, !account.given.isEmpty)
    has(.expires, account.expiresAt != 0)
    has(.contacts, account.cases.contains { $0.contacts != 0 })
    has(.timer, account.timerAt != 0)
    has(.givenOwners, account.given.contains { !$0.owner.isEmpty })
    let base = Self.base(of: account)
    out.begin()
    out.unsigned(parts.rawValue)
    out.signed(base)
    out.unsigned(UInt64(account.nextCase))
    if parts.contains(.memory) {
      out.signed(Int64(memory.peak))
      out.signed(Int64(memory.recent))
      out.time(memory.at, from: base)
    }
    if parts.contains(.brokenPromises) { out.signed(Int64(memory.brokenPromises)) }
    if parts.contains(.expires) { out.time(account.expiresAt, from: base) }
    if parts.contains(.heard) {
      count(account.heard.count)
      for event in account.heard {
        out.fixed(event.hash)
        out.time(event.at, from: base)
      }
    }
    if parts.contains(.cases) {
      count(account.cases.count)
      for entry in account.cases {
        out.unsigned(UInt64(entry.number))
        out.byte(entry.phase.rawValue | entry.kind.stateNumber << 2 | (entry.cause != 0 ? 16 : 0))
        if entry.cause != 0 { out.fixed(entry.cause) }
        out.fixed(entry.group)
        out.time(entry.touchedAt, from: base)
      }
    }
    if parts.contains(.notices) { encode(account.notices, from: base) }
    if parts.contains(.parked) { encode(account.parked, from: base) }
    // One for each case, in their order.
    if parts.contains(.contacts) { for entry in account.cases { out.signed(Int64(entry.contacts)) } }
    if parts.contains(.given) { encode(account.given, from: base) }
    if parts.contains(.timer) { out.time(account.timerAt, from: base) }
    // One for each remedy, in their order.
    if parts.contains(.givenOwners) { for remedy in account.given { word(remedy.owner) } }
    out.end()
  }

  /// The moment that most of an account's times lie near.
  private static func base(of account: SubjectAccount) -> Int64 {
    if account.memory.at != 0 { return account.memory.at }
    if let last = account.heard.last { return last.at }
    return account.notices.first?.at ?? account.cases.first?.touchedAt ?? account.parked.first?.at ?? 0
  }

  private func encode(_ notices: [KeptNotice], from base: Int64) {
    count(notices.count)
    for notice in notices {
      caseID(notice.caseID)
      word(notice.owner)
      word(notice.touchpoint)
      out.time(notice.at, from: base)
    }
  }

  private func encode(_ parked: [ParkedResolution], from base: Int64) {
    count(parked.count)
    for resolution in parked {
      out.fixed(resolution.group)
      out.time(resolution.occurredAt, from: base)
      out.time(resolution.at, from: base)
    }
  }
}

extension StateDecoder {
  /// Reads an account into one whose lists are reused.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, into account: inout SubjectAccount, _ words: WordTable,
    _ scratch: Scratch
  ) throws(StateFailure) {
    var decoder = try StateDecoder(bytes, of: "a subject", words, scratch)
    decoder.read(&account)
    try decoder.reader.end("a subject")
  }

  private mutating func read(_ account: inout SubjectAccount) {
    let parts = SubjectParts(rawValue: reader.unsigned())
    let base = reader.signed()
    account.nextCase = reader.uint32()
    account.memory = MemoryAccount()
    if parts.contains(.memory) {
      account.memory.peak = reader.int32()
      account.memory.recent = reader.int32()
      account.memory.at = reader.time(from: base)
    }
    if parts.contains(.subjectContacts) { _ = reader.int32() }
    if parts.contains(.brokenPromises) { account.memory.brokenPromises = reader.int32() }
    account.expiresAt = parts.contains(.expires) ? reader.time(from: base) : 0
    account.timerAt = 0
    account.heard.removeAll(keepingCapacity: true)
    if parts.contains(.heard) {
      for _ in 0..<reader.elements(ofAtLeast: 9) {
        account.heard.append(HeardEvent(hash: reader.fixed(), at: reader.time(from: base)))
      }
    }
    account.cases.removeAll(keepingCapacity: true)
    if parts.contains(.cases) {
      for _ in 0..<reader.elements(ofAtLeast: 11) { account.cases.append(entry(from: base)) }
    }
    account.notices.removeAll(keepingCapacity: true)
    if parts.contains(.notices) {
      for _ in 0..<reader.elements(ofAtLeast: 4) { account.notices.append(notice(from: base)) }
    }
    account.parked.removeAll(keepingCapacity: true)
    if parts.contains(.parked) {
      for _ in 0..<reader.elements(ofAtLeast: 10) { account.parked.append(resolution(from: base)) }
    }
    if parts.contains(.contacts) {
      for index in account.cases.indices { account.cases[index].contacts = reader.int32() }
    }
    account.given.removeAll(keepingCapacity: true)
    if parts.contains(.given) { readGiven(&account.given, from: base) }
    if parts.contains(.timer) { account.timerAt = reader.time(from: base) }
    if parts.contains(.givenOwners) {
      for index in account.given.indices { account.given[index].owner = word() }
    }
  }

  private mutating func entry(from base: Int64) -> CaseEntry {
    var entry = CaseEntry()
    entry.number = reader.uint32()
    let kinds = UInt64(reader.byte())
    entry.phase = reader.value(kinds & 3, CasePhase.open)
    entry.kind = EventKind(stateNumber: kinds >> 2)
    if kinds & 16 != 0 { entry.cause = reader.fixed() }
    entry.group = reader.fixed()
    entry.touchedAt = reader.time(from: base)
    return entry
  }

  private mutating func notice(from base: Int64) -> KeptNotice {
    var notice = KeptNotice()
    notice.caseID = caseID()
    notice.owner = word()
    notice.touchpoint = word()
    notice.at = reader.time(from: base)
    return notice
  }

  private mutating func resolution(from base: Int64) -> ParkedResolution {
    var resolution = ParkedResolution()
    resolution.group = reader.fixed()
    resolution.occurredAt = reader.time(from: base)
    resolution.at = reader.time(from: base)
    return resolution
  }
}
