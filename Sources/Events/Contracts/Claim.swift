// Owns the record on `claims`: a remedy on its way to the budgets that pay for it, and what people say about it there.

/// From CASEWORK to DELEGATION, keyed by budget root. All that a decision about money needs of the case stands in it:
/// DELEGATION knows no cases.
public struct Claim {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// A remedy asks.
    case request
    /// An approver says yes or no to one that was referred.
    case approve, decline
    /// Whoever asked takes it back, or the case is over; of an approved one, what it holds is given back.
    case cancel
    /// It was paid: what was held is spent.
    case settle
    /// Some of what was spent came back.
    case giveBack
  }

  /// No record carries a larger amount, a sum of several included: 2^53 − 1, which every reader of JSON holds exactly.
  public static let largestAmount = JSONDocument.exact

  /// Deterministic: made from the coordinates of the signal that led to it.
  public var id = ByteSlice()
  public var kind = Kind.request
  /// `CASE-rNUMBER`: the remedy's number in its case.
  public var claim = ByteSlice()
  /// `site/lyon-1`, `team/billing`: whose budgets pay. The record's key.
  public var root = ByteSlice()
  public var caseID = ByteSlice()
  public var subjectKey = ByteSlice()
  /// The case's owner: where the cause is.
  public var owner = ByteSlice()
  public var site = ByteSlice()
  public var journey = ByteSlice()
  public var segment = ByteSlice()
  public var priority = Priority.p4
  public var status = CaseStatus.assigned
  public var action = ByteSlice()
  /// Minor units of `currency`. Of `settle` and `giveBack` what was paid or came back; 0 for all of it.
  public var amount: Int64 = 0
  public var currency = ByteSlice()
  /// Of a request: the budgets that pay, as the policy names them, all of one root; at most four.
  public var budgets: [ByteSlice] = []
  /// Of a request: the grant by which these budgets were found, `delegation.grants[0]` of the policy of `epoch`; empty
  /// where none holds. What it rests on in the end is decided again.
  public var grant = ByteSlice()
  /// Who asks or acts: role, team and site as the directory has them.
  public var actor = Actor()
  /// What is shown to support a request: `photo`, `invoice`.
  public var evidence: [ByteSlice] = []
  /// The key of a signature that was right; empty where nothing was signed.
  public var signedBy = ByteSlice()
  public var note = ByteSlice()
  public var occurredAt: Int64 = 0
  public var at: Int64 = 0
  public var epoch: Int64 = 0
  public var cause = Coordinates()
  /// The id that the remedy or the act carried at its source.
  public var causeID = ByteSlice()
  public var traceparent = ByteSlice()
  public init() {}

  /// The case that a claim's id carries; empty for a text that is no claim's id.
  public static func caseID(of claim: ByteSlice) -> ByteSlice {
    let bytes = claim.bytes
    guard let dash = bytes.lastIndex(of: UInt8(ascii: "-")), dash > 0 else { return ByteSlice() }
    let number = bytes[(dash &+ 1)...].dropFirst()
    guard bytes[(dash &+ 1)...].first == UInt8(ascii: "r"), let first = number.first, first != 0x30,
      number.count <= 9, number.allSatisfy({ $0 &- 0x30 < 10 })
    else { return ByteSlice() }
    return ByteSlice(UnsafeRawBufferPointer(rebasing: bytes[..<dash]))
  }
}
