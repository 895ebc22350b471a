// Owns which group each rule goes to: the attributes it compares, as long as their combinations stay few.

extension RuleIndex {
  /// A rule is written once for each combination of its values; beyond this many, the attribute with the most
  /// values is tested instead of indexed.
  private static let combinationLimit = 64

  /// How one rule is reached.
  private enum Access {
    case group([UInt8], keys: [UInt64])
    case labels([Symbol])
    case languages([Symbol])
    case words(Int32)
    case always
    case never
  }

  static func build(_ conditions: [Condition], _ compiler: inout ConditionCompiler, _ arena: Arena)
    -> RuleIndex
  {
    var groups: [[UInt8]: [UInt64: [Int32]]] = [:]
    var labels: [Symbol: [Int32]] = [:]
    var languages: [Symbol: [Int32]] = [:]
    var words: [Int32: [Int32]] = [:]
    var others: [Int32] = []
    for (number, condition) in conditions.enumerated() {
      let number = Int32(clamping: number)
      switch access(condition, &compiler) {
      case .group(let facts, let keys):
        for key in keys { groups[facts, default: [:]][key, default: []].append(number) }
      case .labels(let symbols): for symbol in symbols { labels[symbol, default: []].append(number) }
      case .languages(let symbols): for symbol in symbols { languages[symbol, default: []].append(number) }
      case .words(let set): words[set, default: []].append(number)
      case .always: others.append(number)
      case .never: continue
      }
    }
    var writer = Writer()
    for facts in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      writer.addGroup(facts, groups[facts] ?? [:])
    }
    let symbolCount = compiler.symbols.count
    let byLabel = writer.lists(labels, count: labels.isEmpty ? 0 : symbolCount)
    let byLanguage = writer.lists(languages, count: languages.isEmpty ? 0 : symbolCount)
    let byWords = writer.lists(words, count: Int((words.keys.max() ?? -1) + 1))
    let always = writer.list(others)
    return RuleIndex(
      groups: arena.table(writer.groups), slots: arena.table(writer.slots), rules: arena.table(writer.rules),
      byLabel: arena.table(byLabel), byLanguage: arena.table(byLanguage), byWords: arena.table(byWords),
      others: always)
  }

  private static func access(_ condition: Condition, _ compiler: inout ConditionCompiler) -> Access {
    let equalities = condition.clauses.filter { $0.attribute.shape == .symbol }
      .sorted { ($0.values.count, $0.attribute.order) < ($1.values.count, $1.attribute.order) }
    if equalities.contains(where: { $0.values.isEmpty }) { return .never }
    var chosen: [Condition.Clause] = []
    var combinations = 1
    for clause in equalities where chosen.count < 4 {
      guard chosen.isEmpty || combinations * clause.values.count <= combinationLimit else { break }
      combinations *= clause.values.count
      chosen.append(clause)
    }
    if !chosen.isEmpty {
      chosen.sort { $0.attribute.order < $1.attribute.order }
      var keys: [UInt64] = []
      for (index, clause) in chosen.enumerated() {
        let symbols = clause.values.map { compiler.symbol($0, of: clause.attribute) }
        keys = index == 0 ? symbols.map(start) : keys.flatMap { key in symbols.map { combine(key, $0) } }
      }
      return .group(chosen.map { Fact($0.attribute).rawValue }, keys: Set(keys).sorted())
    }
    for clause in condition.clauses {
      switch clause.attribute {
      case .labels: return .labels(clause.values.map { compiler.symbol($0, of: .labels) })
      case .language:
        return .languages(Set(clause.values.map { compiler.symbol($0, of: .language) }).sorted())
      case .words: return .words(compiler.words.set(clause.values))
      default: continue
      }
    }
    return .always
  }

  /// Lays the lists out.
  private struct Writer {
    var groups: [Group] = []
    var slots: [Slot] = []
    var rules: [Int32] = []

    mutating func list(_ numbers: [Int32]) -> Postings {
      let postings = Postings(start: Int32(clamping: rules.count), count: Int32(clamping: numbers.count))
      rules += numbers
      return postings
    }

    mutating func lists(_ lists: [Int32: [Int32]], count: Int) -> [Postings] {
      (0..<max(0, count)).map { index in lists[Int32(clamping: index)].map { list($0) } ?? .none }
    }

    mutating func addGroup(_ facts: [UInt8], _ lists: [UInt64: [Int32]]) {
      var size = 2
      while size < lists.count * 2 { size *= 2 }
      func fact(_ index: Int) -> UInt8 { index < facts.count ? facts[index] : 0 }
      let mask = size - 1
      groups.append(
        Group(
          facts: (fact(0), fact(1), fact(2), fact(3)), factCount: Int32(clamping: facts.count),
          slotStart: Int32(clamping: slots.count), slotMask: Int32(clamping: mask)))
      var own = [Slot](repeating: Slot(key: 0, postings: .none), count: size)
      for key in lists.keys.sorted() {
        var at = Int(key >> 33) & mask
        while own[at].key != 0 { at = (at + 1) & mask }
        own[at] = Slot(key: key, postings: list(lists[key] ?? []))
      }
      slots += own
    }
  }
}
