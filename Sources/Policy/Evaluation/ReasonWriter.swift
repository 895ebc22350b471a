// Owns why a contribution was earned, in bytes: `rating.nps 0`, `words: leak*`. Never the event's own text.
import Events

/// Writes into memory of its own that is large enough for every contribution of a policy, so that a reason
/// stays where it is until the next decision. A reason names attributes, the policy's own words, and numbers;
/// what a customer is worth is not told.
struct ReasonWriter {
  /// Of one reason; a longer one is cut between characters.
  private static let limit = 240

  private let buffer: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 0
  private var end = 0

  init(contributions: Int) {
    capacity = contributions * Self.limit
    buffer = .allocate(capacity: capacity)
    buffer.initialize(repeating: 0, count: capacity)
  }

  func free() { buffer.deallocate() }

  mutating func reset() {
    used = 0
  }

  mutating func reason(for rule: CompiledPoints, _ facts: Facts, _ policy: CompiledPolicy) -> ByteSlice {
    if rule.form == .add {
      let reason = reason(for: rule.condition, facts, policy)
      return reason.isEmpty ? rule.fallbackReason.slice : reason
    }
    let start = begin()
    write(fact: rule.fact, facts, policy)
    return written(since: start)
  }

  /// What in the event made a condition hold; empty when it takes everything or only excepts.
  mutating func reason(for condition: CompiledCondition, _ facts: Facts, _ policy: CompiledPolicy)
    -> ByteSlice
  {
    let start = begin()
    for index in condition.start..<condition.start &+ condition.count {
      let clause = policy.conditions.clauses[index]
      guard clause.test != .exceptions else { continue }
      if used > start { write(", ") }
      write(clause, facts, policy)
    }
    return written(since: start)
  }

  private mutating func begin() -> Int {
    end = min(capacity, used &+ Self.limit)
    return used
  }

  private func written(since start: Int) -> ByteSlice {
    ByteSlice(UnsafeRawBufferPointer(start: buffer + start, count: used &- start))
  }

  private mutating func write(_ clause: CompiledClause, _ facts: Facts, _ policy: CompiledPolicy) {
    switch clause.test {
    case .symbol, .number: write(fact: clause.fact, facts, policy)
    case .symbols:
      write(policy.attributeNames[Int32(clause.fact)].slice)
      for symbol in facts.many(clause.fact) {
        guard policy.conditions.contains(symbol, clause) else { continue }
        write(" ")
        write(policy.symbols.text(symbol))
        return
      }
    case .words:
      write("words: ")
      write(facts.word(clause.start))
    case .exceptions: return
    }
  }

  private mutating func write(fact: UInt8, _ facts: Facts, _ policy: CompiledPolicy) {
    write(policy.attributeNames[Int32(fact)].slice)
    if fact == Fact.value.rawValue { return }
    let symbol = facts.symbol(fact)
    if symbol != SymbolTable.unknown {
      write(" ")
      write(policy.symbols.text(symbol))
    } else if facts.hasNumber(fact) {
      write(" ")
      write(thousandths: facts.number(fact))
    }
  }

  private mutating func write(_ slice: ByteSlice) {
    guard let source = slice.bytes.baseAddress else { return }
    var count = min(slice.count, end &- used)
    // Not in the middle of a character: back to where one begins.
    if count < slice.count {
      while count > 0, slice.bytes[count] & 0xC0 == 0x80 { count &-= 1 }
    }
    UnsafeMutableRawPointer(buffer + used).copyMemory(from: source, byteCount: count)
    used &+= count
    if count < slice.count { end = used }
  }

  private mutating func write(thousandths value: Int64) {
    if value < 0 { write("-") }
    write(digits: value.magnitude / 1000)
    var fraction = value.magnitude % 1000
    guard fraction > 0 else { return }
    write(".")
    var scale: UInt64 = 100
    while fraction > 0 {
      write(byte: UInt8(truncatingIfNeeded: 48 &+ fraction / scale))
      fraction %= scale
      scale /= 10
    }
  }

  private mutating func write(digits value: UInt64) {
    var scale: UInt64 = 1
    while value / scale >= 10 { scale *= 10 }
    while scale > 0 {
      write(byte: UInt8(truncatingIfNeeded: 48 &+ value / scale % 10))
      scale /= 10
    }
  }

  private mutating func write(byte: UInt8) {
    guard used < end else { return }
    buffer[used] = byte
    used &+= 1
  }
}
