// Owns the count at the end of the demo's week: inputs against decisions, from what is committed and nothing else.
import Events
import Policy
import Roles
import Streams

/// Counts the log. It knows nothing of the world that was played nor of what the workers say they did.
struct Referee: Sendable {
  /// Records that came in, by topic.
  private(set) var inputs: [(topic: Topic, count: Int)] = []
  private(set) var signals = 0
  private(set) var deadLetters = 0
  /// Inputs without a decision.
  private(set) var lost = 0
  /// Decisions beyond the first about the same input.
  private(set) var doubled = 0
  /// Decisions about something that never came in.
  private(set) var unfounded = 0
  /// Feedback and incidents whose owner is none of our own teams, by the policy that decided.
  private(set) var withoutOwner = 0
  /// Feedback and incidents.
  private(set) var assessed = 0
  /// Decisions by the policy's epoch.
  private(set) var byEpoch: [Int64: Int] = [:]
  /// Refusals by their reason.
  private(set) var refusals: [String: Int] = [:]
  /// Pieces of personal data that were taken out of texts.
  private(set) var redactions = 0
  /// The longest that an input waited for its decision, milliseconds of the week's time.
  private(set) var longestWait: Int64 = 0
  let load: TeamLoad

  var total: Int { inputs.reduce(0) { $0 + $1.count } }
  /// Whether the promise was kept.
  var isClean: Bool { lost == 0 && doubled == 0 && unfounded == 0 && withoutOwner == 0 }

  /// - Parameter decisions: all that are committed.
  init(_ log: MemoryLog, _ decisions: [Decision]) throws {
    var open: [Decision.Cause: Int64] = [:]
    for topic in RoleName.intake.sources {
      let name = topic.name(prefix: DemoDeployment.catalogue.prefix)
      let records = log.records(name)
      inputs.append((topic, records.count))
      for record in records {
        open[.init(topic: name, partition: record.partition, offset: record.offset)] = record.timestamp
      }
    }
    let owners = try Self.owners(log)
    var decided: Set<Decision.Cause> = []
    load = TeamLoad(decisions)
    for decision in decisions {
      if decision.topic == .signals { signals += 1 } else { deadLetters += 1 }
      byEpoch[decision.epoch, default: 0] += 1
      if let came = open[decision.cause] {
        if !decided.insert(decision.cause).inserted { doubled += 1 }
        longestWait = max(longestWait, decision.decidedAt - came)
      } else {
        unfounded += 1
      }
      switch decision.outcome {
      case .assessed(let matter, let assessment):
        assessed += 1
        redactions += matter.redactions
        if owners[decision.epoch]?.contains(assessment.owner) != true { withoutOwner += 1 }
      case .joined(let act): redactions += act.redactions
      case .refused(let letter): refusals[letter.reason, default: 0] += 1
      }
    }
    lost = open.count - decided.count
  }

  /// The teams that may own, by epoch: a subcontractor may not.
  private static func owners(_ log: MemoryLog) throws -> [Int64: Set<String>] {
    var owners: [Int64: Set<String>] = [:]
    for policy in try PolicyTopic(log, prefix: DemoDeployment.catalogue.prefix).history() {
      owners[policy.epoch] = Set(
        policy.record.document.teams.filter { $0.subcontractorOf == nil }.map(\.id))
    }
    return owners
  }
}
