// Owns how the mistakes of an iCalendar file read: what is wrong, and what is allowed.
import ICalendar

enum HolidayWords {
  static func message(_ kind: HolidayFile.Kind) -> String {
    switch kind {
    case .noCalendar: "is no iCalendar file: it begins with BEGIN:VCALENDAR (RFC 5545)"
    case .noEvents: "has no events (VEVENT): every holiday is one"
    case .noProperty: "is no line of iCalendar; allowed: NAME:VALUE, and lines that go on begin with a space"
    case .controlCharacter(let byte):
      "has the control character U+\(String(byte, radix: 16, uppercase: true)); lines end with CRLF or LF"
    case .longLine(let most): "is longer than \(most >> 10) KiB: write several lines of the same name"
    case .unexpectedEnd(let found, let open):
      "ends \(found), but \(open.map { "\($0) is what stands open" } ?? "nothing stands open")"
    case .notEnded(let name): "begins \(name), which never ends: END:\(name) is missing"
    case .nestedTooDeep: "stands too deep: events stand in a VCALENDAR"
    case .outside: "stands outside of a calendar, which goes from BEGIN:VCALENDAR to END:VCALENDAR"
    case .twice(let name, let line): "says \(name) once more (after line \(line)): an event has one"
    case .noStart(let event): "has no beginning (DTSTART): \"\(event)\""
    case .malformed(let property, let value): malformed(property, value)
    case .durationBesideEnd: "stands beside DTEND: an event has one of both"
    case .mixed(let property): mixed(property)
    case .partOfADay:
      "is not whole days, as DTSTART is; allowed: such as P1D or P1W, or a DTSTART with a time"
    case .endsBeforeItBegins(let property):
      "ends before it begins: \(property) has to lie after the beginning"
    case .tooLong(let days): "takes more than \(days) days: write it as several events, or correct its end"
    case .unknownZone(let zone):
      "unknown time zone \"\(zone)\"; allowed: the names of the IANA database, such as Europe/Paris, or one that "
        + "the file defines (VTIMEZONE)"
    case .rule(let rule, let value): message(rule, value)
    case .ruleOfAnException: "repeats one occurrence (RECURRENCE-ID): only the event itself repeats"
    case .tooManyEvents(let most): "is one event too many: a file has at most \(most)"
    case .tooMuch: "is more than holidays take: look at the repetitions (RRULE, RDATE) up to here"
    case .more(let said): "and more: the first \(said) mistakes are said"
    case .noLength:
      "closes nothing: it has a time and no length; add DTEND or DURATION, or write the day alone"
    case .sameUID(let line):
      "has the UID of the event of line \(line), so both count; events have different ones, and a newer version "
        + "of an event has a higher SEQUENCE"
    case .noSuchOccurrence:
      "names a beginning that the event does not have, so nothing is replaced; allowed: when an occurrence was to "
        + "begin"
    }
  }

  private static func malformed(_ property: String, _ value: String) -> String {
    let said = "\(property) \"\(value)\" cannot be read; allowed: "
    return switch property {
    case "DURATION": said + "a length such as P1D, P2W, PT8H or P1DT12H"
    case "RDATE": said + "days (20261225), times (20261224T140000Z) and periods (20261224T140000Z/PT4H)"
    default: said + "a day (20261225) or a time (20261224T140000, with Z for UTC or with a TZID)"
    }
  }

  private static func mixed(_ property: String) -> String {
    "\(property) is a day where DTSTART is a time, or the other way round: write both as days or both as times"
  }

  private static func message(_ rule: HolidayFile.Rule, _ value: String) -> String {
    let said = "the repetition \"\(value)\""
    return switch rule {
    case .unreadable:
      said + " cannot be read; allowed: such as FREQ=YEARLY, FREQ=MONTHLY;BYDAY=-1MO, with COUNT or UNTIL"
    case .tooOften:
      said + " is more frequent than a calendar's days; allowed: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"
    case .numberedDay:
      said + " counts days of the week within a week or a day; allowed: so with FREQ=MONTHLY or YEARLY"
    case .mixedDays:
      said + " counts days from both ends of a month beside BYSETPOS; allowed: from one end"
    case .never:
      said
        + " names no day that there is, or has parts that do not go together (BYYEARDAY or BYWEEKNO beside others)"
    case .untilBeforeStart: said + " ends before the event begins: UNTIL has to lie after DTSTART"
    case .askew:
      said + " does not name the day of DTSTART, which counts all the same: begin with a day that it names"
    }
  }
}
