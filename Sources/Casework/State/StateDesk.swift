// Owns the moves between a task's store and the values that decisions work on.
import Events
import StateBytes

/// Reads and writes values of the state. One for each engine.
struct StateDesk {
  let scratch = Scratch()
  private let words = WordTable()
  private let writer: StateWriter
  private var key = StateKey()
  /// Words of the store when the decision began.
  private var knownWords = 0
  /// Whose account was loaded last, in the scratch.
  private(set) var loadedOwner = ByteSlice()

  init(_ format: StateFormat) { writer = StateWriter(format) }

  private var encoder: StateEncoder { StateEncoder(out: writer, words: words) }

  /// Begins a decision: the task's own record, and its words as the store has them now.
  mutating func begin<S: StateStore>(_ store: inout S) throws(StateFailure) -> TaskRecord {
    scratch.reset()
    loadedOwner = ByteSlice()
    var record = TaskRecord()
    if let bytes = store.get(key.task()) { record = try TaskRecord(bytes) }
    var wordKey = key
    let isThere = words.follow(count: Int(record.words), hash: record.wordsHash) { number in
      store.get(wordKey.word(number))
    }
    guard isThere else { throw .damaged("a task's words") }
    knownWords = words.count
    if record.open == nil { record.open = record.journalled == 0 ? 0 : try countOpen(&store) }
    return record
  }

  /// Counts the cases that are not closed over all subjects: once, of a task whose record was written by a release that
  /// did not.
  private func countOpen<S: StateStore>(_ store: inout S) throws(StateFailure) -> Int64 {
    var account = SubjectAccount()
    var open: Int64 = 0
    var failure: StateFailure?
    store.forEachValue(keyed: StateKey.Letter.subject) { bytes in
      do throws(StateFailure) {
        try StateDecoder.decode(bytes, into: &account, words, scratch)
        open += Int64(account.openCases)
      } catch { failure = error }
      scratch.reset()
    }
    if let failure { throw failure }
    return open
  }

  /// Ends a decision: new words, and the task's record.
  mutating func end<S: StateStore>(_ record: TaskRecord, _ store: inout S) {
    for number in knownWords..<words.count {
      guard let text = words.text(UInt64(number)) else { continue }
      store.put(key.word(UInt32(truncatingIfNeeded: number)), text.bytes)
    }
    var record = record
    record.words = UInt32(truncatingIfNeeded: words.count)
    record.wordsHash = words.hash
    record.write(to: writer)
    store.put(key.task(), writer.bytes)
  }

  /// Takes over what a mark tells, and says how far everything has been read now.
  mutating func hear<S: StateStore>(_ mark: Mark, _ store: inout S) throws(StateFailure) -> Int64 {
    var table = EvidenceTable()
    if let bytes = store.get(key.evidence()) { table = try EvidenceTable(bytes) }
    table.hear(mark)
    table.write(to: writer)
    store.put(key.evidence(), writer.bytes)
    return table.reached
  }

  mutating func journalID(task: Int32, number: Int64) -> ByteSlice {
    writer.beginBare()
    writer.decimal(Int64(task))
    writer.byte(UInt8(ascii: "-"))
    writer.decimal(number)
    return ByteSlice(scratch.keep(writer.bytes))
  }

  // MARK: Subjects and cases

  mutating func load<S: StateStore>(
    _ subject: SubjectBytes, into account: inout SubjectAccount, _ store: inout S
  ) throws(StateFailure) {
    if let bytes = store.get(key.subject(subject)) {
      try StateDecoder.decode(bytes, into: &account, words, scratch)
    } else {
      account.clear()
    }
  }

  /// Writes the account, and sets its timer where `isArmed` says that it changed.
  mutating func save<S: StateStore>(
    _ subject: SubjectBytes, _ account: SubjectAccount, isArmed: Bool, _ store: inout S
  ) {
    encoder.encode(account)
    let key = key.subject(subject)
    store.put(key, writer.bytes)
    if isArmed { store.setTimer(key, due: account.timerAt) }
  }

  mutating func delete<S: StateStore>(_ subject: SubjectBytes, _ store: inout S) {
    let key = key.subject(subject)
    store.delete(key)
    store.cancelTimer(key)
  }

