// Owns a calendar once it is compiled: weeks of working minutes in UTC, and what the zone's clocks show.

extension PolicyDocument {
  /// When somebody works, in UTC, over a horizon of whole weeks; beyond it the usual week goes on, without holidays.
  /// All the zone's rules are in here: a worker needs no time zone database, and two workers cannot have two.
  public struct Calendar: Codable, Sendable, Hashable {
    public var id: String
    /// The name of the IANA database.
    public var zone: String
    /// Where the first week begins, in minutes since 1970, UTC: a Monday's midnight in the zone's last offset.
    public var start: Int64
    /// What the zone's clocks show, in order; the first holds before it too.
    public var offsets: [Offset]
    /// The different weeks there are: pairs of a beginning, in minutes from the week's, and a length in minutes;
    /// ascending and disjoint. The last may reach into the week that follows.
    public var patterns: [[Int32]]
    /// The pattern of each week of the horizon.
    public var weeks: [Int32]
    /// The pattern of a week without holidays, in the last offset: of every week outside the horizon.
    public var usual: [Int32]
    /// Beginnings, in minutes from `start`, that go on with the day before: of what is left of a frame when holidays
    /// took hours out of it. Nil for none.
    public var continued: [Int64]?
  }

  /// Encoded as an array of its two numbers.
  public struct Offset: Codable, Sendable, Hashable {
    /// From when on, in minutes since 1970, UTC.
    public var from: Int64
    /// Minutes that the zone's clocks are ahead of UTC.
    public var minutes: Int64

    public init(from: Int64, minutes: Int64) {
      self.from = from
      self.minutes = minutes
    }

    public init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      from = try values.decode(Int64.self)
      minutes = try values.decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
      var values = encoder.unkeyedContainer()
      try values.encode(from)
      try values.encode(minutes)
    }
  }
}
