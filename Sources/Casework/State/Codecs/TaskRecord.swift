// Owns a task's own record: how many decisions it has journalled, what its words have to be, how far what people did has
// been read, and how many of its cases are not closed.
import Events
import StateBytes

struct TaskRecord: Hashable {
  /// The number of the latest journal record; 0 before the first.
  var journalled: Int64 = 0
  /// How many words there are, and the hash over all of them.
  var words: UInt32 = 0
  var wordsHash: UInt64 = 0
  /// Everything that was done before this time has been heard; `.max` where nobody tells at all, since then nothing
  /// can be waited for.
  var evidence = Int64.max
  /// Cases that are not closed; nil where an earlier release wrote the record: then they have to be counted.
  var open: Int64?

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(StateFailure) {
    var reader = try StateReader(bytes, of: "a task")
    journalled = reader.signed()
    words = reader.uint32()
    wordsHash = reader.fixed()
    evidence = reader.signed()
    // At the end, so that an earlier release skips it, and leaves it out of what it writes.
    if reader.left > 0 { open = Int64(exactly: reader.unsigned()).flatMap { $0 > 0 ? $0 - 1 : nil } }
    if journalled < 0 || words > WordTable.limit { reader.damage() }
    try reader.end("a task")
  }

  func write(to out: StateWriter) {
    out.begin()
    out.signed(journalled)
    out.unsigned(UInt64(words))
    out.fixed(wordsHash)
    out.signed(evidence)
    out.unsigned(UInt64(max(0, (open ?? -1) &+ 1)))
    out.end()
  }
}

/// How far each partition of `case-updates` has been read, as marks told.
struct EvidenceTable: Hashable {
  /// By partition; 0 where nobody has told.
  private var through: [Int64] = []

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(StateFailure) {
    var reader = try StateReader(bytes, of: "the evidence")
    for _ in 0..<reader.elements(ofAtLeast: 1) { through.append(reader.signed()) }
    try reader.end("the evidence")
  }

  func write(to out: StateWriter) {
    out.begin()
    out.unsigned(UInt64(through.count))
    for time in through { out.signed(time) }
    out.end()
  }

  /// What all partitions have reached.
  var reached: Int64 { through.min() ?? .max }

  /// A telling never takes back what an earlier one said.
  mutating func hear(_ mark: Mark) {
    let count = Int(max(0, min(mark.partitions, Mark.mostPartitions)))
    if through.count < count { through += Array(repeating: 0, count: count - through.count) }
    for reach in mark.through where reach.partition >= 0 && Int(reach.partition) < through.count {
      through[Int(reach.partition)] = max(through[Int(reach.partition)], reach.until)
    }
  }
}
