// Owns the sweep of the saga: each story is played once for each call of each transaction and each mishap there, and has
// to come to what it comes to when it is left in peace.
import DecisionKit
import Delegation
import Streams

/// Plays stories.
package struct SagaSweep: Sendable {
  package let stories: [SagaStory]
  private let topology: Topology
  private let bug: PlantedBug?

  /// What a story comes to in peace, and the calls it takes.
  package struct Calm: Sendable {
    package let story: SagaStory
    /// Of every transaction of every role.
    package let calls: [SagaCall]
    /// Records that the log holds of its roles, state among them, and commits that its workers told of.
    package let published: Int
    package let commits: Int
    let end: End
  }

  /// What is left of a story.
  struct End: Sendable {
    var decisions: Decisions
    var accounts: [String: Ledger.Account]
    var answers: [String]
  }

  /// - Parameter bug: Planted in every world but the calm ones.
  package init(bug: PlantedBug? = nil) throws {
    self.bug = bug
    topology = try Topology(SagaStory.policies)
    let keys = try CaseStories(secret: Topology.secret).keys
    stories = SagaStory.all("\(keys["customer guest-0"] ?? "")-1")
  }

  /// Plays a story in peace.
  package func calm(_ story: SagaStory) throws -> Calm {
    var counts: [SagaCall: Int] = [:]
    let world = try world(nil)
    world.heard = { worker, call in
      guard SagaCall.kinds.contains(call) else { return }
      counts[SagaCall(role: worker, call: call, number: 0), default: 0] += 1
    }
    let end = try play(story, world)
    guard end.answers == story.answers else {
      throw Finding(.differs, "\(story) comes to \(end.answers), expected \(story.answers)")
    }
    let calls = counts.flatMap { kind, count in
      (1...count).map { SagaCall(role: kind.role, call: kind.call, number: $0) }
    }
    let topics = Set(
      world.roles.flatMap {
        $0.definition.outputs + [$0.definition.changelog, $0.definition.deadLetters].compactMap(\.self)
      })
    return Calm(
      story: story, calls: calls.sorted(),
      published: topics.reduce(0) { $0 + world.log.records($1, .readUncommitted).count },
      commits: world.reports.coverage[.commits], end: end)
  }

  /// Plays a story in which something befalls one call. Nil when it comes to the same.
  package func disturb(_ calm: Calm, at call: SagaCall, _ mishap: SagaMishap) throws -> Finding? {
    let world = try world(bug)
    var isStruck = false
    world.struck = { _ in isStruck = true }
    world.arm(
      call.role, mishap.action(at: call.call),
      at: Moment(edge: mishap.edge, call: call.call, count: call.number))
    do throws(Finding) {
      let end = try play(calm.story, world)
      guard isStruck else { throw Finding(.stopped, "it never came to that call") }
      try compare(end, calm.end)
      return nil
    } catch {
      return Finding(error.kind, "\(calm.story); \(call): \(mishap.rawValue): \(error.reason)")
    }
  }

  private func world(_ bug: PlantedBug?) throws -> World<Topology> {
    try World(topology, bug: bug) {
      $0.roles = 3
      $0.pace = 20
      $0.commitInterval = 1
      $0.sessionTimeout = 1_000
    }
  }

  private func play(_ story: SagaStory, _ world: World<Topology>) throws(Finding) -> End {
    func rest(_ when: String) throws(Finding) {
      do {
        if let reason = try world.settle() { throw Finding(.pending, "\(when): \(reason)") }
      } catch let finding as Finding {
        throw finding
      } catch {
        throw Finding(.stopped, "\(error)")
      }
    }
    let start = world.clock.now
    try rest("before anything happened")
    for (number, step) in story.steps.enumerated() {
      world.clock.advance(to: start + 60_000 + step.at)
      do {
        switch step.event {
        case .send(let topic, let key, let value):
          try world.feed([Input(turn: world.turn, topic: topic, key: key, value: value)])
        case .policy: try world.publish()
        case .wait: break
        }
      } catch {
        throw Finding(.stopped, "\(error)")
      }
      try rest("after step \(number)")
    }
    if let stopped = world.reports.stopped.first { throw Finding(.stopped, stopped) }
    world.log.settle()
    _ = try topology.judge(world.log, world.scenario)
    return try end(of: world.log)
  }

  private func end(of log: MemoryLog) throws(Finding) -> End {
    let ledger = try BudgetLaw(log).ledger()
    let decisions: Decisions
    do { decisions = try Decisions(log, prefix: "") } catch { throw Finding(.stopped, "\(error)") }
    let answers = log.records("delegations").compactMap { $0.header("answer") }
    return End(decisions: decisions, accounts: ledger.accounts, answers: answers)
  }

  private func compare(_ found: End, _ expected: End) throws(Finding) {
    guard found.accounts == expected.accounts else {
      throw Finding(.differs, "budgets come to \(found.accounts), expected \(expected.accounts)")
    }
    let comparison = DecisionComparison(undisturbed: expected.decisions, disturbed: found.decisions)
    guard let difference = comparison.differences.first else { return }
    let kind: Finding.Class =
      switch difference.kind {
      case .lost: .lost
      case .doubled: .doubled
      case .different, .reordered: .differs
      }
    throw Finding(kind, "\(difference)")
  }
}
