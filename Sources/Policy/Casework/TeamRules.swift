// Owns what casework knows of a team: who answers for it, when it works, which ladder it climbs.
import Events

/// What casework knows of a team.
public struct TeamRules {
  public var id = ByteSlice()
  /// The role that answers for it; empty for a subcontractor.
  public var accountable = ByteSlice()
  /// The team it works for; empty for a team of ours.
  public var principal = ByteSlice()
  public var calendar: Int32 = 0
  /// The calendar in which it is on call beside; −1 for none.
  public var onCall: Int32 = -1
  public var ladder: Int32 = 0
  public var isSubcontractor: Bool { !principal.isEmpty }
  public init() {}
}
