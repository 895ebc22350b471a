// Owns what a zone's clocks show at a moment, and when they show it: from data, without a time zone database.

/// Times are milliseconds. The clock never goes back: it stands still for the hour that is repeated, and jumps over
/// the one that is left out.
struct LocalClock: Sendable, Hashable {
  private struct Offset: Sendable, Hashable {
    var from: Int64
    var ahead: Int64
    /// What the clock shows when it begins.
    var shows: Int64
  }

  private var offsets: [Offset] = []
  /// Milliseconds ahead of UTC once the last change is over.
  var last: Int64 { offsets.last?.ahead ?? 0 }

  /// Offsets that are out of order or further than two days from UTC are left out: no zone has them.
  init(_ changes: [PolicyDocument.Offset]) {
    for change in changes {
      let ahead = change.minutes.multipliedReportingOverflow(by: 60_000)
      let from = change.from.multipliedReportingOverflow(by: 60_000)
      guard !ahead.overflow, !from.overflow, ahead.partialValue.magnitude <= 172_800_000,
        from.partialValue.magnitude < 1 << 60
      else { continue }
      if let before = offsets.last, before.from >= from.partialValue { continue }
      let shown = from.partialValue + max(ahead.partialValue, offsets.last?.ahead ?? ahead.partialValue)
      guard offsets.last.map({ $0.shows <= shown }) ?? true else { continue }
      offsets.append(Offset(from: from.partialValue, ahead: ahead.partialValue, shows: shown))
    }
  }

  /// What it shows at `time`.
  func shows(at time: Int64) -> Int64 {
    guard let index = last(where: { $0.from <= time }) else { return time + (offsets.first?.ahead ?? 0) }
    let offset = offsets[index]
    return index == 0 ? time + offset.ahead : max(time + offset.ahead, offset.shows)
  }

  /// When it shows `local`: the first time for what is shown twice, the end of the gap for what is left out.
  func time(showing local: Int64) -> Int64 {
    guard let index = last(where: { $0.shows <= local }) else { return local - (offsets.first?.ahead ?? 0) }
    let time = local - offsets[index].ahead
    return index + 1 < offsets.count ? min(time, offsets[index + 1].from) : time
  }

  /// The last moment that shows `local`: the second one for what is shown twice, the end of the gap for what is left out.
  func end(showing local: Int64) -> Int64 {
    guard let index = last(where: { $0.from + $0.ahead <= local }) else {
      return local - (offsets.first?.ahead ?? 0)
    }
    let time = local - offsets[index].ahead
    return index + 1 < offsets.count ? min(time, offsets[index + 1].from) : time
  }

  private func last(where holds: (Offset) -> Bool) -> Int? {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if holds(offsets[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
