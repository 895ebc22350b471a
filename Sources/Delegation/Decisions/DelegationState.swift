// Owns what a decision may see and change: the engine loads it before and saves what changed after.
import Events
import Policy
import StateBytes

/// What a decision works on. A value that is reused from decision to decision.
struct DelegationState {
  /// The claim that the record or the timer names; meaningless unless `hasClaim`.
  var claim = ClaimAccount()
  var hasClaim = false
  /// Every pot that the decision may touch.
  var pots: [LoadedPot] = []
  /// What the requester, the case and the cause asked for lately; none where no sums are looked at.
  var sums: [LoadedSum] = []

  mutating func reset() {
    hasClaim = false
    pots.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
  }

  func index(of pot: Pot) -> Int? { pots.firstIndex { $0.pot == pot } }
}

/// The account of one person, case or cause for one action.
struct LoadedSum {
  enum Dimension: UInt64, CaseIterable { case person = 1, caseOf, cause }

  var dimension: Dimension
  /// Under which it is kept.
  var key: UInt64
  var account = SplitAccount()
  var isChanged = false

  init(_ dimension: Dimension, _ value: ByteSlice, action: ByteSlice) {
    self.dimension = dimension
    key = ByteHash.hash(value.bytes, seed: ByteHash.hash(action.bytes, seed: dimension.rawValue))
  }
}

extension ClaimAccount {
  /// Its name where several are judged by their sum.
  var hash: UInt64 { max(1, ByteHash.hash(id.bytes)) }
}
