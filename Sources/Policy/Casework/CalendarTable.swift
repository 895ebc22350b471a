// Owns a policy's calendars by number: 0 is `always`, those of calendars.yaml follow.

struct CalendarTable: Sendable {
  private let calendars: [WorkingCalendar]
  private let numbers: [String: Int32]

  init(_ document: PolicyDocument) {
    calendars = [.always] + document.calendars.map { WorkingCalendar($0) }
    numbers = Dictionary(
      document.calendars.enumerated().map { ($1.id, Int32(clamping: $0 + 1)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// `always` for a calendar that the policy does not have.
  func number(_ id: String) -> Int32 { numbers[id] ?? 0 }

  subscript(number: Int32) -> WorkingCalendar {
    number >= 0 && Int(number) < calendars.count ? calendars[Int(number)] : .always
  }
}
