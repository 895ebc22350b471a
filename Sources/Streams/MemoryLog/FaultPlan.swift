// Owns which faults befall the users of an in-memory log: drawn from a seed before they happen, survivable by
// construction.

/// A call at which a fault may strike.
public enum FaultPoint: Sendable, Hashable, CaseIterable {
  case initTransactions, produce, sendOffsets, commit, committed, poll
}

/// What goes wrong.
public enum Fault: Sendable, Hashable {
  /// The call fails. `initTransactions`, `committed`: retriable, nothing happened. `produce`: the record is lost
  /// and the commit fails. `sendOffsets`: abortable, as in a rebalance. `commit`: certainly not committed.
  case fails
  /// The producer is fenced just before the call, as by a transaction time-out. At `produce`, `sendOffsets`, `commit`.
  case fenced
  /// The answer to a commit is lost.
  case unknown(UnknownFate)
  /// The call takes so long: the manual clock moves. At `commit`, before it reaches the coordinator.
  case slow(milliseconds: Int64)
  /// The commit returns, and its markers are written so much later.
  case markersLate(milliseconds: Int64)
  /// A poll delivers no more than so many records.
  case few(Int)
  /// The group rebalances, in favour of other members than now.
  case rebalance
  /// The member's session ends: its partitions are lost.
  case expelled
}

/// What became of a commit whose answer was lost.
public enum UnknownFate: Sendable, Hashable {
  case applied
  case dropped
  /// It is still on its way and will be applied, unless the producer is fenced before: `initTransactions`.
  case late(milliseconds: Int64)
}

/// A plan of faults: a value, and a function of its seed and of the calls made. It is survivable by construction:
/// no call point fails more than `inARow` times in succession, and fencing and expulsion are rationed,
/// so a run that does not finish is a defect and not bad luck.
public struct FaultPlan: Sendable, Hashable {
  /// How often each call point is struck, per thousand calls.
  public var perMille: [FaultPoint: Int]
  /// How many faults a call point may suffer in succession. Default 2.
  public var inARow: Int
  /// How many fencings and expulsions are left. Default 8.
  public var takeovers: Int
  private var random: SeededRandom
  private var streak: [FaultPoint: Int] = [:]

  /// No faults at all.
  public static let none = FaultPlan(seed: 0, perMille: [:])

  public init(seed: UInt64, perMille: [FaultPoint: Int], inARow: Int = 2, takeovers: Int = 8) {
    self.perMille = perMille
    self.inARow = inARow
    self.takeovers = takeovers
    random = SeededRandom(seed: seed)
  }

  /// Nothing strikes any more: the phase in which a run has to converge.
  public mutating func calm() { perMille = [:] }

  /// The fault of the call at hand, if any.
  public mutating func draw(_ point: FaultPoint) -> Fault? {
    guard let rate = perMille[point], rate > 0 else { return nil }
    guard random.chance(perMille: rate), streak[point, default: 0] < inARow else {
      streak[point] = 0
      return nil
    }
    streak[point, default: 0] += 1
    return choose(point)
  }

  private mutating func choose(_ point: FaultPoint) -> Fault {
    switch point {
    case .initTransactions, .committed: return .fails
    case .produce, .sendOffsets: return random.below(8) == 0 ? takeover(.fenced) : .fails
    case .commit:
      switch random.below(8) {
      case 0: return .fails
      case 1: return .unknown(.applied)
      case 2: return .unknown(.dropped)
      case 3: return .unknown(.late(milliseconds: Int64(random.below(2_000))))
      case 4: return .slow(milliseconds: Int64(random.below(1_000)))
      case 5: return takeover(.fenced)
      default: return .markersLate(milliseconds: Int64(random.below(500)))
      }
    case .poll:
      switch random.below(8) {
      case 0: return .rebalance
      case 1: return takeover(.expelled)
      default: return .few(random.below(3))
      }
    }
  }

  /// A fencing or an expulsion while the ration lasts, else the harmless fault of the same call.
  private mutating func takeover(_ fault: Fault) -> Fault {
    guard takeovers > 0 else { return fault == .expelled ? .few(0) : .fails }
    takeovers -= 1
    return fault
  }
}
