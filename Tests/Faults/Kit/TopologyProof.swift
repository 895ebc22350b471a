// Owns the proof that faults change no decision: the sample week in two deployments side by side, one left in peace, one
// whose workers are killed, frozen and drained throughout; then what both decided is compared.
import BrokerSupport
import DecisionKit
import Foundation
import Kafka
import Roles
import Streams

/// First the week is played by the shipped policy, whose clocks are longer than the play. Then the same feedback comes of
/// other customers, by a policy whose ladders are climbed in seconds, and nobody moves. All the while others come in at a
/// steady rate, so that each partition has something to decide.
package final class TopologyProof {
  package struct Settings: Sendable {
    package var brokers: [String]
    package var policy: String
    package var events: String
    package var folder: URL
    /// Begins the names of all topics.
    package var prefix: String
    package var partitions = 4
    package var workers = 3
    /// Others a second, in each deployment.
    package var rate = 20
    /// How much of the week is played: that many waves of events, from its beginning.
    package var waves = Int.max
    /// For how long others come in at least, in seconds: during the week, and during the evening.
    package var weekSeconds = 40
    /// No evening is played where it has no seconds.
    package var eveningSeconds = 60
    /// Milliseconds between two rungs: longer than a recovery takes and intake may be behind after it, or rungs would be
    /// skipped, as they have to be.
    package var step: Int64 = 30_000
    package var rungs = 2

    package init(brokers: [String], policy: String, events: String, folder: URL, prefix: String) {
      self.brokers = brokers
      self.policy = policy
      self.events = events
      self.folder = folder
      self.prefix = prefix
    }
  }

  package struct Verdict: Sendable {
    package var rounds: [Round] = []
    package var gaveUp = 0
    /// How long the week and the evening took.
    package var durations: [Duration] = []
    package var undisturbed = Decisions()
    package var disturbed = Decisions()
    package var comparison: DecisionComparison
    /// Of the disturbed deployment.
    package var inputs: Referee.Finding
    /// What `answerable audit` said of each, where it did not prove it.
    package var doubts: [String] = []

    /// Everything that is wrong, as text; empty when nothing is.
    package var faults: [String] {
      comparison.differences.map(\.description) + doubts
        + undisturbed.gaps.map { "undisturbed: \($0)" } + disturbed.gaps.map { "disturbed: \($0)" }
        + inputs.lost.map { "no decision about \($0)" } + inputs.doubled.map { "two decisions about \($0)" }
        + inputs.invented.map { "a decision without an input: \($0)" }
    }
  }

  private static let roles = RoleName.allCases.map(\.rawValue)

  private let settings: Settings
  private let log: KafkaLog
  private let week: SampleWeek
  private let calm: Stage
  private let stormy: Stage
  private var rounds: [Round] = []
  private var durations: [Duration] = []

  /// Makes both deployments.
  package init(_ settings: Settings) throws {
    self.settings = settings
    log = try KafkaLog(Configuration(bootstrapServers: settings.brokers))
    week = try SampleWeek(settings.events, until: Date(timeIntervalSinceNow: 7_200))
    calm = try Stage("calm", settings, log)
    stormy = try Stage("storm", settings, log)
  }

  /// Plays, with a fault after the other from `dice`, and compares. `tell` hears of each fault.
  package func run(_ dice: inout FaultDice, tell: (Round) -> Void = { _ in }) throws -> Verdict {
    let peaceful = try WorkerProcess(
      ["run"] + Self.roles + ["--json", "--listen", "off"], environment: calm.environment,
      folder: settings.folder, name: "\(calm.prefix)worker")
    let watch = CommitWatch(log: log, prefix: stormy.prefix)
    var shape = Storm.Settings(roles: Self.roles, workers: settings.workers)
    shape.steady = [Topic.feedback, .signals].map { $0.name(prefix: stormy.prefix) }
    let storm = try Storm(
      shape, environment: stormy.environment, folder: settings.folder, nodes: [], watch: watch)
    defer {
      storm.end()
      watch.stop()
    }
    try storm.waitForAll(seconds: 60, for: "every worker to take part") { !peaceful.assignment.isEmpty }
    SteadyDuty(policy: settings.policy).wait(seconds: 2 * settings.weekSeconds)
    try play(
      Array(week.waves.prefix(settings.waves)), settings.weekSeconds, WalkIn.returning, storm, &dice, tell)

    let epoch = settings.eveningSeconds > 0 ? try playEvening(storm, &dice, tell) : nil
    let verdict = try judge(storm, epoch)
    storm.calm()
    peaceful.send(SIGTERM)
    _ = peaceful.wait(seconds: 15)
    return verdict
  }

  /// Has ladders climbed in seconds; returns the epoch of the policy that does.
  private func playEvening(
    _ storm: Storm, _ dice: inout FaultDice, _ tell: (Round) -> Void
  ) throws -> Int64 {
    // Between two faults: whoever decides by now decides by the new policy.
    var policy = HurriedPolicy(step: settings.step, rungs: settings.rungs)
    (policy.grace, policy.repeats) = (1_000, 0)
    var epoch: Int64 = 0
    for stage in [calm, stormy] { epoch = try policy.publish(settings.policy, on: log, prefix: stage.prefix) }
    Thread.sleep(forTimeInterval: 3)
    try play(week.evening, settings.eveningSeconds, WalkIn.passing, storm, &dice, tell)
    return epoch
  }

  /// Plays in both deployments at once, and has faults in one of them until it has all been played there, and for
  /// `seconds` at least. Others come in all the while, as many in one as in the other.
  private func play(
    _ waves: [[SampleWeek.Event]], _ seconds: Int, _ others: @escaping EventLoad.Make, _ storm: Storm,
    _ dice: inout FaultDice, _ tell: (Round) -> Void
  ) throws {
    let begin = ContinuousClock.now
    defer { durations.append(ContinuousClock.now - begin) }
    let stages = [calm, stormy]
    let loads = try stages.map {
      try EventLoad(log: log, prefix: $0.prefix, rate: settings.rate, make: others)
    }
    defer { for load in loads { _ = try? load.stop() } }
    let plays = stages.map { stage in Errand { try stage.player.play(waves) } }
    while !plays.allSatisfy(\.isDone) || ContinuousClock.now - begin < .seconds(seconds) {
      let round = try storm.round(dice.fault())
      rounds.append(round)
      tell(round)
      usleep(UInt32(dice.pause()) * 1000)
    }
    for play in plays { try play.wait() }
    let count = loads.map(\.count).max() ?? 0
    for load in loads { load.end(at: count + settings.rate) }
    for load in loads { _ = try load.finish() }
    for stage in stages { try stage.player.settle(seconds: 120) }
  }

  /// Waits until every ladder of that epoch has ended in both, or should have, and judges.
  private func judge(_ storm: Storm, _ epoch: Int64?) throws -> Verdict {
    let end = ContinuousClock.now + .milliseconds(settings.step * Int64(settings.rungs + 2)) + .seconds(30)
    var (undisturbed, disturbed) = (Decisions(), Decisions())
    repeat {
      Thread.sleep(forTimeInterval: 1)
      try storm.supervise()
      undisturbed = try Decisions(log, prefix: calm.prefix)
      disturbed = try Decisions(log, prefix: stormy.prefix)
    } while epoch.map { !(undisturbed.hasEnded($0) && disturbed.hasEnded($0)) } ?? false
      && ContinuousClock.now < end
    var verdict = Verdict(
      comparison: DecisionComparison(undisturbed: undisturbed, disturbed: disturbed),
      inputs: try Referee(log: log, prefix: stormy.prefix).settle(seconds: 30))
    (verdict.undisturbed, verdict.disturbed) = (undisturbed, disturbed)
    (verdict.rounds, verdict.durations, verdict.gaveUp) = (rounds, durations, storm.gaveUp)
    for stage in [calm, stormy] {
      let audit = try Tool(
        Tool.answerable, ["audit"], environment: stage.environment, folder: settings.folder, seconds: 120)
      if audit.status != 0 || !audit.out.contains("proven") { verdict.doubts.append(audit.story) }
    }
    return verdict
  }
}

