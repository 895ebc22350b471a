// Owns a policy ready to decide: immutable, shared by all threads, everything interned.
import Events
import Privacy

/// A policy as numbers and tables. Shared by every evaluator; slices in verdicts borrow from it.
public final class CompiledPolicy: Sendable {
  /// What it was compiled from.
  public let document: PolicyDocument
  /// SHA-256 of the document, 64 hexadecimal digits.
  public let revision: String
  public var redaction: RedactionRules { document.redaction }

  let arena: Arena
  let symbols: SymbolTable
  let conditions: ConditionTables
  /// The document's clause behind each compiled one.
  let clauseSources: [Condition.Clause?]
  let words: WordAutomaton
  let rules: Table<CompiledRule>
  let ruleIndex: RuleIndex
  let unrouted: CompiledRule
  let witnessRules: Table<CompiledWitness>
  let witnessIndex: RuleIndex
  let points: Table<CompiledPoints>
  let linePoints: Table<LinePoint>
  let wordPoints: Table<WordPoint>
  /// What the policy knows of a word as a site, touchpoint or journey; by symbol.
  let places: Table<PlaceFacts>
  let closedSymbols: ClosedSymbols
  let attributeNames: Table<ArenaText>
  /// Parts of the document that every event asks for.
  let base: Int32
  let cuts: PolicyDocument.Cuts
  let isWitnessedBySite: Bool
  let baseName: ArenaText
  let baseReason: ArenaText
  /// How the flat rules read, for explanations.
  let flatRules: [FlatRule]
  /// What casework decides by.
  public let casework: CaseworkRules
  /// What remedies are answered by.
  public let delegation: DelegationRules

  /// Compiles a sound document.
  public init(_ document: PolicyDocument) {
    let arena = Arena()
    var compiler = ConditionCompiler()
    self.document = document
    revision = document.revision
    flatRules = FlatRule.flatten(document)
    rules = arena.table(
      flatRules.map { rule in
        CompiledRule(
          condition: compiler.compile(rule.condition), parent: rule.parent, path: arena.text(rule.path),
          owner: arena.text(rule.owner), worker: arena.text(rule.worker ?? ""),
          at: arena.text(rule.at.text))
      })
    ruleIndex = RuleIndex.build(flatRules.map(\.condition), &compiler, arena)
    unrouted = CompiledRule(
      condition: .always, parent: -1, path: arena.text("ownership.unrouted"),
      owner: arena.text(document.unrouted.owner), worker: arena.text(document.unrouted.worker ?? ""),
      at: arena.text(document.unrouted.at.text))
    witnessRules = arena.table(
      document.witness.rules.map { rule in
        CompiledWitness(condition: compiler.compile(rule.when), team: arena.text(rule.team))
      })
    witnessIndex = RuleIndex.build(document.witness.rules.map(\.when), &compiler, arena)
    var scoring = ScoringCompiler()
    points = arena.table(
      document.scoring.points.enumerated().map { scoring.compile($1, number: $0, &compiler, arena) })
    linePoints = arena.table(scoring.lines)
    wordPoints = arena.table(scoring.words)
    closedSymbols = ClosedSymbols(&compiler, arena)
    places = arena.table(PlaceFacts.all(document, &compiler, arena))
    attributeNames = arena.table(Attribute.allCases.map { arena.text($0.rawValue) })
    base = document.scoring.base
    cuts = document.scoring.cuts
    isWitnessedBySite = document.witness.bySite
    baseName = arena.text(ScoringFile.baseName)
    baseReason = arena.text("scoring.base")
    symbols = compiler.symbols.build(arena)
    words = compiler.words.build(arena)
    conditions = compiler.tables(arena)
    casework = CaseworkRules(document, arena)
    delegation = DelegationRules(document, arena)
    clauseSources = compiler.sources
    arena.seal()
    self.arena = arena
  }
}

/// An ownership rule as the evaluator sees it. What is asked of every rule that matches stands first.
struct CompiledRule: BitwiseCopyable, Sendable {
  var condition: CompiledCondition
  var parent: Int32
  var path: ArenaText
  var owner: ArenaText
  var worker: ArenaText
  var at: ArenaText
}

struct CompiledWitness: BitwiseCopyable, Sendable {
  var condition: CompiledCondition
  var team: ArenaText
}

extension PolicyDocument.Position {
  /// `ownership.yaml:12`.
  var text: String { "\(file):\(line)" }
}
