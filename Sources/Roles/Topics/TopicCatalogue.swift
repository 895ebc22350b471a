// Owns which topics a deployment has: names, partitions, compaction and retention, and who reads and
// writes them.
import Events
import Streams

/// A topic of the deployment, by its logical name; the physical one has the deployment's prefix before it.
public enum Topic: String, Sendable, Hashable, CaseIterable {
  case feedback
  case incidents
  case caseUpdates = "case-updates"
  case remedies
  case signals
  case deadLetters = "dead-letters"
  case assignments
  case escalations
  case caseJournal = "case-journal"
  case caseworkChangelog = "casework-changelog"
  case claims
  case delegations
  case delegationChangelog = "delegation-changelog"
  case policies
  case layout

  /// The physical name.
  public func name(prefix: String) -> String { prefix + rawValue }

  /// The contract of the events that come in here from other systems; nil where none do.
  public var eventKind: EventKind? {
    switch self {
    case .feedback: .feedback
    case .incidents: .incident
    case .caseUpdates: .caseUpdate
    case .remedies: .remedy
    case .signals, .deadLetters, .assignments, .escalations, .caseJournal, .caseworkChangelog, .claims,
      .delegations, .delegationChangelog, .policies, .layout:
      nil
    }
  }

  /// The topic that takes events of a contract.
  public init(_ kind: EventKind) {
    switch kind {
    case .feedback: self = .feedback
    case .incident: self = .incidents
    case .caseUpdate: self = .caseUpdates
    case .remedy: self = .remedies
    }
  }
}

/// What a topic has to be like. Configuration values are Kafka's own words, milliseconds and bytes.
public struct TopicSpecification: Sendable, Hashable {
  public var topic: Topic
  public var partitions: Int32
  /// Topic-level settings; what is not named here is the broker's business.
  public var settings: [String: String]
}

/// The topics of a deployment.
public struct TopicCatalogue: Sendable {
  /// The largest event accepted, in bytes. A dead letter holds it whole, its reason beside it.
  public static let largestEvent = 2 << 20
  /// Room for the headers that a dead letter adds.
  public static let deadLetterHeadroom = 64 << 10
  /// The largest record any topic takes.
  public static let largestRecord = largestEvent + deadLetterHeadroom
  /// Milliseconds for which `delegations` keeps its records.
  public static let answersKept: Int64 = 400 * 86_400_000
  /// Partitions of every topic that is read by workers: the ceiling of busy threads a role.
  public static let defaultPartitions: Int32 = 24

  /// Put before every topic, group and transactional id.
  public var prefix: String
  public var partitions: Int32

  public init(prefix: String, partitions: Int32 = TopicCatalogue.defaultPartitions) {
    self.prefix = prefix
    self.partitions = partitions
  }

  /// Every topic, in the order of the stream.
  public var specifications: [TopicSpecification] { Topic.allCases.map(specification(of:)) }

  /// What one topic has to be like.
  public func specification(of topic: Topic) -> TopicSpecification {
    var settings = ["cleanup.policy": "delete"]
    switch topic {
    case .feedback, .incidents, .caseUpdates, .remedies, .signals, .claims:
      // A task's clock is the append time of the record at hand: producers' clocks do not move it.
      settings["message.timestamp.type"] = "LogAppendTime"
      settings["retention.ms"] = String(14 * Self.day)
      settings["max.message.bytes"] = String(Self.largestEvent)
    case .deadLetters:
      // Original bytes with personal data in them: kept for as long as a replay needs, no longer.
      settings["message.timestamp.type"] = "LogAppendTime"
      settings["retention.ms"] = String(7 * Self.day)
      settings["max.message.bytes"] = String(Self.largestRecord)
    case .escalations, .caseJournal:
      // What was told and why, for as long as somebody may ask; keys are pseudonyms.
      settings["message.timestamp.type"] = "LogAppendTime"
      settings["retention.ms"] = String(30 * Self.day)
      settings["max.message.bytes"] = String(Self.largestEvent)
    case .assignments:
      settings = Self.compacted
      // A withdrawal and what follows it have one key: who was away for a day still reads both.
      settings["min.compaction.lag.ms"] = String(Self.day)
      // Who was away for a week still reads that a case is gone.
      settings["delete.retention.ms"] = String(7 * Self.day)
      settings["max.message.bytes"] = String(Self.largestEvent)
    case .delegations:
      // The ledger's movements stand in the answers: for as long as a budget's longest window may ask for them.
      settings["message.timestamp.type"] = "LogAppendTime"
      settings["retention.ms"] = String(Self.answersKept)
      settings["max.message.bytes"] = String(Self.largestEvent)
    case .caseworkChangelog, .delegationChangelog:
      settings = Self.compacted
      // A restore reads all of it: the less is doubled in it, the sooner a task decides again.
      settings["min.cleanable.dirty.ratio"] = "0.1"
      settings["delete.retention.ms"] = String(Self.day / 24)
      settings["max.message.bytes"] = String(Self.largestEvent)
    case .policies:
      // Kept for ever and never compacted: an epoch is an offset, and `policy history` reads them all.
      settings["retention.ms"] = "-1"
      settings["retention.bytes"] = "-1"
      settings["max.message.bytes"] = String(8 << 20)
    case .layout:
      settings["cleanup.policy"] = "compact"
    }
    return TopicSpecification(
      topic: topic, partitions: Self.isSingle(topic) ? 1 : partitions, settings: settings)
  }

  /// Compacted within three days whatever is written, so that what is erased is gone from the disk by then; in small
  /// segments, since the one that is being written is never compacted.
  private static let compacted = [
    "cleanup.policy": "compact",
    "message.timestamp.type": "LogAppendTime",
    "max.compaction.lag.ms": String(3 * day),
    "segment.bytes": String(32 << 20),
  ]

  private static let day = 86_400_000
  static func isSingle(_ topic: Topic) -> Bool { topic == .policies || topic == .layout }
}
