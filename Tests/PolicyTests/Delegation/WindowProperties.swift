// Owns the laws of a budget's window: days follow each other, and each is in the window until it has left it.
import Events
import Testing

@testable import Policy

@Suite struct WindowProperties {
  private static let windows = [
    "1 day", "7 days", "31 days", "366 days", "day", "week", "month", "quarter", "year",
  ]
  private static let zones = [
    "UTC", "Europe/Paris", "America/New_York", "Australia/Adelaide", "Pacific/Apia", "Australia/Lord_Howe",
    "America/Santiago", "Africa/Cairo",
  ]

  private static func budget(_ window: String, _ zone: String) throws -> (
    policy: CompiledPolicy, budget: BudgetRules
  ) {
    var sample = DelegationSample()
    sample.budgets = """
      {
        repairs-lyon-1: { root: site lyon-1, amount: 600 EUR, window: \(window), zone: \(zone) },
        repairs-geneva-1: { root: site geneva-1, amount: 600 CHF, window: month }
      }
      """
    let policy = try sample.compiled()
    return (policy, try #require(policy.delegation.budget("repairs-lyon-1")))
  }

  /// From before the horizon of time zones to after it.
  private static func time(_ random: inout SeededGenerator) -> Int64 {
    let time = Int64.random(in: 1_600_000_000_000...2_200_000_000_000, using: &random)
    // Around an hour of the day that a change of the clock may have.
    return random.once(in: 2) ? time / 3_600_000 * 3_600_000 - Int64.random(in: 0...1, using: &random) : time
  }

  @Test(arguments: windows, zones)
  func aDayCountsUntilItLeavesTheWindowAndNoLonger(_ window: String, _ zone: String) throws {
    let (policy, budget) = try Self.budget(window, zone)
    defer { withExtendedLifetime(policy) {} }
    var random = SeededGenerator(seed: UInt64(window.utf8.count * 31 + zone.utf8.count))
    for _ in 0..<200 {
      let booked = Self.time(&random)
      let day = budget.day(at: booked)
      let leaves = budget.leavesWindow(day: day)
      #expect(booked < leaves, "it counts when it is booked")
      #expect(budget.windowFirstDay(at: leaves) > day, "it has left")
      #expect(budget.windowFirstDay(at: leaves - 1) <= day, "and not sooner")
      let later = booked + Int64.random(in: 0...40_000_000_000, using: &random)
      #expect((budget.windowFirstDay(at: later) <= day) == (later < leaves))
    }
  }

  @Test(arguments: windows, zones)
  func daysBeginWhereTheOneBeforeEndsAndTheWindowNeverGoesBack(_ window: String, _ zone: String) throws {
    let (policy, budget) = try Self.budget(window, zone)
    defer { withExtendedLifetime(policy) {} }
    var random = SeededGenerator(seed: UInt64(window.utf8.count * 37 + zone.utf8.count))
    for _ in 0..<200 {
      let time = Self.time(&random)
      let day = budget.day(at: time)
      let begins = budget.time(ofDay: day)
      #expect(begins <= time && time < budget.time(ofDay: day + 1))
      #expect(budget.day(at: begins) == day && budget.day(at: begins - 1) < day)
      let first = budget.windowFirstDay(at: time)
      #expect(first <= day && day - first < 366)
      let later = time + Int64.random(in: 0...100_000_000, using: &random)
      #expect(budget.day(at: later) >= day && budget.windowFirstDay(at: later) >= first)
    }
  }

  @Test(arguments: windows, [Int64.min, -1, 0, Int64.max])
  func noMomentAndNoDayIsATrap(_ window: String, _ time: Int64) throws {
    let (policy, budget) = try Self.budget(window, "Europe/Paris")
    defer { withExtendedLifetime(policy) {} }
    #expect(budget.windowFirstDay(at: time) <= budget.day(at: time))
    for day in [Int32.min, -1, 0, .max] {
      #expect(budget.leavesWindow(day: day) > budget.time(ofDay: day) - 1)
    }
  }

  /// What a calendar shows: 2026-03-29 is the Sunday on which Paris goes to summer time.
  @Test func calendarPeriodsBeginOnMidnightOfTheirFirstDayInTheZone() throws {
    let sunday: Int64 = 1_774_778_400_000  // 2026-03-29T10:00:00Z
    let expected: [(String, Int64)] = [
      ("day", 1_774_738_800_000), ("week", 1_774_220_400_000), ("month", 1_772_319_600_000),
      ("quarter", 1_767_222_000_000), ("year", 1_767_222_000_000), ("1 day", 1_774_738_800_000),
      ("7 days", 1_774_220_400_000),
    ]
    for (window, begins) in expected {
      let (policy, budget) = try Self.budget(window, "Europe/Paris")
      #expect(budget.time(ofDay: budget.windowFirstDay(at: sunday)) == begins, "\(window)")
      withExtendedLifetime(policy) {}
    }
    let (policy, budget) = try Self.budget("quarter", "Europe/Paris")
    #expect(budget.leavesWindow(day: budget.day(at: sunday)) == 1_774_994_400_000, "1 April, summer time")
    withExtendedLifetime(policy) {}
  }
}