extension Decisions {
  /// Whether each case that was opened under an epoch has come to the end of its ladder.
  fileprivate func hasEnded(_ epoch: Int64) -> Bool {
    func count(_ topic: Topic, _ word: String) -> Int {
      sequences.filter { $0.key.topic == topic }.values.joined().count {
        $0.contains(word) && $0.contains(#""epoch":\#(epoch)"#)
      }
    }
    let opened = count(.caseJournal, #""decision":"opened""#)
    return opened > 0 && count(.escalations, #""type":"ladder-exhausted""#) >= opened
  }
}

/// One of the two deployments.
private struct Stage: Sendable {
  let prefix: String
  let environment: [String: String]
  let player: WeekPlayer

  init(_ name: String, _ settings: TopologyProof.Settings, _ log: KafkaLog) throws {
    prefix = "\(settings.prefix)\(name)."
    environment = [
      "ANSWERABLE_BROKERS": settings.brokers.joined(separator: ","), "ANSWERABLE_PREFIX": prefix,
      "ANSWERABLE_SECRET": SampleWeek.secret, "ANSWERABLE_SESSION_TIMEOUT": "\(Storm.sessionSeconds)s",
    ]
    for words in [
      ["topics", "apply", "--partitions", "\(settings.partitions)"], ["policy", "publish", settings.policy],
    ] { try WorkerProcess.run(words, environment: environment, folder: settings.folder) }
    player = WeekPlayer(log: log, prefix: prefix, others: WalkIn.prefixes)
  }
}

/// Others who come in while the week is played. They have no place, so that nothing gathers them.
private enum WalkIn {
  static let prefixes = ["walk-in-", "passing-"]

  /// Three contacts each, of every mood; one in 50 is broken.
  static let returning: EventLoad.Make = { number in
    number % 50 == 7
      ? (0, "walk-in-\(number / 3)", #"{"id":"walk-in-\#(number)","occurredAt":"#)
      : event(id: "walk-in-\(number)", subject: "walk-in-\(number / 3)", rating: number * 7 % 11)
  }

  /// Once, and content.
  static let passing: EventLoad.Make = { number in
    event(id: "passing-\(number)", subject: "passing-\(number)", rating: 10)
  }

  private static func event(id: String, subject: String, rating: Int) -> (Int, String, String) {
    (
      0, subject,
      #"{"id":"\#(id)","occurredAt":"2026-03-02T08:00:00Z","source":"load","touchpoint":"invoice","subject":"#
        + #"{"kind":"customer","id":"\#(subject)"},"rating":{"kind":"nps","value":\#(rating)}}"#
    )
  }
}
