// Owns the arithmetic of a score: integers only, so that every machine gives the same points.
import Events

enum Points {
  /// The points that a contribution makes of an event whose condition holds; 0 when the event lacks the attribute.
  @inline(__always)
  static func made(by rule: CompiledPoints, _ facts: Facts, _ policy: CompiledPolicy) -> Int32 {
    let points: Int64
    switch rule.form {
    case .add: points = Int64(rule.add)
    case .line:
      guard facts.hasNumber(rule.fact) else { return 0 }
      points = line(policy.linePoints, rule.start, rule.count, at: facts.number(rule.fact))
    case .times:
      guard facts.hasNumber(rule.fact) else { return 0 }
      points = times(facts.number(rule.fact), rule.times)
    case .words:
      let symbol = facts.symbol(rule.fact)
      guard symbol != SymbolTable.unknown else { return 0 }
      points = word(policy.wordPoints, rule.start, rule.count, symbol)
    }
    let cap = Int64(rule.cap)
    return Int32(truncatingIfNeeded: max(-cap, min(cap, points)))
  }

  /// On the straight line between the two points around `x`, exact at the points, flat beyond the ends; halves
  /// round away from zero.
  @inline(__always)
  static func line(_ points: Table<LinePoint>, _ start: Int32, _ count: Int32, at x: Int64) -> Int64 {
    var right = points[start]
    if x <= right.x { return Int64(right.points) }
    var index = start &+ 1
    while index < start &+ count {
      let left = right
      right = points[index]
      if x <= right.x {
        // Rounded once, as a whole. At most 300 × 10¹⁵: the policy's numbers are bounded.
        let width = right.x &- left.x
        let rise = Int64(right.points &- left.points) &* (x &- left.x)
        return divide(Int64(left.points) &* width &+ rise, by: width)
      }
      index &+= 1
    }
    return Int64(right.points)
  }

  /// Thousandths times thousandths, to whole points; huge products stop at the ends of Int64.
  @inline(__always)
  static func times(_ value: Int64, _ factor: Int64) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    if overflow { return (value < 0) == (factor < 0) ? Int64.max : Int64.min }
    return divide(product, by: 1_000_000)
  }

  private static func word(_ points: Table<WordPoint>, _ start: Int32, _ count: Int32, _ symbol: Symbol)
    -> Int64
  {
    for index in start..<start &+ count where points[index].symbol == symbol {
      return Int64(points[index].points)
    }
    return 0
  }

  /// Rounds to the nearest, halves away from zero. `divisor` is above zero.
  @inline(__always)
  static func divide(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    let rest = (value % divisor).magnitude
    if rest >= UInt64(divisor) &- rest { return value < 0 ? quotient &- 1 : quotient &+ 1 }
    return quotient
  }

  @inline(__always)
  static func priority(of score: Int32, _ cuts: PolicyDocument.Cuts) -> Priority {
    if score >= cuts.p1 { return .p1 }
    if score >= cuts.p2 { return .p2 }
    return score >= cuts.p3 ? .p3 : .p4
  }
}
