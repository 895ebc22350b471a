// Owns conditions as numbers, and whether one holds for the facts of an event.

/// One clause, or a group of exceptions. Values stand in the policy's tables from `start` on.
struct CompiledClause: BitwiseCopyable, Sendable {
  enum Test: UInt8, BitwiseCopyable {
    /// A symbol among sorted symbols.
    case symbol
    /// Any of the event's symbols among sorted symbols.
    case symbols
    /// Within any range.
    case number
    /// A word set was found.
    case words
    /// None of these conditions holds.
    case exceptions
  }

  var test: Test
  var fact: UInt8
  var start: Int32
  var count: Int32
  /// The first of the symbols: most clauses have no other, and need not look it up.
  var first: Symbol = SymbolTable.unknown
}

/// A run of clauses that must all hold.
struct CompiledCondition: BitwiseCopyable, Sendable {
  var start: Int32
  var count: Int32

  static let always = CompiledCondition(start: 0, count: 0)
}

/// All conditions of a policy.
struct ConditionTables: Sendable {
  let clauses: Table<CompiledClause>
  let symbols: Table<Symbol>
  let ranges: Table<NumberRange>
  let conditions: Table<CompiledCondition>

  struct NumberRange: BitwiseCopyable, Sendable {
    var from: Int64
    var to: Int64
  }

  @inline(__always)
  func holds(_ condition: CompiledCondition, _ facts: Facts) -> Bool {
    var index = condition.start
    let end = condition.start &+ condition.count
    while index < end {
      if !holds(clauses[index], facts) { return false }
      index &+= 1
    }
    return true
  }

  func holds(_ clause: CompiledClause, _ facts: Facts) -> Bool {
    switch clause.test {
    case .symbol:
      let symbol = facts.symbol(clause.fact)
      return symbol != SymbolTable.unknown && contains(symbol, clause)
    case .symbols:
      for symbol in facts.many(clause.fact) where contains(symbol, clause) { return true }
      return false
    case .number:
      guard facts.hasNumber(clause.fact) else { return false }
      let number = facts.number(clause.fact)
      for index in clause.start..<clause.start &+ clause.count {
        let range = ranges[index]
        if number >= range.from, number <= range.to { return true }
      }
      return false
    case .words: return facts.foundWords(clause.start)
    case .exceptions:
      for index in clause.start..<clause.start &+ clause.count where holds(conditions[index], facts) {
        return false
      }
      return true
    }
  }

  /// Sorted values: a few are walked, many are halved.
  @inline(__always)
  func contains(_ symbol: Symbol, _ clause: CompiledClause) -> Bool {
    if clause.count == 1 { return symbol == clause.first }
    var low = clause.start
    var high = clause.start &+ clause.count
    while high &- low > 4 {
      let middle = low &+ (high &- low) / 2
      if symbols[middle] < symbol { low = middle &+ 1 } else { high = middle &+ 1 }
    }
    while low < high {
      if symbols[low] == symbol { return true }
      low &+= 1
    }
    return false
  }
}
