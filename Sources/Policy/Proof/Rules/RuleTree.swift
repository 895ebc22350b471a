// Owns the rules that a proof is about, laid out flat, with who stands before whom.

/// One rule, or one row of a table, or one witness rule.
struct ProofRule: Sendable {
  var place: Place
  /// The team it names.
  var team: String
  /// The rule around it, -1 at the top.
  var parent: Int32
  /// Everything that must hold for it, the rules around it included.
  var whole: Condition
  /// Its own part.
  var own: Condition
  /// The path of the look-up that it is a row of.
  var table: String?
}

/// Outer rules before their inner ones: at each level the first one that matches wins.
struct RuleTree: Sendable {
  let rules: [ProofRule]
  /// By rule: its inner rules, in their order; those at the top stand last.
  private let inner: [[Int32]]
  /// By rule: its place among its siblings.
  let positions: [Int32]

  init(_ rules: [ProofRule]) {
    self.rules = rules
    var inner = [[Int32]](repeating: [], count: rules.count + 1)
    var positions: [Int32] = []
    for (number, rule) in rules.enumerated() {
      let group = rule.parent < 0 ? rules.count : Int(rule.parent)
      positions.append(Int32(clamping: inner[group].count))
      inner[group].append(Int32(clamping: number))
    }
    self.inner = inner
    self.positions = positions
  }

  var numbers: Range<Int32> { 0..<Int32(clamping: rules.count) }

  /// The rules inside `rule`; those at the top for -1.
  func inner(of rule: Int32) -> [Int32] { rule < 0 ? inner[rules.count] : inner[Int(rule)] }

  func parent(of rule: Int32) -> Int32 { rules[Int(rule)].parent }

  /// The rule itself, the one around it, and so on outwards.
  func chain(from rule: Int32) -> [Int32] {
    var chain: [Int32] = []
    var at = rule
    while at >= 0 {
      chain.append(at)
      at = parent(of: at)
    }
    return chain
  }

  /// Whether `rule` is `other` or stands inside it.
  func isWithin(_ rule: Int32, _ other: Int32) -> Bool { chain(from: rule).contains(other) }
}
