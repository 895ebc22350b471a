// Owns arithmetic in a team's working time: compiled intervals of UTC, nothing else.

/// When somebody works: sorted, disjoint, half-open intervals of UTC milliseconds, or always.
public struct WorkingCalendar: Sendable, Hashable {
  /// Open at any time; a day has 24 hours.
  public static let always = WorkingCalendar()
  public var name = "always"

  public func isOpen(at time: Int64) -> Bool { true }
  /// The first moment at or after `time` at which it is open; nil when it never opens again within its horizon.
  public func nextOpen(from time: Int64) -> Int64? { time }
  /// The moment when `duration` has passed in it, counted from `time`.
  public func moment(_ duration: WorkingDuration, after time: Int64) -> Int64 {
    switch duration {
    case .time(let length): time.addingReportingOverflow(length).partialValue
    case .days(let days): time.addingReportingOverflow(Int64(days) * 86_400_000).partialValue
    }
  }
  /// Working milliseconds between two moments; 0 when `end` is not after `start`.
  public func workingTime(from start: Int64, to end: Int64) -> Int64 { max(0, end - start) }
}
