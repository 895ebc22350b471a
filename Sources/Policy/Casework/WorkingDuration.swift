// Owns a length of time as a policy says it: in working time or in working days.

/// A length of time as a policy says it.
public enum WorkingDuration: Sendable, Hashable, Codable {
  /// Working time, milliseconds.
  case time(Int64)
  /// Working days: same time of day on the Nth following day on which the calendar opens.
  case days(Int32)
}
