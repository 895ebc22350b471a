import Policy
import Roles
import Streams
import Testing

@Suite struct PolicyTopicTests {
  /// A deployment without any policy.
  private func fresh() throws -> (PolicyTopic<MemoryLog>, ManualClock) {
    let clock = ManualClock()
    let log = MemoryLog(clock: clock)
    try log.deploy(TopicCatalogue(prefix: "", partitions: 1), secret: IntakeWorld.secret)
    return (PolicyTopic(log, prefix: ""), clock)
  }

  /// The policy that ships with another team for what nobody thought of.
  private func variant(unrouted: String) throws -> PolicyRecord {
    var record = try IntakeWorld.policy()
    record.document.unrouted.owner = unrouted
    record.revision = record.document.revision
    return record
  }

  @Test func publishingTheSameContentAgainAppendsNothing() throws {
    let (topic, _) = try fresh()
    let first = try topic.publish(try IntakeWorld.policy())
    let second = try topic.publish(try IntakeWorld.policy())
    guard case .published(let epoch) = first else {
      Issue.record("the first policy is published")
      return
    }
    #expect(second == .unchanged(epoch: epoch))
    #expect(try topic.history().count == 1)
  }

  @Test func rollingBackIsPublishingTheOldContentAgain() throws {
    let (topic, _) = try fresh()
    _ = try topic.publish(try IntakeWorld.policy())
    _ = try topic.publish(try variant(unrouted: "front-desk"))
    _ = try topic.publish(try IntakeWorld.policy())
    let history = try topic.history()
    #expect(history.count == 3)
    #expect(history.first?.record.revision == history.last?.record.revision)
    #expect(history.map(\.epoch) == history.map(\.epoch).sorted())
  }

  @Test func aPolicyInWhichABudgetMovesIsRefusedAndNothingIsAppended() throws {
    let (topic, _) = try fresh()
    _ = try topic.publish(try IntakeWorld.policy())
    var record = try variant(unrouted: "front-desk")
    record.document.delegation?.budgets[0].root = "site/lyon-2"
    record.revision = record.document.revision
    #expect(throws: PolicyRefusal.self) { try topic.publish(record) }
    #expect(try topic.history().count == 1)
  }

  @Test func thePolicyOfATimeIsTheLastOnePublishedBefore() throws {
    let (topic, clock) = try fresh()
    _ = try topic.publish(try IntakeWorld.policy())
    let between = clock.now
    clock.advance(milliseconds: 1_000)
    _ = try topic.publish(try variant(unrouted: "front-desk"))
    #expect(try topic.inForce(at: between)?.record.document.unrouted.owner == "customer-care")
    #expect(try topic.inForce()?.record.document.unrouted.owner == "front-desk")
    #expect(try topic.inForce(at: between - 10_000) == nil)
  }

  @Test func aRecordThatIsNoPolicyStopsThoseWhoReadTheTopic() throws {
    let clock = ManualClock()
    let log = MemoryLog(clock: clock)
    try log.deploy(TopicCatalogue(prefix: "", partitions: 1), secret: IntakeWorld.secret)
    try log.pipe("policies", "{}")
    #expect(throws: PolicyRecordError.self) { try PolicyTopic(log, prefix: "").history() }
  }
}
