// Owns somebody of the directory once the directory is sound.

extension PolicyDocument {
  /// Encoded as one array, since directories are long: id, role, team, site, calendar, delegate, and the two ends of
  /// an absence where there is one; empty text for none.
  public struct Person: Codable, Sendable, Hashable {
    public var id: String
    public var role: String
    public var team: String
    public var site: String?
    /// Nil for the team's.
    public var calendar: String?
    /// Who stands in during an absence.
    public var delegate: String?
    /// Away in this half-open time, in milliseconds since 1970, UTC; equal ends: never.
    public var absentFrom: Int64
    public var absentUntil: Int64

    public init(
      id: String, role: String, team: String, site: String? = nil, calendar: String? = nil,
      delegate: String? = nil, absentFrom: Int64 = 0, absentUntil: Int64 = 0
    ) {
      self.id = id
      self.role = role
      self.team = team
      self.site = site
      self.calendar = calendar
      self.delegate = delegate
      self.absentFrom = absentFrom
      self.absentUntil = absentUntil
    }

    public init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      func text() throws -> String? {
        let text = try values.decode(String.self)
        return text.isEmpty ? nil : text
      }
      id = try values.decode(String.self)
      role = try values.decode(String.self)
      team = try values.decode(String.self)
      site = try text()
      calendar = try text()
      delegate = try text()
      let hasAbsence = !values.isAtEnd
      absentFrom = hasAbsence ? try values.decode(Int64.self) : 0
      absentUntil = hasAbsence ? try values.decode(Int64.self) : 0
    }

    public func encode(to encoder: any Encoder) throws {
      var values = encoder.unkeyedContainer()
      for text in [id, role, team, site ?? "", calendar ?? "", delegate ?? ""] { try values.encode(text) }
      guard absentFrom != absentUntil else { return }
      try values.encode(absentFrom)
      try values.encode(absentUntil)
    }
  }
}
