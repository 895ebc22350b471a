// Owns the law of repetitions: what is expanded is what a walk through all days finds.
import ICalendar
import Testing

@testable import Policy

@Suite struct RecurrenceProperties {
  private static let first = LocalDate.number(.init(year: 2024, month: 1, day: 1))

  @Test(arguments: UInt64(1)...600) func aRepetitionIsWhatAWalkThroughAllDaysFinds(_ seed: UInt64) {
    let rule = RandomRecurrence(seed: seed)
    let file = ICS.events("DTSTART;VALUE=DATE:\(RandomRecurrence.text(rule.start))\nRRULE:\(rule.text)")
    let expected = rule.days(through: 2036)
    let found = file.days.map(LocalDate.number)
    if file.mistakes.contains(where: { !$0.isWarning }) {
      #expect(expected == [rule.start], "\(rule.text) from \(RandomRecurrence.text(rule.start))")
    } else {
      let wanted = expected.filter { $0 >= Self.first }
      #expect(found == wanted, "\(rule.text) from \(RandomRecurrence.text(rule.start))")
    }
  }

  @Test(arguments: UInt64(1)...100) func timesRepeatOnTheDaysOnWhichDaysDo(_ seed: UInt64) {
    let rule = RandomRecurrence(seed: seed)
    let start = RandomRecurrence.text(rule.start)
    let until = rule.until == nil ? rule.text : rule.text + "T235959"
    let days = ICS.events("DTSTART;VALUE=DATE:\(start)\nRRULE:\(rule.text)")
    let times = ICS.events("DTSTART:\(start)T080000\nDURATION:PT1H\nRRULE:\(until)")
    let found = times.closures.map { LocalDate.day(Int(CompiledCalendar.floored($0.from, 1_440))) }
    #expect(found.filter { $0.year >= 2024 } == days.days, "\(rule.text) from \(start)")
  }
}
