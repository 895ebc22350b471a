// Owns iCalendar files for tests: from the lines that matter to what they close.
import ICalendar

@testable import Policy

enum ICS {
  /// A file of events, each given by its lines.
  static func file(_ events: [String], end: String = "\r\n") -> String {
    let lines = events.flatMap { event in
      ["BEGIN:VEVENT"] + event.split(separator: "\n").map(String.init) + ["END:VEVENT"]
    }
    return (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR"]).map { $0 + end }.joined()
  }

  static func read(_ text: String) -> HolidayFile {
    HolidayFile(text, years: CalendarHorizon.years, zones: CalendarHorizon.clock)
  }

  static func events(_ events: String...) -> HolidayFile { read(file(events)) }
}

extension HolidayFile {
  /// `2026-12-25`, in order.
  var dates: [String] { days.map(Self.text) }

  /// `2026-12-24 14:00+240`: the beginning and the minutes, with Z for UTC.
  var hours: [String] {
    closures.map { closure in
      let day = Int(CompiledCalendar.floored(closure.from, 1_440))
      let minute = Int(closure.from) - day * 1_440
      let time = "\(Self.two(minute / 60)):\(Self.two(minute % 60))"
      return
        "\(Self.text(LocalDate.day(day))) \(time)\(closure.isUTC ? "Z" : "")+\(closure.to - closure.from)"
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func text(_ day: Day) -> String { "\(day.year)-\(two(day.month))-\(two(day.day))" }
}
