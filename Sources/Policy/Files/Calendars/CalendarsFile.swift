// Owns calendars.yaml: when teams and people work.
import Foundation
import ICalendar

struct CalendarDraft: Sendable {
  var id: Located<String>
  var zone: Located<String>?
  var frames: [FrameDraft] = []
  var hasHours = false
  var holidays = HolidaysDraft()
}

/// Hours of some days of the week.
struct FrameDraft: Sendable {
  /// 0 is Monday.
  var days: [Int]
  /// Minutes from the day's midnight; the end may lie in the next day.
  var from: Int
  var to: Int
}

enum CalendarsFile: PolicyFile {
  static let name = "calendars.yaml"
  static let isRequired = false
  static let defaultZone = "UTC"
  static let longestRange = 400
  static let zones = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC"])

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let calendars = root.fields(["calendars"], required: ["calendars"], findings)?["calendars"],
      let entries = calendars.entries(findings)
    else {
      draft.unread.insert(name)
      return
    }
    draft.calendars = entries.map { id, cursor in
      var calendar = CalendarDraft(id: id)
      let fields = cursor.fields(["zone", "hours", "holidays"], required: ["hours"], findings) ?? [:]
      calendar.zone = fields["zone"]?.text(findings)
      if let hours = fields["hours"]?.entries(findings) {
        calendar.hasHours = !hours.isEmpty
        if hours.isEmpty, let place = fields["hours"]?.place {
          findings.error(place, "is empty: needs the hours of at least one day")
        }
        var said: [Int: Place] = [:]
        for (days, value) in hours { calendar.frames += HoursText.frames(days, value, &said, findings) }
      }
      for holiday in fields["holidays"]?.oneOrMore(findings) ?? [] {
        HolidayText.read(holiday, into: &calendar.holidays, &draft, context)
      }
      return calendar
    }
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    for index in draft.calendars.indices where draft.calendars[index].zone == nil {
      draft.calendars[index].zone = Located(defaultZone, at: draft.calendars[index].id.place)
    }
  }

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for calendar in draft.calendars {
      Checks.identifier(calendar.id, findings)
      if calendar.id.value == TeamsFile.defaultCalendar {
        findings.error(
          calendar.id.place, "\"always\" is there already: it is open at any time; name this one otherwise")
      }
      if let zone = calendar.zone, !zones.contains(zone.value) {
        findings.error(
          zone.place,
          "unknown time zone \"\(zone.value)\"\(Suggestion.didYouMean(zone.value, among: zones)); allowed: the names of the IANA database, such as Europe/Paris"
        )
      }
    }
  }

  /// Calendars that teams, people and ladders name. Without calendars.yaml every name is `always`, and that is said once.
  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    let named =
      draft.teams.flatMap { [$0.calendar, $0.onCall].compactMap { $0 } } + draft.people.compactMap(\.calendar)
      + draft.ladders.flatMap(\.calendars)
    if draft.unread.contains(name) { return }
    guard draft.hasCalendars else {
      if let first = named.first(where: { $0.value != TeamsFile.defaultCalendar }) {
        findings.warning(
          first.place,
          "there is no calendars.yaml, so \"\(first.value)\" and every other calendar is open at any time")
      }
      return
    }
    let known = Set(draft.calendars.map(\.id.value) + [TeamsFile.defaultCalendar])
    for calendar in named { Checks.known("calendar", calendar, among: known, findings) }
    let used = Set(named.map(\.value))
    for calendar in draft.calendars where !used.contains(calendar.id.value) {
      findings.warning(
        calendar.id.place, "nobody works by it: name it for a team, a person or a ladder, or remove it")
    }
  }
}

/// `mon-fri` and `09:00-12:30`.
enum HoursText {
  static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// `said` are the days that stand in the field already.
  static func frames(
    _ days: Located<String>, _ value: Cursor, _ said: inout [Int: Place], _ findings: Findings
  ) -> [FrameDraft] {
    guard let numbers = numbers(days.value) else {
      findings.error(
        days.place,
        "\"\(days.value)\" is no day; allowed: every day, \(self.days.joined(separator: ", ")), several with commas, or a range such as mon-fri"
      )
      return []
    }
    if let day = numbers.first(where: { said[$0] != nil }), let place = said[day] {
      findings.error(
        days.place,
        "says \(self.days[day]) once more (after line \(place.line)): say each day once, with all its hours")
    }
    for day in numbers { said[day] = said[day] ?? days.place }
    var frames: [(frame: FrameDraft, text: String)] = []
    for cursor in value.oneOrMore(findings) ?? [] {
      guard let text = cursor.text(findings) else { continue }
      guard let (from, to) = times(text.value) else {
        findings.error(
          text.place,
          "\"\(text.value)\" are no hours; allowed: such as 09:00-12:30, or 22:00-07:00 over midnight")
        continue
      }
      if to - from == 1_440, from > 0 {
        findings.error(text.place, "ends when it begins; a whole day is 00:00-24:00")
        continue
      }
      if let other = frames.first(where: { $0.frame.from < to && from < $0.frame.to }) {
        findings.error(text.place, "overlaps with \(other.text): make one of both, or move one")
      }
      frames.append((FrameDraft(days: numbers, from: from, to: to), text.value))
    }
    return frames.map(\.frame)
  }

  private static func numbers(_ text: String) -> [Int]? {
    if text == "every day" { return Array(0..<7) }
    var found: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { days.firstIndex(of: $0.trimmingCharacters(in: .whitespaces)) }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1] else { return nil }
      var day = first
      while true {
        found.insert(day)
        if day == last { break }
        day = (day + 1) % 7
      }
    }
    return found.sorted()
  }

  private static func times(_ text: String) -> (Int, Int)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let from = minutes(parts[0]), let to = minutes(parts[1]), from < 1_440 else {
      return nil
    }
    return (from, to <= from ? to + 1_440 : to)
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.joined().utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<60).contains(minute)
    else { return nil }
    guard (0..<24).contains(hour) || (hour == 24 && minute == 0) else { return nil }
    return hour * 60 + minute
  }
}
