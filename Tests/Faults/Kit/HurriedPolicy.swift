// Owns the shipped policy with ladders that are climbed in seconds: hours are more than a proof on a real broker can wait.
import Kafka
import Policy
import Roles
import Streams

/// The shipped policy, whose teams work at any time and whose clocks run out one step after the other.
public struct HurriedPolicy {
  /// Milliseconds from the opening of a case to its first rung, and from each rung to the next.
  public var step: Int64
  /// How many rungs each ladder keeps.
  public var rungs: Int
  /// Escalations that an owner gets of one task in two steps; the rest comes in a digest.
  public var limit: Int
  /// Milliseconds until a contact that nobody answers is an event; nil for never.
  public var silence: Int64?

  /// Milliseconds that a clock waits for evidence that is on its way.
  public var grace: Int64 = 100

  /// How often the last rung is told again.
  public var repeats: Int32 = 1

  public init(step: Int64, rungs: Int = .max, limit: Int = 10_000, silence: Int64? = nil) {
    self.step = step
    self.rungs = rungs
    self.limit = limit
    self.silence = silence
  }

  /// Publishes what becomes of the policy in `folder`; its epoch.
  @discardableResult
  public func publish(_ folder: String, on log: KafkaLog, prefix: String) throws -> Int64 {
    guard let shipped = PolicyLoader.load(folder: folder).document else {
      throw PolicyFailure(description: "\(folder): the policy does not load")
    }
    let record = PolicyRecord(
      hurried(shipped), files: [], publishedAt: 0, by: "faults", note: "climbed in seconds")
    switch try PolicyTopic(log, prefix: prefix).publish(record) {
    case .published(let epoch), .unchanged(let epoch): return epoch
    }
  }

  private func hurried(_ shipped: PolicyDocument) -> PolicyDocument {
    var document = shipped
    for index in document.teams.indices {
      document.teams[index].calendar = "always"
      document.teams[index].onCall = nil
    }
    for index in document.people.indices { document.people[index].calendar = nil }
    for index in document.ladders.indices {
      document.ladders[index].clocks = document.ladders[index].clocks.map { _ in clocks }
      document.ladders[index].rungs = Array(document.ladders[index].rungs.prefix(rungs))
      for rung in document.ladders[index].rungs.indices
      where document.ladders[index].rungs[rung].after != nil {
        document.ladders[index].rungs[rung].after = .time(step)
      }
      document.ladders[index].start = [0, 0, 0, 0]
      document.ladders[index].repeatEvery = .time(step)
      document.ladders[index].repeatAtMost = repeats
    }
    var cases = document.cases ?? PolicyDocument.Cases()
    cases.rules.evidenceGrace = grace
    cases.rules.escalationLimit = limit
    cases.rules.escalationWindow = 2 * step
    document.cases = cases
    return document
  }

  private var clocks: ClockRules {
    var clocks = ClockRules()
    clocks.acknowledge = .time(step)
    clocks.respond = .time(2 * step)
    clocks.resolve = .time(3 * step)
    clocks.silence = silence.map { .time($0) }
    return clocks
  }
}

/// Why a policy could not be published.
struct PolicyFailure: Error, CustomStringConvertible {
  let description: String
}
