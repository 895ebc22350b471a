// Owns the step from the weeks of a policy's document to a line of time.

extension CompiledCalendar {
  /// Far more weeks than a policy is compiled for; what a document has beyond is not read.
  private static let mostWeeks = 2_000
  /// Of one week, far more than a week has.
  private static let mostIntervals = 1_000

  convenience init(_ calendar: PolicyDocument.Calendar) {
    let clock = LocalClock(calendar.offsets)
    let start = min(max(calendar.start, -1 << 40), 1 << 40) * 60_000
    let weeks = calendar.weeks.prefix(Self.mostWeeks)
    let usualPairs = Self.pairs(calendar.usual)
    let patterns = calendar.patterns.map(Self.pairs)
    // The end of an interval that began in the week before.
    let rest = usualPairs.last.map { $0.to - Self.week } ?? 0

    let continued = Set(calendar.continued ?? [])
    var horizon = WorkingSpan(length: Int64(weeks.count) * Self.week)
    let origin = start + clock.last
    horizon.append(from: 0, to: rest, day: nil)
    for (number, index) in weeks.enumerated() {
      let pairs = patterns.indices.contains(Int(index)) ? patterns[Int(index)] : usualPairs
      for pair in pairs {
        let opens = Int64(number) * Self.week + pair.from
        let day = Self.floored(clock.shows(at: start + opens) - origin, Self.day)
        horizon.append(
          from: opens, to: opens + pair.to - pair.from, day: continued.contains(opens / 60_000) ? nil : day)
      }
    }
    var usual = WorkingSpan(length: Self.week)
    usual.append(from: 0, to: rest, day: nil)
    for pair in usualPairs {
      usual.append(from: pair.from, to: pair.to, day: Self.floored(pair.from, Self.day))
    }
    self.init(name: calendar.id, start: start, horizon: horizon, usual: usual, clock: clock)
  }

  /// A week's intervals, in milliseconds; a pair that is out of order or without length is left out.
  private static func pairs(_ pattern: [Int32]) -> [(from: Int64, to: Int64)] {
    var pairs: [(from: Int64, to: Int64)] = []
    for index in stride(from: 0, to: pattern.count - 1, by: 2).prefix(mostIntervals) {
      let from = Int64(pattern[index]) * 60_000
      let length = Int64(pattern[index + 1]) * 60_000
      guard from >= 0, from < week, length > 0, length <= week, from > pairs.last?.from ?? -1 else {
        continue
      }
      pairs.append((from, from + length))
    }
    return pairs
  }
}
