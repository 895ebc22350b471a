// Owns the step from conditions to numbers.

/// Gathers the clauses of all conditions of a policy; equal conditions are stored once.
struct ConditionCompiler {
  var symbols = SymbolTable.Builder()
  var words = WordAutomaton.Builder()
  private var clauses: [CompiledClause] = []
  private var values: [Symbol] = []
  private var ranges: [ConditionTables.NumberRange] = []
  private var conditions: [CompiledCondition] = []
  private var known: [Condition: CompiledCondition] = [:]
  /// The document's clause behind each compiled one, for explanations.
  private(set) var sources: [Condition.Clause?] = []

  mutating func compile(_ condition: Condition) -> CompiledCondition {
    if condition.takesEverything { return .always }
    if let compiled = known[condition] { return compiled }
    // Inner conditions first, so that a condition's own clauses stand together. What is cheap to test comes first.
    let exceptions = condition.except.map { compile($0) }
    let start = Int32(clamping: clauses.count)
    var own = condition.clauses.map { (compile($0), Optional($0)) }
    own.sort { $0.0.test.rawValue < $1.0.test.rawValue }
    if !exceptions.isEmpty {
      let first = Int32(clamping: conditions.count)
      conditions += exceptions
      let clause = CompiledClause(
        test: .exceptions, fact: 0, start: first, count: Int32(clamping: exceptions.count))
      own.append((clause, nil))
    }
    clauses += own.map(\.0)
    sources += own.map(\.1)
    let compiled = CompiledCondition(start: start, count: Int32(clamping: own.count))
    known[condition] = compiled
    return compiled
  }

  private mutating func compile(_ clause: Condition.Clause) -> CompiledClause {
    let fact = Fact(clause.attribute).rawValue
    switch clause.attribute.shape {
    case .symbol, .symbols:
      let start = Int32(clamping: values.count)
      values += Set(clause.values.map { symbol($0, of: clause.attribute) }).sorted()
      return CompiledClause(
        test: clause.attribute.shape == .symbol ? .symbol : .symbols, fact: fact, start: start,
        count: Int32(clamping: values.count) - start,
        first: values[Int(start)...].first ?? SymbolTable.unknown)
    case .number:
      let start = Int32(clamping: ranges.count)
      ranges += clause.ranges.map { .init(from: $0.from, to: $0.to) }
      return CompiledClause(
        test: .number, fact: fact, start: start, count: Int32(clamping: clause.ranges.count))
    case .words:
      return CompiledClause(test: .words, fact: fact, start: words.set(clause.values), count: 1)
    }
  }

  /// The symbol of a condition's value. Language tags compare without case (BCP 47, RFC 5646 §2.1.1).
  mutating func symbol(_ value: String, of attribute: Attribute) -> Symbol {
    symbols.symbol(attribute == .language ? value.lowercased() : value)
  }

  func tables(_ arena: Arena) -> ConditionTables {
    ConditionTables(
      clauses: arena.table(clauses), symbols: arena.table(values), ranges: arena.table(ranges),
      conditions: arena.table(conditions))
  }
}
