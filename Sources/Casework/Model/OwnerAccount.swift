// Owns what a task keeps about an owner: how many escalations it got lately, what is put off, and operators' holds.
import Events

/// One owner in one task; another with an empty owner stands for all.
public struct OwnerAccount {
  /// The window that is counted now.
  public var windowFrom: Int64 = 0
  public var inWindow: Int32 = 0
  /// What was beyond the limit, told in one digest at the window's end.
  public var digestCount: Int64 = 0
  public var digestCases: [ByteSlice] = []
  public var digests: Int64 = 0
  /// An operator's hold.
  public var heldUntil: Int64 = 0
  public var heldReason = ByteSlice()
  public var heldBy = ByteSlice()
  /// The debt: cases that are put off now, and what has been put off in all, milliseconds.
  public var deferredNow: Int32 = 0
  public var deferredTotal: Int64 = 0
  /// Cases that an operator's hold puts off, so that a release can wake them: the latest of them. The others stand on
  /// pages beside it, from `pageFrom` to before `pageTo`; those before `wakeTo` are being woken.
  public var heldCases: [ByteSlice] = []
  public var pageFrom: Int32 = 0
  public var pageTo: Int32 = 0
  public var wakeTo: Int32 = 0
  public init() {}
}
