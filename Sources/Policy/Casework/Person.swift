// Owns what casework knows of somebody: role, place, hours, absence and who stands in.
import Events

/// Somebody of the directory.
public struct Person {
  public var id = ByteSlice()
  public var role = ByteSlice()
  public var team = ByteSlice()
  public var site = ByteSlice()
  /// Their own, else their team's.
  public var calendar: Int32 = 0
  /// Their team's on-call calendar, where they have no calendar of their own; −1 for none.
  public var onCall: Int32 = -1
  /// Away in this half-open time, milliseconds; equal ends: never.
  public var absentFrom: Int64 = 0
  public var absentUntil: Int64 = 0
  /// Who stands in meanwhile; empty for nobody.
  public var delegate = ByteSlice()
  public init() {}

  public func isAbsent(at time: Int64) -> Bool { absentFrom <= time && time < absentUntil }
}
