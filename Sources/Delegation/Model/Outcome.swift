// Owns what a decision of delegation leads to.
import Events

/// The answer to one claim or timer. Valid until its engine's next call.
public struct Outcome {
  /// What goes to `delegations`, unsigned: exactly one for a claim's record, and for a timer by which a referral or an
  /// approval ends; none where a timer only takes out of the state what nobody asks for any more.
  public internal(set) var records: [Delegation] = []

  init() {}
}
