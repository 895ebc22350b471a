// Owns the whole reasoning about one event as a value: winner and losers, witness, every point.

/// Why an event went where it went, in the policy's own words. It carries no personal data: attributes are
/// named with the policy's words, and what a customer is worth is not told.
public struct Explanation: Sendable, Hashable, Encodable {
  /// A rule of ownership, a row of a table, or the place of last resort.
  public struct Rule: Sendable, Hashable, Encodable {
    /// `ownership.rules[5].rules[0]`, `ownership.rules[6].lookup[2]`, `ownership.unrouted`.
    public var path: String
    /// `ownership.yaml:43`.
    public var at: String
    public var owner: String
    /// The subcontractor that would do the work.
    public var worker: String?
    /// What it asks for by itself, without what the rules around it ask for.
    public var when: String
  }

  /// A rule that matched and did not win.
  public struct Loser: Sendable, Hashable, Encodable {
    public var rule: Rule
    /// What stands in its way.
    public var because: String
  }

  /// A rule that one clause kept from matching.
  public struct NearMiss: Sendable, Hashable, Encodable {
    public var rule: Rule
    /// The clause that failed.
    public var asks: String
    /// What the event has instead.
    public var has: String
  }

  public struct Witness: Sendable, Hashable, Encodable {
    /// Nil when nobody but the owner felt it, as far as the policy knows.
    public var team: String?
    public var because: String
  }

  /// A named contribution, counted or not.
  public struct Contribution: Sendable, Hashable, Encodable {
    public var name: String
    /// 0 when it was not counted.
    public var points: Int32
    /// `scoring.yaml:10`.
    public var at: String
    /// What earned the points, as signals carry it; for 0 points what was missing.
    public var because: String
  }

  /// From the outermost rule to the one that won; never empty.
  public var chain: [Rule]
  /// What in the event the winner matched; empty for the place of last resort.
  public var because: String
  /// The role that answers for the owner.
  public var accountable: String
  /// All of them, in the policy's order.
  public var matchedToo: [Loser]
  /// Rules before the winner, or inside it, that would have won but for one clause while another holds.
  public var nearMisses: [NearMiss]
  public var witness: Witness
  /// The base and every contribution in the policy's order, those of 0 points too.
  public var contributions: [Contribution]
  /// The sum of all points before it is held between 0 and 100.
  public var sum: Int64
  public var score: Int32
  /// `P1` … `P4`.
  public var priority: String
  /// The least score of each priority.
  public var cuts: Cuts

  public struct Cuts: Sendable, Hashable, Encodable {
    public var p1: Int32
    public var p2: Int32
    public var p3: Int32

    enum CodingKeys: String, CodingKey {
      case p1 = "P1"
      case p2 = "P2"
      case p3 = "P3"
    }
  }

  /// The rule that decided.
  public var winner: Rule { chain[chain.count - 1] }
  public var owner: String { winner.owner }
  public var worker: String? { winner.worker }
}
