// Owns days without a zone, as numbers: what day follows which, and which day of the week it is.

/// Days since 1970-01-01, a Thursday.
///
/// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil and civil_from_days.
package enum LocalDate {
  package static func number(_ day: HolidayFile.Day) -> Int {
    let year = day.month <= 2 ? day.year - 1 : day.year
    let era = (year >= 0 ? year : year - 399) / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  package static func day(_ number: Int) -> HolidayFile.Day {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return HolidayFile.Day(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: ofYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 0 is Monday.
  package static func weekday(_ number: Int) -> Int { ((number + 3) % 7 + 7) % 7 }
}
