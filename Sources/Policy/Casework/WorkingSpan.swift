// Owns a stretch of time with the intervals in which somebody works: found by halving, summed beforehand.

/// Times are milliseconds from the stretch's beginning.
struct WorkingSpan: Sendable, Hashable {
  struct Interval: Sendable, Hashable {
    var opens: Int64
    var closes: Int64
    /// Working time of the stretch before it opens.
    var before: Int64
    /// Which of the stretch's days it belongs to; −1 for the last one before the stretch.
    var day: Int
  }

  /// A day on which it opens.
  struct Day: Sendable, Hashable {
    /// Local days from the stretch's beginning.
    var number: Int64
    var opens: Int64
  }

  private(set) var intervals: [Interval] = []
  private(set) var days: [Day] = []
  /// Working time of all of it.
  private(set) var total: Int64 = 0
  let length: Int64

  init(length: Int64) { self.length = length }

  /// Adds an interval after those there are; what reaches into it or beyond the stretch is cut. `number` is the local
  /// day on which it begins, nil for the end of one that began before the stretch.
  mutating func append(from opens: Int64, to closes: Int64, day number: Int64?) {
    guard opens >= 0, opens < length, closes > opens else { return }
    if let last = intervals.last {
      guard opens > last.opens else { return }
      if last.closes > opens {
        total -= last.closes - opens
        intervals[intervals.count - 1].closes = opens
      }
    }
    if let number, days.last.map({ $0.number < number }) ?? true {
      days.append(Day(number: number, opens: opens))
    }
    let closes = min(closes, length)
    intervals.append(Interval(opens: opens, closes: closes, before: total, day: days.count - 1))
    total += closes - opens
  }

  /// The last interval that opens at or before `time`.
  func interval(at time: Int64) -> Int? {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].opens <= time { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  func isOpen(_ time: Int64) -> Bool {
    guard let index = interval(at: time) else { return false }
    return time < intervals[index].closes
  }

  /// Nil when it does not open again before the stretch is over.
  func nextOpen(_ time: Int64) -> Int64? {
    let index = interval(at: time)
    if let index, time < intervals[index].closes { return time }
    let next = (index ?? -1) + 1
    return next < intervals.count ? intervals[next].opens : nil
  }

  /// Working time of the stretch until `time`.
  func worked(until time: Int64) -> Int64 {
    guard let index = interval(at: time) else { return 0 }
    let interval = intervals[index]
    return interval.before + min(time, interval.closes) - interval.opens
  }

  /// The first moment by which `worked` milliseconds of its working time are over; `worked` is in 1...total.
  func moment(worked: Int64) -> Int64 {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].before < worked { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let interval = intervals[low - 1]
    return interval.opens + worked - interval.before
  }
}
