// Owns the laws of points made by straight lines: exact at the points given, monotone between them, flat beyond.
import Events
import Testing

@testable import Policy

@Suite struct InterpolationProperties {
  /// One contribution from `rating.nps`, which has 10,001 values in thousandths: each of them is tried.
  private static func points(of line: [PolicyDocument.LinePoint]) -> [Int] {
    var document = RandomPolicy.sound
    document.scoring.base = 0
    document.scoring.points = [
      .init(
        at: .init(file: "scoring.yaml", line: 1), name: "NPS", when: Condition(), add: nil, from: .ratingNPS,
        line: line, words: [], times: nil, cap: 100)
    ]
    let evaluator = PolicyEvaluator(CompiledPolicy(document))
    var verdict = Verdict()
    return (Int64(0)...10_000).map { value in
      let event = Event.feedback { $0.rating = Rating(kind: .nps, value: value, scale: 10_000) }
      evaluator.decide(event, text: ByteSlice(), into: &verdict)
      return verdict.contributions.reduce(0) { $0 + Int($1.points) }
    }
  }

  private static func line(_ seed: UInt64) -> [PolicyDocument.LinePoint] {
    var random = SeededGenerator(seed: seed)
    var xs: Set<Int64> = []
    while xs.count < 2 + Int(seed % 4) { xs.insert(.random(in: 0...10, using: &random) * 1000) }
    return xs.sorted().map { .init(x: $0, points: .random(in: -100...100, using: &random)) }
  }

  @Test(arguments: UInt64(1)...12)
  func aLineIsExactAtItsPointsMonotoneBetweenAndFlatBeyond(_ seed: UInt64) {
    let line = Self.line(seed)
    let points = Self.points(of: line)
    for point in line { #expect(points[Int(point.x)] == Int(point.points)) }
    for (left, right) in zip(line, line.dropFirst()) {
      let between = points[Int(left.x)...Int(right.x)]
      let ascends = left.points <= right.points
      #expect(zip(between, between.dropFirst()).allSatisfy { ascends ? $0 <= $1 : $0 >= $1 })
    }
    #expect(points[...Int(line[0].x)].allSatisfy { $0 == Int(line[0].points) })
    let last = line[line.count - 1]
    #expect(points[Int(last.x)...].allSatisfy { $0 == Int(last.points) })
  }

  @Test(arguments: UInt64(1)...12)
  func aLineIsWithinHalfAPointOfTheTrueOne(_ seed: UInt64) {
    let line = Self.line(seed)
    let points = Self.points(of: line)
    for (x, made) in points.enumerated() {
      #expect(made == ReferenceNumbers.onLine(line, at: Int64(x)), "at \(x) of \(line)")
    }
  }

  /// Rounding must not favour praise or blame.
  @Test(arguments: UInt64(1)...12)
  func oppositePointsMakeOppositeContributions(_ seed: UInt64) {
    let line = Self.line(seed)
    let opposite = line.map { PolicyDocument.LinePoint(x: $0.x, points: -$0.points) }
    #expect(Self.points(of: opposite) == Self.points(of: line).map { -$0 })
  }

  @Test func theGreatestNumbersDoNotOverflow() {
    var document = RandomPolicy.sound
    document.scoring.base = 0
    let largest = Thousandths.largest
    document.scoring.points = [
      .init(
        at: .init(file: "scoring.yaml", line: 1), name: "value", when: Condition(), add: nil, from: .value,
        line: [.init(x: 0, points: 100), .init(x: largest, points: -100)], words: [], times: nil, cap: 100),
      .init(
        at: .init(file: "scoring.yaml", line: 2), name: "times", when: Condition(), add: nil, from: .value,
        line: [], words: [], times: 100_000, cap: 100),
    ]
    let evaluator = PolicyEvaluator(CompiledPolicy(document))
    func contributions(_ value: Int64) -> [String] {
      evaluator.outcome(.feedback { $0.subject.value = value }).contributions
    }
    #expect(contributions(.max) == ["value -100 (subject.value)", "times 100 (subject.value)"])
    #expect(contributions(.min) == ["value 100 (subject.value)", "times -100 (subject.value)"])
    #expect(contributions(largest / 1000) == contributions(.max))
    #expect(contributions(0) == ["value 100 (subject.value)"])
  }
}
