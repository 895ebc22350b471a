// Owns contributions as numbers: lines, words and factors in thousandths.
import Events

/// A named contribution as the evaluator sees it.
struct CompiledPoints: BitwiseCopyable, Sendable {
  enum Form: UInt8, BitwiseCopyable { case add, line, words, times }

  var name: ArenaText
  var condition: CompiledCondition
  var form: Form
  /// The attribute it is made from; unused by `add`.
  var fact: UInt8
  var start: Int32
  var count: Int32
  var add: Int32
  var times: Int64
  var cap: Int32
  /// What is said when nothing in the event can be pointed at.
  var fallbackReason: ArenaText
}

struct LinePoint: BitwiseCopyable, Sendable {
  var x: Int64
  var points: Int32
}

struct WordPoint: BitwiseCopyable, Sendable {
  var symbol: Symbol
  var points: Int32
}

struct ScoringCompiler {
  private(set) var lines: [LinePoint] = []
  private(set) var words: [WordPoint] = []

  mutating func compile(
    _ points: PolicyDocument.Points, number: Int, _ compiler: inout ConditionCompiler, _ arena: Arena
  ) -> CompiledPoints {
    var compiled = CompiledPoints(
      name: arena.text(points.name), condition: compiler.compile(points.when), form: .add,
      fact: points.from.map { Fact($0).rawValue } ?? 0, start: 0, count: 0, add: points.add ?? 0,
      times: points.times ?? 0, cap: points.cap, fallbackReason: arena.text("scoring.points[\(number)]"))
    if points.times != nil {
      compiled.form = .times
    } else if !points.line.isEmpty {
      compiled.form = .line
      compiled.start = Int32(clamping: lines.count)
      compiled.count = Int32(clamping: points.line.count)
      lines += points.line.map { LinePoint(x: $0.x, points: $0.points) }
    } else if !points.words.isEmpty {
      compiled.form = .words
      compiled.start = Int32(clamping: words.count)
      compiled.count = Int32(clamping: points.words.count)
      let source = points.from ?? .kind
      words += points.words.map { point in
        WordPoint(symbol: compiler.symbol(point.word, of: source), points: point.points)
      }
    }
    return compiled
  }
}
