// Owns the course of the demo: day by day the replay decides, the view shows, and the referee counts at the end.
import Console
import Events
import Policy

struct Demo {
  var seed: UInt64
  /// The policy's folder, as it is shown.
  var folder: String
  /// Every decision instead of a choice.
  var showsAll = false
  var asJSON = false
  /// Seconds that the showing lasts; 0 for no pauses.
  var seconds = 0.0
  /// Monotonic milliseconds.
  var now: () -> Int64 = Self.monotonic

  /// Plays, shows and counts. Ends early when somebody wants to stop, and then counts what was played.
  func run(_ policy: PolicyCheck, _ stream: TextStream) throws -> Summary {
    var stopwatch = Stopwatch(now: now)
    let replay = try stopwatch.time { try Replay(seed: seed, policy: policy) }
    var reader = DecisionReader(replay.log)
    var view = WeekView(stream, pace: Pace(seconds: seconds), showsAll: showsAll)
    var told = 0
    var seen = CaseDay.Count()
    var decisions: [Decision] = []
    var end = WeekTime.start
    if !asJSON { view.open(events: replay.world.records.count, seed: seed, folder: folder) }
    // Stopping waits for the end of a day: a day is played in less than a second, and at its end nothing is open.
    for number in 0..<7 where !isOver(stream) {
      end = WeekTime.at(day: number + 1, minute: 0)
      try stopwatch.time { try replay.play(until: end) }
      if number == 6 { try stopwatch.time { try replay.drain() } }
      let day = PlayedDay(
        number: number, decisions: try reader.read(), news: Array(replay.news[told...]),
        cases: replay.cases.since(seen), names: try PolicyNames(replay.log))
      told = replay.news.count
      seen = replay.cases.count
      decisions += day.decisions
      if !asJSON {
        view.show(day)
      } else if showsAll {
        for decision in day.decisions { stream.line(try RecordJSON.text(decision.record)) }
      }
    }
    return Summary(
      seed: seed, end: end, referee: try Referee(replay.log, decisions),
      cases: CaseReferee(replay.log, replay.cases), aborted: replay.uncommitted,
      milliseconds: stopwatch.milliseconds)
  }

  private func isOver(_ stream: TextStream) -> Bool { stream.isBroken || StopSignals.isRequested }

  private static func monotonic() -> Int64 { start.duration(to: .now).milliseconds }
  private static let start = ContinuousClock.now
}

/// Sums up the time of what it is given to do.
private struct Stopwatch {
  let now: () -> Int64
  private(set) var milliseconds: Int64 = 0

  init(now: @escaping () -> Int64) { self.now = now }

  mutating func time<R>(_ body: () throws -> R) rethrows -> R {
    let start = now()
    defer { milliseconds += now() - start }
    return try body()
  }
}
