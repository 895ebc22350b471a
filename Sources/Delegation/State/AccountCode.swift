// Owns how pots, sums and a task's own record are written into the state and read from it.
import Events
import StateBytes

extension StateWriter {
  /// Writes a pot's account. Each day is told by its distance from the one before.
  func write(_ account: BudgetAccount) {
    begin()
    text(account.currency)
    signed(account.held)
    unsigned(UInt64(account.days.count))
    var before: Int64 = 0
    for day in account.days {
      signed(Int64(day.number) - before)
      before = Int64(day.number)
      signed(day.spent)
      signed(day.drawn)
      signed(Int64(day.entries))
    }
    end()
  }

  func write(_ account: SplitAccount) {
    begin()
    unsigned(UInt64(account.entries.count))
    for entry in account.entries {
      fixed(entry.claim)
      signed(entry.at)
      signed(entry.amount)
      text(entry.currency)
    }
    end()
  }
}

extension BudgetAccount {
  init(_ bytes: UnsafeRawBufferPointer, _ texts: Texts) throws(StateFailure) {
    self.init()
    var reader = try StateReader(bytes, of: "a budget")
    currency = reader.text(texts)
    held = reader.signed()
    var sum = held
    var isSound = held >= 0
    for _ in 0..<reader.elements(ofAtLeast: 4) {
      let (number, overflow) = reader.signed().addingReportingOverflow(Int64(days.last?.number ?? 0))
      guard !overflow, let number = Int32(exactly: number), days.last.map({ $0.number < number }) ?? true
      else {
        reader.damage()
        break
      }
      var day = Day(number: number)
      day.spent = reader.signed()
      day.drawn = reader.signed()
      day.entries = reader.int32()
      let (total, tooMuch) = sum.addingReportingOverflow(day.spent)
      isSound = isSound && !tooMuch && day.spent >= 0 && day.drawn >= 0
      sum = tooMuch ? sum : total
      days.append(day)
    }
    if !isSound { reader.damage() }
    try reader.end("a budget")
  }
}

extension SplitAccount {
  init(_ bytes: UnsafeRawBufferPointer, _ texts: Texts) throws(StateFailure) {
    self.init()
    var reader = try StateReader(bytes, of: "a sum")
    for _ in 0..<reader.elements(ofAtLeast: 11) {
      var entry = Entry()
      entry.claim = reader.fixed()
      entry.at = reader.signed()
      entry.amount = reader.signed()
      entry.currency = reader.text(texts)
      entries.append(entry)
    }
    try reader.end("a sum")
  }
}

/// How many records a task has told.
struct TaskRecord: Hashable {
  var told: Int64 = 0

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(StateFailure) {
    var reader = try StateReader(bytes, of: "a task")
    told = reader.signed()
    if told < 0 { reader.damage() }
    try reader.end("a task")
  }

  func write(to out: StateWriter) {
    out.begin()
    out.signed(told)
    out.end()
  }
}
