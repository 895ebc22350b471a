// Owns the record on `assignments`: who answers for a case now.

/// The truth about one case, compacted by its id. When a case changes hands, a record with status `withdrawn`
/// for the previous owner comes right before the new owner's.
public struct Assignment {
  /// `CASE-aREVISION`.
  public var id = ByteSlice()
  public var revision: Int64 = 1
  public var view = CaseView()
  /// Of a withdrawal: who has it now.
  public var to = ByteSlice()
  public var at: Int64 = 0
  public var reason = Reason()
  public var epoch: Int64 = 0
  /// The signal or, of a timer, nothing (an empty topic).
  public var cause = Coordinates()
  public var traceparent = ByteSlice()
  public init() {}
}
