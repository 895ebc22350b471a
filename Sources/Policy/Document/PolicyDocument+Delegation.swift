// Owns who may say yes, up to how much and from which pot, once that is sound.

extension PolicyDocument {
  /// Of delegation.yaml, every default filled. Amounts are minor units, times milliseconds.
  public struct Delegation: Codable, Sendable, Hashable {
    public var actions: [Action] = []
    public var grants: [Grant] = []
    /// In the order in which they are asked.
    public var approvers: [Approver] = []
    public var budgets: [Budget] = []
    public var limits: [Limit] = []
    public var split = Split()
    /// Sorted by currencies, then by date.
    public var rates: [Rate] = []
    /// Whose signatures count.
    public var keys: [Key] = []
    /// What the clocks of the budgets' zones show, by the zone's name of the IANA database.
    public var zones: [String: [PolicyDocument.Offset]] = [:]
    public init() {}
  }

  public struct Money: Codable, Sendable, Hashable {
    public var minor: Int64
    /// ISO 4217.
    public var currency: String
    public init(minor: Int64, currency: String) {
      self.minor = minor
      self.currency = currency
    }
  }
}

extension PolicyDocument.Delegation {
  /// Something that can be asked for.
  public struct Action: Codable, Sendable, Hashable {
    public var at: PolicyDocument.Position
    public var id: String
    public var name: String
    /// Kinds of evidence without which it is not approved.
    public var needs: [String] = []
    /// Budgets that pay where a grant or an approver names none: ids, in which `{site}` and `{team}` stand for the case's
    /// site (else the asker's) and the asker's team. At most four, all of one root.
    public var from: [String] = []
    /// Whether an approval closes the case.
    public var closesCase = false
    /// Whether it has to be signed by whoever asks.
    public var signed = false
    /// How long an approval holds its money without being settled, and a referral waits for an answer.
    public var validFor: Int64
    public var referFor: Int64
    /// Nobody approves more, whoever they are; nil where the last approver takes any amount.
    public var ceiling: PolicyDocument.Money?
  }

  /// A standing permission.
  public struct Grant: Codable, Sendable, Hashable {
    public var at: PolicyDocument.Position
    public var role: String
    /// Empty lists take any.
    public var actions: [String] = []
    public var sites: [String] = []
    public var teams: [String] = []
    public var priorities: [Int] = []
    public var journeys: [String] = []
    public var segments: [String] = []
    /// Words of `CaseStatus`.
    public var states: [String] = []
    public var upTo: PolicyDocument.Money
    /// Empty: those of the action.
    public var from: [String] = []
    /// Beside what the action needs.
    public var needs: [String] = []
  }

  /// Who can say yes beyond grants.
  public struct Approver: Codable, Sendable, Hashable {
    public var at: PolicyDocument.Position
    public var role: String
    /// A team, `owner` for that of the case; nil for any.
    public var team: String?
    public var actions: [String] = []
    /// Nil: any amount.
    public var upTo: PolicyDocument.Money?
    /// Budgets that pay what this one approves; empty: those of the claim.
    public var from: [String] = []
  }

  /// An amount within a window that moves on.
  public struct Budget: Codable, Sendable, Hashable {
    public enum Window: Codable, Sendable, Hashable {
      /// Today and as many days before it as make this number, 1…366.
      case sliding(days: Int)
      /// Since the last midnight, Monday, first of the month, of the quarter, of the year.
      case day, week, month, quarter, year
    }
    public enum Holder: String, Codable, Sendable, Hashable, CaseIterable {
      case person, role, team, site, cause
    }

    /// Days of a sliding window at most.
    public static let longestWindow = 366

    public var at: PolicyDocument.Position
    public var id: String
    /// `site/lyon-1` or `team/billing`. Never changes for an id.
    public var root: String
    public var limit: PolicyDocument.Money
    public var window: Window
    /// Each of these has a pot of their own of this size; nil: one pot.
    public var per: Holder?
    /// What may be spent beyond the limit; 0 for nothing.
    public var overdraft: Int64 = 0
    /// By which clock days begin: one of the `zones`.
    public var zone: String
  }

  /// What a case or a subject may be given at most in a window.
  public struct Limit: Codable, Sendable, Hashable {
    public enum Scope: String, Codable, Sendable, Hashable, CaseIterable { case perCase = "case", subject }
    public var at: PolicyDocument.Position
    public var scope: Scope
    /// Empty: all.
    public var actions: [String] = []
    public var upTo: PolicyDocument.Money
    /// Milliseconds; of a case 0 for its whole life.
    public var within: Int64
  }

  /// Several remedies that together go around a limit: within this time, of one person, for one case or one cause, they
  /// are judged by their sum.
  public struct Split: Codable, Sendable, Hashable {
    public var within: Int64 = 24 * 3_600_000
    public var byPerson = true
    public var byCase = true
    public var byCause = false
    public init() {}
  }

  /// What one unit of a currency is in another, from a day on.
  public struct Rate: Codable, Sendable, Hashable {
    public var at: PolicyDocument.Position
    public var from: String
    public var to: String
    /// Billionths: major units of `to` for one major unit of `from`.
    public var billionths: Int64
    /// Milliseconds since 1970, the beginning of the day in UTC.
    public var since: Int64
  }

  /// An Ed25519 key whose signatures count.
  public struct Key: Codable, Sendable, Hashable {
    public var at: PolicyDocument.Position
    public var id: String
    /// Whose remedies it signs; nil for a key of ours, which signs approvals.
    public var person: String?
    /// 32 bytes, base64url without padding.
    public var publicKey: String
    /// Half-open; 0 for always.
    public var from: Int64 = 0
    public var until: Int64 = 0

    /// Whether what it signed at a moment counts.
    public func counts(at time: Int64) -> Bool { Self.counts(at: time, from: from, until: until) }

    /// As `counts(at:)`, of whoever keeps the period of a key: half-open; 0 for always.
    public static func counts(at time: Int64, from: Int64, until: Int64) -> Bool {
      time >= from && (until == 0 || time < until)
    }
  }
}