  /// False when there is no such case.
  mutating func load<S: StateStore>(
    _ subject: SubjectBytes, _ number: UInt32, into item: inout Case, _ store: inout S
  ) throws(StateFailure) -> Bool {
    guard let bytes = store.get(key.caseOf(subject, number)) else { return false }
    try StateDecoder.decode(bytes, into: &item, words, scratch)
    return true
  }

  mutating func save<S: StateStore>(_ subject: SubjectBytes, _ item: Case, due: Int64?, _ store: inout S) {
    encoder.encode(item)
    let key = key.caseOf(subject, item.id.number)
    store.put(key, writer.bytes)
    if let due { store.setTimer(key, due: due) } else { store.cancelTimer(key) }
  }

  mutating func delete<S: StateStore>(_ subject: SubjectBytes, _ number: UInt32, _ store: inout S) {
    let key = key.caseOf(subject, number)
    store.delete(key)
    store.cancelTimer(key)
  }

  /// Lets a case's timer fire as soon as it can. A case that is gone stays gone.
  mutating func wake<S: StateStore>(_ caseID: ByteSlice, now: Int64, _ store: inout S) {
    guard let id = CaseBytes(caseID) else { return }
    let key = key.caseOf(id.subject, id.number)
    if store.get(key) != nil { store.setTimer(key, due: now) }
  }

  // MARK: Ladders

  mutating func load<S: StateStore>(_ shape: UInt64, into ladder: inout LadderShape, _ store: inout S)
    throws(StateFailure)
  {
    guard let bytes = store.get(key.ladder(shape)), ladder.read(scratch.keep(bytes)) else {
      throw .damaged("a ladder")
    }
  }

  /// Keeps a shape under its hash, once.
  mutating func pin<S: StateStore>(_ shape: UInt64, _ bytes: ByteSlice, _ store: inout S) {
    let key = key.ladder(shape)
    if store.get(key) == nil { store.put(key, bytes.bytes) }
  }

  // MARK: Owners

  mutating func load<S: StateStore>(owner: ByteSlice, into account: inout OwnerAccount, _ store: inout S)
    throws(StateFailure)
  {
    loadedOwner = ByteSlice(scratch.keep(owner.bytes))
    account = OwnerAccount()
    guard !owner.isEmpty else { return }
    if let bytes = store.get(key.owner(owner)) {
      try StateDecoder.decode(bytes, into: &account, words, scratch)
    }
  }

  mutating func loadEveryone<S: StateStore>(into account: inout OwnerAccount, _ store: inout S)
    throws(StateFailure)
  {
    account = OwnerAccount()
    if let bytes = store.get(key.owner(ByteSlice())) {
      try StateDecoder.decode(bytes, into: &account, words, scratch)
    }
  }

  mutating func save<S: StateStore>(owner: ByteSlice, _ account: OwnerAccount, _ store: inout S) {
    encoder.encode(account)
    store.put(key.owner(owner), writer.bytes)
  }

  /// Keeps a page of cases that are held.
  mutating func save<S: StateStore>(page: [ByteSlice], _ number: Int32, of owner: ByteSlice, _ store: inout S)
  {
    encoder.encode(page: page)
    store.put(key.page(number, of: owner), writer.bytes)
  }

  /// Takes a page away and gives its cases; none where there is no such page.
  mutating func take<S: StateStore>(page number: Int32, of owner: ByteSlice, _ store: inout S)
    throws(StateFailure) -> [ByteSlice]
  {
    guard let bytes = store.get(key.page(number, of: owner)) else { return [] }
    let page = try StateDecoder.decode(page: bytes, words, scratch)
    store.delete(key.page(number, of: owner))
    return page
  }

  mutating func setTimer<S: StateStore>(owner: ByteSlice, due: Int64, _ store: inout S) {
    store.setTimer(key.owner(owner), due: due)
  }
}

extension SubjectAccount {
  /// As a new one; keeps memory.
  mutating func clear() {
    nextCase = 1
    expiresAt = 0
    timerAt = 0
    keepNumberOnly()
  }
}

extension StateWriter {
  /// A number as people write it.
  func decimal(_ number: Int64) {
    if number < 0 { byte(UInt8(ascii: "-")) }
    var divisor: UInt64 = 1
    while number.magnitude / divisor >= 10 { divisor &*= 10 }
    var rest = number.magnitude
    while divisor > 0 {
      byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}
