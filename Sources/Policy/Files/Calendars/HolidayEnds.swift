// Owns warning of holidays that run out: a calendar that knows none of the year to come is open on all of them.
import ICalendar

/// What a check at a moment says about the holidays after it. The policy does not depend on it.
struct HolidayEnds {
  /// The days of `now` and of a year later, in UTC.
  private let today: Int
  private let yearLater: Int
  private static let year = 365
  private static let leastYearsAhead = 2

  /// `now` in milliseconds since 1970.
  init(now: Int64) {
    let day = CompiledCalendar.floored(now, 86_400_000)
    // Within what dates can be written for.
    today = Int(min(max(day, -700_000), 2_900_000))
    yearLater = today + Self.year
  }

  func report(_ draft: PolicyDraft, _ findings: Findings) {
    reportHorizon(draft, findings)
    for (name, file) in draft.holidayFiles where file.mistakes.allSatisfy(\.isWarning) && file.closesSomething
    {
      report(file, name, findings)
    }
    for calendar in draft.calendars where calendar.holidays.files.isEmpty {
      guard let (place, last) = calendar.holidays.listed, LocalDate.number(last) < yearLater else { continue }
      findings.warning(
        place,
        "the holidays of \"\(calendar.id.value)\" end on \(Self.text(last)), \(when): add those that follow")
    }
  }

  private func report(_ file: HolidayFile, _ name: String, _ findings: Findings) {
    let ended = file.named.filter { !$0.goesOn && LocalDate.number($0.last) < yearLater }
    if ended.count == file.named.count, let latest = ended.max(by: { $0.last < $1.last }) {
      findings.warning(
        Place(file: name, line: latest.line, column: 1),
        "its holidays end on \(Self.text(latest.last)), \(when): add those that follow")
      return
    }
    // What was once is over. What has its day in every year, and is written for some years, has run out.
    let yearly = ended.filter { $0.years > 1 && !$0.name.isEmpty }
    guard let first = yearly.first else { return }
    let names = Suggestion.list(yearly.map { "\"\($0.name)\" (\(Self.text($0.last)))" }, limit: 5)
    findings.warning(
      Place(file: name, line: first.line, column: 1),
      "\(names) \(yearly.count == 1 ? "ends" : "end") \(when), while others of the file go on: add the days that follow"
    )
  }

  private func reportHorizon(_ draft: PolicyDraft, _ findings: Findings) {
    let last = CalendarHorizon.firstDay + CalendarHorizon.weeks * 7
    guard let first = draft.calendars.first, last - today < Self.leastYearsAhead * Self.year else { return }
    findings.warning(
      Place(file: CalendarsFile.name, line: first.id.place.line, column: first.id.place.column),
      "calendars are compiled until \(Self.text(LocalDate.day(last - 1))), less than two years after "
        + "\(Self.text(LocalDate.day(today))); then the usual week goes on without holidays and changes of the clock: "
        + "update Answerable")
  }

  private var when: String { "less than 12 months after \(Self.text(LocalDate.day(today)))" }

  private static func text(_ day: HolidayFile.Day) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day.year)-\(two(day.month))-\(two(day.day))"
  }
}
