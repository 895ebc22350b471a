// Owns moving casework's state to another number of tasks: every subject goes, with its cases and timers, to the task
// that its key has now; what tasks keep about owners is divided.
import Events
import StateBytes

/// One live entry of a task's state, with its timer.
public struct StateEntry: Sendable {
  public var key: [UInt8]
  /// Nil where only a timer is set under the key.
  public var value: [UInt8]?
  public var due: Int64?

  public init(key: [UInt8], value: [UInt8]?, due: Int64?) {
    self.key = key
    self.value = value
    self.due = due
  }
}

/// Takes the tasks of one deployment, one after the other, and gives the entries of another's. Confined to one thread.
///
/// Words are numbered anew in each task. An owner's debt is counted from the cases that are there; of what belongs to
/// no case (the window's count, what a digest counts beyond its list) the old task's part goes to one new task. Journals
/// begin anew: numbers belong to a deployment.
public final class StateMover {
  let partition: (UnsafeRawBufferPointer) -> Int
  let scratch = Scratch()
  /// Holds what owners' accounts borrow, to the end.
  let kept = Scratch()
  var tasks: [NewTask]
  private var shapes: [[UInt8]: [UInt8]] = [:]
  private var evidence = Int64.max
  var pages: [OldPage] = []
  /// Pages of an owner in an old task that are being woken: those before this one.
  var wakeTo: [[UInt8]: [Int: Int32]] = [:]
  private let plain = StateEncoder(out: StateWriter(), words: WordTable(room: 0))
  private var subject = SubjectAccount()
  private var read = 0
  /// Over everything taken so far.
  public internal(set) var sum = StateSum()

  /// A page of cases that a hold lists in an old task.
  struct OldPage {
    let owner: [UInt8]
    let task: Int
    let number: Int32
    let cases: [ByteSlice]
  }

  struct NewTask {
    let words = WordTable()
    let out = StateWriter()
    var shapes: Set<[UInt8]> = []
    var owners: [[UInt8]: OwnerAccount] = [:]
    var ownerTimers: [[UInt8]: Int64] = [:]
    /// Cases that holds list, by owner, and those of them that are being woken.
    var held: [[UInt8]: [ByteSlice]] = [:]
    var waking: [[UInt8]: [ByteSlice]] = [:]
    /// Cases that are put off, by owner.
    var deferred: [[UInt8]: Int32] = [:]
    /// Cases that are not closed.
    var open: Int64 = 0
  }

  /// - Parameter partition: the task, below `tasks`, of a subject's key as text.
  public init(tasks: Int, partition: @escaping (UnsafeRawBufferPointer) -> Int) {
    self.partition = partition
    self.tasks = (0..<tasks).map { _ in NewTask() }
  }

  /// Takes all live entries of one old task and hands on each with its new task.
  public func take(
    _ entries: [StateEntry], _ emit: (Int, StateEntry) throws -> Void
  ) throws {
    let part = try Self.words(of: entries)
    evidence = min(evidence, part.record.evidence)
    let old = read
    read += 1
    for entry in entries {
      if entry.key.first == StateKey.Letter.ladder, let value = entry.value { shapes[entry.key] = value }
    }
    for entry in entries {
      scratch.reset()
      guard let letter = entry.key.first, let value = entry.value else { continue }
      switch letter {
      case StateKey.Letter.subject: try take(subject: entry, value, part.words, emit)
      case StateKey.Letter.caseOf: try take(caseOf: entry, value, part.words, emit)
      case StateKey.Letter.owner: try take(owner: entry, value, part.words, old)
      case StateKey.Letter.page: try take(page: entry, value, part.words, old)
      case StateKey.Letter.ladder, StateKey.Letter.word, StateKey.Letter.task, StateKey.Letter.evidence:
        continue
      default: throw StateFailure("the state has a key of a later release: deploy that one, or a later one")
      }
    }
  }

