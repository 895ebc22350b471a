// Owns the pinned shape of a ladder, as a case climbs it whatever the policy becomes.
import Events
import Policy

/// A ladder's shape, decoded from the bytes that the policy's `LadderRules` give and the state keeps by their hash.
public struct LadderShape {
  public struct Rung {
    public var unless = RungRules.Condition.always
    public var after: WorkingDuration?
    public var target = RungRules.Target.role
    public var role = ByteSlice()
    public var audience = RungRules.Audience.owner
    public init() {}
  }
  public var name = ByteSlice()
  public var rungs: [Rung] = []
  public var repeatEvery: WorkingDuration?
  public var repeatAtMost: Int32 = 0
  public init() {}
}
