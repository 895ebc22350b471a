// Owns what holds around every change of a zone's clock that is compiled: gaps, hours shown twice, and days across them.
import Foundation
import ICalendar
import Testing

@testable import Policy

/// Changes of an hour, of half an hour, and of the month in which Morocco fasts.
@Suite struct ClockChangeProperties {
  private static let zones = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]

  /// Minutes that a zone is ahead of UTC at a minute since 1970, by the time zone database.
  private struct Zone {
    let zone: TimeZone

    func ahead(_ time: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time * 60)))) / 60
    }
    func shows(_ time: Int64) -> Int64 { time + ahead(time) }

    /// The minutes at which it changes, over the horizon: hour by hour, then minute by minute.
    var changes: [Int64] {
      let first = Int64(CalendarHorizon.firstDay) * 1_440
      return stride(from: first, to: first + Int64(CalendarHorizon.weeks) * 10_080, by: 60).compactMap {
        hour in
        guard ahead(hour) != ahead(hour + 60) else { return nil }
        return (hour...hour + 60).first { ahead($0) != ahead(hour) }
      }
    }
  }

  private static func zone(_ name: String) throws -> Zone {
    Zone(zone: try #require(TimeZone(identifier: name)))
  }

  @Test(arguments: zones) func everyChangeOfTheClockIsCompiled(_ name: String) throws {
    let zone = try Self.zone(name)
    let clock = try #require(CalendarHorizon.clock(name))
    let changes = zone.changes
    #expect(changes.count >= 24)
    let first = Int64(CalendarHorizon.firstDay) * 1_440
    let end = first + Int64(CalendarHorizon.weeks) * 10_080
    let compiled = clock.offsets.dropFirst().filter { $0.from > first && $0.from < end }
    #expect(compiled.map(\.from) == changes)
    #expect(compiled.allSatisfy { $0.minutes == zone.ahead($0.from) })
  }

  /// Against all minutes around it.
  @Test(arguments: zones) func aTimeIsWhenTheClockShowsIt(_ name: String) throws {
    let zone = try Self.zone(name)
    let clock = try #require(CalendarHorizon.clock(name))
    for change in zone.changes {
      var first: [Int64: Int64] = [:]
      var last: [Int64: Int64] = [:]
      for time in change - 400...change + 400 {
        let shown = zone.shows(time)
        first[shown] = first[shown] ?? time
        // What ends at a minute ends when the one before it is over.
        last[shown] = max(last[shown] ?? time, time)
        last[shown + 1] = max(last[shown + 1] ?? time, time + 1)
      }
      let middle = zone.shows(change)
      for local in middle - 200...middle + 200 {
        #expect(clock.utc(local, isEnd: false) == first[local] ?? change, "\(name) \(change) \(local)")
        #expect(clock.utc(local, isEnd: true) == last[local] ?? change, "\(name) \(change) \(local)")
      }
    }
  }

  private static func calendar(_ yaml: String) throws -> WorkingCalendar {
    let draft = PolicyLoader.parse(
      [SourceFile(name: "calendars.yaml", text: "calendars:\n  c: \(yaml)\n")], Findings())
    return WorkingCalendar(PolicyDocument.Calendar(try #require(draft.calendars.first)))
  }

  @Test(arguments: zones) func theTimeOfDayStaysAcrossEveryChange(_ name: String) throws {
    let zone = try Self.zone(name)
    let calendar = try Self.calendar("{ zone: \(name), hours: { every day: \"00:00-24:00\" } }")
    var random = SeededGenerator(seed: 11)
    for change in zone.changes.dropLast() {
      let times = Dictionary(grouping: change - 9_000...change + 9_000, by: zone.shows)
      for _ in 0..<60 {
        let time = change + Int64.random(in: -3_000...3_000, using: &random)
        let days = Int64.random(in: 1...3, using: &random)
        guard times[zone.shows(time)]?.count == 1, let wanted = times[zone.shows(time) + days * 1_440],
          wanted.count == 1
        else { continue }
        let due = calendar.moment(.days(Int32(days)), after: time * 60_000)
        #expect(due == wanted[0] * 60_000, "\(name) \(time) \(days)")
      }
    }
  }

  @Test(arguments: zones, [#""00:00-24:00""#, #""22:00-06:00""#, #"["01:00-02:15", "02:30-05:00"]"#])
  func theLawsOfWorkingTimeHoldAroundEveryChange(_ name: String, _ hours: String) throws {
    let calendar = try Self.calendar("{ zone: \(name), hours: { every day: \(hours) } }")
    var random = SeededGenerator(seed: 12)
    for change in try Self.zone(name).changes {
      for _ in 0..<40 {
        let times = (0..<3).map { _ in (change + Int64.random(in: -2_000...2_000, using: &random)) * 60_000 }
          .sorted()
        let (a, b, c) = (times[0], times[1], times[2])
        #expect(
          calendar.workingTime(from: a, to: c)
            == calendar.workingTime(from: a, to: b) + calendar.workingTime(from: b, to: c))
        let length = Int64.random(in: 1...3_000, using: &random) * 60_000
        let due = calendar.moment(.time(length), after: a)
        #expect(calendar.workingTime(from: a, to: due) == length)
        #expect(calendar.moment(.time(length), after: b) >= due)
        for days in 1...3 as ClosedRange<Int32> {
          let first = calendar.moment(.days(days), after: a)
          #expect(calendar.isOpen(at: first) && first > a)
          #expect(calendar.moment(.days(days), after: b) >= first)
          #expect(calendar.moment(.days(days + 1), after: a) > first)
        }
      }
    }
  }
}
