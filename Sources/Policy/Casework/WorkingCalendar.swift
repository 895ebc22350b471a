// Owns arithmetic in a team's working time: what the compiled weeks of a calendar say, nothing else.

/// When somebody works: sorted, disjoint, half-open intervals of UTC milliseconds, or always.
///
/// Every question takes O(log n) of the calendar's intervals, integers only, and any `Int64` as a time: what would
/// leave its range stays at the end of it. Outside of the horizon that was compiled the usual week goes on.
public struct WorkingCalendar: Sendable, Hashable {
  /// Open at any time; a day has 24 hours.
  public static let always = WorkingCalendar(nil)
  /// Nil: always.
  private let compiled: CompiledCalendar?

  init(_ compiled: CompiledCalendar?) { self.compiled = compiled }

  /// A calendar of a policy's document. One that is no calendar (a document that nobody checked) never opens where
  /// it cannot be read.
  public init(_ calendar: PolicyDocument.Calendar) { compiled = CompiledCalendar(calendar) }

  public var name: String { compiled?.name ?? "always" }
  /// The time that was compiled with its holidays and changes of the clock, in milliseconds; nil for `always`.
  public var horizon: Range<Int64>? { compiled.map { $0.start..<$0.end } }

  public func isOpen(at time: Int64) -> Bool {
    guard let compiled else { return true }
    return compiled.isOpen(Self.clamped(time))
  }

  /// The first moment at or after `time` at which it is open; nil when it never opens again.
  public func nextOpen(from time: Int64) -> Int64? {
    guard let compiled else { return time }
    guard time < Self.latest else { return compiled.isOpen(Self.latest) ? time : nil }
    return compiled.nextOpen(Self.clamped(time)).map { max($0, time) }
  }

  /// The moment when `duration` has passed in it, counted from `time`; `time` itself for no duration, and
  /// `Int64.max` when it never has.
  ///
  /// Nothing passes while it is closed, so that what begins then is due as if it began at the next opening. N days
  /// lead to the Nth following day on which it opens, at the time of day at which the count began; where it is closed
  /// then, to the next opening. A frame belongs to the day on which it begins: 03:00 of a night from Friday to
  /// Saturday is late on Friday, and one day later is late in the next night. What begins later is never due earlier.
  /// In the hour that is repeated when clocks go back the time of day stands still; in the one that is left out it is
  /// its end.
  public func moment(_ duration: WorkingDuration, after time: Int64) -> Int64 {
    switch duration {
    case .time(let length):
      guard length > 0 else { return time }
      guard let compiled else { return Self.sum(time, length) }
      return max(time, compiled.moment(working: min(length, Self.latest), after: Self.clamped(time)))
    case .days(let days):
      guard days > 0 else { return time }
      guard let compiled else { return Self.sum(time, Int64(days) * 86_400_000) }
      return max(time, compiled.moment(days: Int64(days), after: Self.clamped(time)))
    }
  }

  /// Working milliseconds between two moments; 0 when `end` is not after `start`.
  public func workingTime(from start: Int64, to end: Int64) -> Int64 {
    guard end > start else { return 0 }
    guard let compiled else {
      let (length, overflow) = end.subtractingReportingOverflow(start)
      return overflow ? Int64.max : length
    }
    return compiled.worked(until: Self.clamped(end)) - compiled.worked(until: Self.clamped(start))
  }

  /// 36 million years: sums of a few such times stay in range.
  private static let latest: Int64 = 1 << 60

  private static func clamped(_ time: Int64) -> Int64 { min(max(time, -latest), latest) }

  private static func sum(_ time: Int64, _ length: Int64) -> Int64 {
    let (sum, overflow) = time.addingReportingOverflow(length)
    return overflow ? Int64.max : sum
  }
}