  /// Hands on what is left once every task was taken: owners, words, and each task's own record.
  public func finish(_ emit: (Int, StateEntry) throws -> Void) throws {
    try spreadPages()
    spreadHolds()
    for index in tasks.indices {
      let task = tasks[index]
      let encoder = StateEncoder(out: task.out, words: task.words)
      for (owner, account) in task.owners.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        var account = account
        account.deferredNow = task.deferred[owner] ?? 0
        try page(&account, owner, task, encoder) { try emit(index, $0) }
        encoder.encode(account)
        try emit(
          index,
          StateEntry(
            key: [StateKey.Letter.owner] + owner, value: Array(task.out.bytes),
            due: account.digestCount > 0 || account.wakeTo > 0 ? task.ownerTimers[owner] : nil))
      }
      var key = StateKey()
      for number in 0..<task.words.count {
        guard let text = task.words.text(UInt64(number)) else { continue }
        try emit(
          index,
          StateEntry(
            key: Array(key.word(UInt32(truncatingIfNeeded: number))), value: Array(text.bytes), due: nil))
      }
      var record = TaskRecord()
      record.words = UInt32(truncatingIfNeeded: task.words.count)
      record.wordsHash = task.words.hash
      record.evidence = evidence
      record.open = task.open
      record.write(to: task.out)
      try emit(index, StateEntry(key: Array(key.task()), value: Array(task.out.bytes), due: nil))
    }
  }

  // MARK: Subjects and cases

  private func take(
    subject entry: StateEntry, _ value: [UInt8], _ words: WordTable, _ emit: (Int, StateEntry) throws -> Void
  ) throws {
    let task = try task(of: entry.key)
    try value.withUnsafeBytes { bytes in
      try StateDecoder.decode(bytes, into: &subject, words, scratch)
    }
    plain.encode(subject)
    entry.key.withUnsafeBytes { sum.add($0, plain.out.bytes, due: entry.due) }
    sum.subjects += 1
    StateEncoder(out: tasks[task].out, words: tasks[task].words).encode(subject)
    try emit(task, StateEntry(key: entry.key, value: Array(tasks[task].out.bytes), due: entry.due))
  }

  private func take(
    caseOf entry: StateEntry, _ value: [UInt8], _ words: WordTable, _ emit: (Int, StateEntry) throws -> Void
  ) throws {
    let task = try task(of: entry.key)
    var item = Case(id: CaseID(subjectKey: ByteSlice(), number: 1))
    try value.withUnsafeBytes { bytes in
      try StateDecoder.decode(bytes, into: &item, words, scratch)
    }
    plain.encode(item)
    entry.key.withUnsafeBytes { sum.add($0, plain.out.bytes, due: entry.due) }
    sum.cases += 1
    if item.ladder.shape != 0 {
      var key = StateKey()
      let shape = Array(key.ladder(item.ladder.shape))
      guard let bytes = shapes[shape] else { throw StateFailure.damaged("a ladder") }
      if tasks[task].shapes.insert(shape).inserted {
        try emit(task, StateEntry(key: shape, value: bytes, due: nil))
      }
    }
    if item.phase != .closed { tasks[task].open += 1 }
    if item.deferral != .none {
      let owner = Array(item.owner.bytes)
      tasks[task].deferred[owner, default: 0] += 1
      if tasks[task].owners[owner] == nil { tasks[task].owners[owner] = OwnerAccount() }
    }
    StateEncoder(out: tasks[task].out, words: tasks[task].words).encode(item)
    try emit(task, StateEntry(key: entry.key, value: Array(tasks[task].out.bytes), due: entry.due))
  }

  /// The new task of a key that begins with a letter and a subject.
  private func task(of key: [UInt8]) throws -> Int {
    var number = 0
    var isDamaged = false
    key.withUnsafeBytes { key in
      var reader = StateReader(bare: UnsafeRawBufferPointer(rebasing: key[1...]))
      let subject = SubjectBytes(&reader)
      isDamaged = reader.isDamaged
      number = partition(subject.text(scratch).bytes)
    }
    guard !isDamaged, tasks.indices.contains(number) else { throw StateFailure.damaged("a subject's key") }
    return number
  }

  /// A task's own record, and its words.
  private static func words(of entries: [StateEntry]) throws -> (record: TaskRecord, words: WordTable) {
    var record = TaskRecord()
    var texts: [[UInt8]: [UInt8]] = [:]
    for entry in entries {
      guard let value = entry.value else { continue }
      if entry.key == [StateKey.Letter.task] { record = try value.withUnsafeBytes { try TaskRecord($0) } }
      if entry.key.first == StateKey.Letter.word { texts[entry.key] = value }
    }
    let words = WordTable()
    let borrowed = Scratch()
    var key = StateKey()
    let isThere = words.follow(count: Int(record.words), hash: record.wordsHash) { number in
      texts[Array(key.word(number))].map { text in text.withUnsafeBytes { borrowed.keep($0) } }
    }
    guard isThere else { throw StateFailure.damaged("a task's words") }
    return (record, words)
  }
}
