// Owns a zone's clock as data: how far it is ahead of UTC from when on, and when it shows a time.

/// Minutes since 1970. It holds at least one offset; the first one holds before it too.
package struct ZoneClock: Sendable, Hashable {
  package struct Offset: Sendable, Hashable {
    /// From when on, UTC.
    package var from: Int64
    /// Minutes ahead of UTC.
    package var minutes: Int64

    package init(from: Int64, minutes: Int64) {
      self.from = from
      self.minutes = minutes
    }
  }

  package static let utc = ZoneClock(Offset(from: .min, minutes: 0), [])

  package let offsets: [Offset]

  /// `changes` are ascending.
  package init(_ first: Offset, _ changes: [Offset]) { offsets = [first] + changes }

  /// When the clock shows `local`.
  ///
  /// What is left out when clocks go forward is where the gap ends. Of what is shown twice, a beginning is the first
  /// time and an end the second.
  package func utc(_ local: Int64, isEnd: Bool) -> Int64 {
    // No zone's clock is further than a day from UTC: only the offsets around it can show it.
    let near = index(at: local)
    var found: Int64?
    var gapEnd: Int64?
    for index in max(0, near - 1)...min(offsets.count - 1, near + 1) {
      let offset = offsets[index]
      let time = local - offset.minutes
      let until = index + 1 < offsets.count ? offsets[index + 1].from : .max
      // What ends when the clock changes ends with it.
      if time >= offset.from || index == 0, time < until || (isEnd && time == until) {
        found = found.map { isEnd ? max($0, time) : min($0, time) } ?? time
      }
      if index > 0, local >= offset.from + offsets[index - 1].minutes, local < offset.from + offset.minutes {
        gapEnd = offset.from
      }
    }
    return found ?? gapEnd ?? local
  }

  /// The last offset that began at or before a time.
  private func index(at time: Int64) -> Int {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle].from <= time { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
