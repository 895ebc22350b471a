// Owns the choice of a time at which nobody's duty begins or ends, and no day: whom a decision names depends on it, and on
// which day it books.
import Foundation
import Policy

/// When the calendars of a policy open and close. Two deployments decide about one event at two moments; where somebody's
/// duty ends in between, they rightly name other people.
package struct SteadyDuty {
  private let calendars: [WorkingCalendar]

  package init(_ calendars: [WorkingCalendar]) { self.calendars = calendars }

  /// Of the policy in a folder.
  package init(policy folder: String) {
    self.init((PolicyLoader.load(folder: folder).document?.calendars ?? []).map { WorkingCalendar($0) })
  }

  /// The first whole minute from `time` on after which nothing opens or closes for `seconds` and no hour begins, and so
  /// no day of any zone; `time` itself where nothing does. Milliseconds since 1970. Gives up after a day, and returns `time`.
  package func begin(from time: Int64, for seconds: Int) -> Int64 {
    let span = stride(from: Int64(0), through: Int64(seconds) * 1000 + Self.minute, by: Int(Self.minute))
    var begin = time
    while begin < time + 86_400_000 {
      let isOneHour = begin / Self.hour == (begin + Int64(seconds) * 1000) / Self.hour
      let isSteady =
        isOneHour
        && calendars.allSatisfy { calendar in
          let now = calendar.isOpen(at: begin)
          return span.allSatisfy { calendar.isOpen(at: begin + $0) == now }
        }
      if isSteady { return begin }
      begin += Self.minute - begin % Self.minute
    }
    return time
  }

  /// Waits until then.
  package func wait(seconds: Int) {
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    Thread.sleep(forTimeInterval: Double(begin(from: now, for: seconds) - now) / 1000)
  }

  private static let minute: Int64 = 60_000
  private static let hour = 60 * minute
}
