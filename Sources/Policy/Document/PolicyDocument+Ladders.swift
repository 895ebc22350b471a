// Owns a ladder once it is sound: clocks merged for each priority, each rung with its target.
import Events

extension PolicyDocument {
  public struct Ladder: Codable, Sendable, Hashable {
    public var id: String
    /// By priority, P1 first.
    public var clocks: [ClockRules]
    public var rungs: [RungRules]
    /// The rung that a case begins at, from 0; by priority, P1 first.
    public var start: [Int32]
    /// Of the last rung: nil for once.
    public var repeatEvery: WorkingDuration?
    public var repeatAtMost: Int32
    /// In which calendar clocks and rungs count, by priority, P1 first: empty for the owner's. Nil where all are.
    public var calendars: [String]?

    /// The calendar that it names for a priority; nil for the owner's.
    public func calendar(of priority: Priority) -> String? {
      guard let calendars, calendars.indices.contains(priority.rawValue - 1) else { return nil }
      let name = calendars[priority.rawValue - 1]
      return name.isEmpty ? nil : name
    }

    /// What a team climbs that names no ladder, where ladders.yaml has no `standard` of its own: each rung with its clock,
    /// and all of them to whoever answers for the owner.
    public static let standard = {
      var clocks = ClockRules()
      clocks.acknowledge = LaddersFile.defaultClock(.acknowledge)
      clocks.respond = LaddersFile.defaultClock(.respond)
      clocks.resolve = LaddersFile.defaultClock(.resolve)
      clocks.silence = LaddersFile.defaultClock(.silence)
      let rungs = [RungRules.Condition.acknowledged, .responded, .resolved].map { unless in
        var rung = RungRules()
        rung.unless = unless
        rung.target = .accountableOfOwner
        return rung
      }
      return Ladder(
        id: LaddersFile.standard, clocks: Array(repeating: clocks, count: 4), rungs: rungs,
        start: [0, 0, 0, 0],
        repeatEvery: nil, repeatAtMost: 0)
    }()
  }

  /// What a team climbs.
  public func ladder(of team: Team) -> Ladder {
    ladders.first { $0.id == team.ladder ?? LaddersFile.standard } ?? .standard
  }
}
