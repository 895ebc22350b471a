// Owns the numbers of cases.yaml: when a case opens, groups, gathers, reopens and closes, and its limits.
import Events

/// Numbers of cases.yaml. Times are milliseconds, elapsed time unless said otherwise.
public struct CaseRules: Sendable, Hashable, Codable {
  public enum GroupBy: String, Sendable, Hashable, CaseIterable, Codable { case journey, cause }
  public enum Unverified: String, Sendable, Hashable, CaseIterable, Codable { case escalate, close }
  /// The weakest priority that opens a case.
  public var openFrom = Priority.p3
  public var deduplicateWindow: Int64 = 7 * 86_400_000
  public var deduplicateAtMost = 64
  public var groupBy: [GroupBy] = [.journey, .cause]
  public var groupWithin: Int64 = 14 * 86_400_000
  public var gatherWithin: Int64 = 3_600_000
  /// Services whose incidents gather what was felt without a site; asked of `CaseworkRules.gathersWithoutSite`.
  public var gatherServices: [String] = []
  public var reopenWithin: Int64 = 30 * 86_400_000
  public var reopenRungs = 1
  /// On the scale 0…10, thousandths.
  public var closeRating: Int64 = 7_000
  public var verifyWithin: Int64 = 7 * 86_400_000
  public var unverified = Unverified.escalate
  /// Working time of the owner.
  public var acknowledgementLease = WorkingDuration.time(8 * 3_600_000)
  public var ownershipLease = WorkingDuration.days(3)
  public var longestSnooze: Int64 = 3 * 86_400_000
  public var longestSilence: Int64 = 7 * 86_400_000
  public var longestWait: Int64 = 14 * 86_400_000
  public var longestPromise: Int64 = 30 * 86_400_000
  public var escalationLimit = 30
  public var escalationWindow: Int64 = 3_600_000
  public var evidenceGrace: Int64 = 30_000
  /// How long a clock waits for what people did while nobody reads it; nil for what policies say that do not say it.
  public var evidenceWait: Int64?
  public var longestEvidenceWait: Int64 { evidenceWait ?? Self.usualEvidenceWait }
  public static let usualEvidenceWait: Int64 = 900_000
  public init() {}
}
