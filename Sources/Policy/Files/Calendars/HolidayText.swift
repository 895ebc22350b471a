// Owns the holidays of a calendar: days, ranges of days, and iCalendar files of the policy's folder.
import Foundation
import ICalendar

/// When a calendar is closed.
struct HolidaysDraft: Sendable {
  /// Nothing begins on them.
  var days: [HolidayFile.Day] = []
  /// Hours of files.
  var closures: [HolidayFile.Closure] = []
  /// The first place and the last day of those that stand in calendars.yaml.
  var listed: (place: Place, last: HolidayFile.Day)?
  /// Names of the files, each once.
  var files: [String] = []
}

/// A day, a range of days, or a file of them.
enum HolidayText {
  static func read(
    _ cursor: Cursor, into holidays: inout HolidaysDraft, _ draft: inout PolicyDraft, _ context: ParseContext
  ) {
    let findings = context.findings
    guard let text = cursor.text(findings) else { return }
    if text.value.hasSuffix(".ics") { return file(text, into: &holidays, &draft, context) }
    let ends = text.value.components(separatedBy: "..").map(day)
    guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1] else {
      findings.error(
        text.place,
        "\"\(text.value)\" is no day; allowed: such as 2026-07-13, \"2026-12-24..2026-12-26\", or an iCalendar file such as france.ics"
      )
      return
    }
    let from = LocalDate.number(first)
    let to = LocalDate.number(last)
    guard from <= to, to - from < CalendarsFile.longestRange else {
      findings.error(
        text.place, "ends before it begins, or takes more than \(CalendarsFile.longestRange) days")
      return
    }
    holidays.days += (from...to).map(LocalDate.day)
    let before = holidays.listed
    holidays.listed = (before?.place ?? text.place, max(before?.last ?? last, last))
  }

  /// `2026-07-13`; nil for what is no day.
  static func day(_ text: String) -> HolidayFile.Day? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      parts.joined().utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    let found = HolidayFile.Day(year: year, month: month, day: day)
    guard (1...12).contains(month), (1...31).contains(day), LocalDate.day(LocalDate.number(found)) == found
    else { return nil }
    return found
  }

  private static func file(
    _ name: Located<String>, into holidays: inout HolidaysDraft, _ draft: inout PolicyDraft,
    _ context: ParseContext
  ) {
    let findings = context.findings
    guard let source = context.holidays[name.value] else {
      let files = context.holidays.keys.sorted()
      if !context.refused.contains(name.value) {
        findings.error(
          name.place,
          "unknown file \"\(name.value)\"\(Suggestion.didYouMean(name.value, among: files)); "
            + (files.isEmpty
              ? "the policy's folder has no .ics file" : "the policy's folder has \(Suggestion.list(files))"))
      }
      return
    }
    let file = draft.holidayFiles[name.value] ?? read(source, findings)
    draft.holidayFiles[name.value] = file
    guard !holidays.files.contains(name.value) else { return }
    holidays.files.append(name.value)
    holidays.days += file.days
    holidays.closures += file.closures
  }

  private static func read(_ source: SourceFile, _ findings: Findings) -> HolidayFile {
    let file = HolidayFile(source.text, years: CalendarHorizon.years, zones: CalendarHorizon.clock)
    for mistake in file.mistakes {
      let place = Place(file: source.name, line: mistake.line, column: mistake.column)
      let message = HolidayWords.message(mistake.kind)
      if mistake.isWarning { findings.warning(place, message) } else { findings.error(place, message) }
    }
    if !file.closesSomething, file.mistakes.allSatisfy(\.isWarning) {
      let years = CalendarHorizon.years
      findings.warning(
        Place(file: source.name, line: 1, column: 1),
        "closes nothing from \(years.lowerBound) to \(years.upperBound): its events are over or cancelled")
    }
    return file
  }
}
