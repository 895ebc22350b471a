// Owns which of two lengths of time is the longer one when one counts in days and the other in hours.

/// A sum of lengths of time. A working day holds more or less working time, as its calendar says, but never more than 24
/// hours, so that some pairs have an order in every calendar and others in none.
struct ClockSpan: Hashable {
  private var days: Int64 = 0
  /// Milliseconds.
  private var time: Int64 = 0

  init(_ duration: WorkingDuration) { self = Self().adding(duration) }
  private init() {}

  func adding(_ duration: WorkingDuration) -> ClockSpan {
    var sum = self
    switch duration {
    case .days(let days): sum.days += Int64(days)
    case .time(let length): sum.time += length
    }
    return sum
  }

  /// Whether it ends after the other one in every calendar whose working days have `shortestDay` milliseconds at least.
  func isLonger(than other: ClockSpan, shortestDay: Int64) -> Bool {
    let moreDays = days - other.days
    let moreTime = time - other.time
    if moreDays >= 0, moreTime >= 0 { return moreDays + moreTime > 0 }
    if moreDays < 0 { return moreTime > -moreDays * 86_400_000 }
    return moreDays * shortestDay > -moreTime
  }
}
