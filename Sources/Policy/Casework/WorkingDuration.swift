// Owns a length of time as a policy says it: in working time or in working days.

/// A length of time as a policy says it.
public enum WorkingDuration: Sendable, Hashable, BitwiseCopyable {
  /// Working time, milliseconds.
  case time(Int64)
  /// Working days: same time of day on the Nth following day on which the calendar opens.
  case days(Int32)

  /// Milliseconds where no calendar counts: a day has 24 hours.
  public var elapsed: Int64 {
    switch self {
    case .time(let length): length
    case .days(let days): Int64(days) * 86_400_000
    }
  }
}

extension WorkingDuration: CustomStringConvertible {
  /// As a policy writes it, in its shortest form: `1h30m`, `2 days`.
  public var description: String {
    switch self {
    case .days(let days): return days == 1 ? "1 day" : "\(days) days"
    case .time(let length):
      guard length >= 0, length % 1_000 == 0 else { return "\(length) ms" }
      let seconds = length / 1_000
      if seconds == 0 { return "0s" }
      let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
      return parts.map { $0.0 == 0 ? "" : "\($0.0)\($0.1)" }.joined()
    }
  }
}

/// As one member, named by its unit: `{"ms":5400000}`, `{"days":2}`.
extension WorkingDuration: Codable {
  private enum Unit: String, CodingKey { case ms, days }

  public init(from decoder: any Decoder) throws {
    let units = try decoder.container(keyedBy: Unit.self)
    if let days = try units.decodeIfPresent(Int32.self, forKey: .days) {
      self = .days(days)
    } else {
      self = .time(try units.decode(Int64.self, forKey: .ms))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var units = encoder.container(keyedBy: Unit.self)
    switch self {
    case .time(let length): try units.encode(length, forKey: .ms)
    case .days(let days): try units.encode(days, forKey: .days)
    }
  }
}
