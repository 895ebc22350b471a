import Kafka
import Roles
import Streams
import Testing

@Suite struct DeploymentPlanTests {
  private let catalogue = TopicCatalogue(prefix: "acme.", partitions: 3)
  private var layout: Layout { Layout(catalogue: catalogue, keyVersion: 1, secretFingerprint: "f00d") }

  /// A cluster that has everything the catalogue asks for.
  private var complete: DeploymentSurvey {
    var found = DeploymentSurvey()
    for topic in catalogue.specifications {
      found.topics[topic.topic.name(prefix: "acme.")] = ExistingTopic(
        partitions: topic.partitions, settings: topic.settings)
    }
    found.layout = layout
    for role in RoleName.allCases {
      found.started[role] = Set(
        role.sources.flatMap { topic in
          (0..<3).map { TopicPartition(topic: topic.name(prefix: "acme."), partition: $0) }
        })
    }
    return found
  }

  @Test func anEmptyClusterGetsEverything() {
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: DeploymentSurvey())
    #expect(plan.topics.steps.count == Topic.allCases.count)
    #expect(plan.layout == .record(layout))
    #expect(plan.starts[.intake]?.count == 12)
    #expect(!plan.hasConflicts)
  }

  @Test func aClusterThatHasEverythingGetsNothing() {
    #expect(DeploymentPlan(catalogue: catalogue, layout: layout, found: complete).isEmpty)
  }

  @Test func anotherPartitionCountIsAConflictAndNeverAStep() {
    var found = complete
    found.topics["acme.signals"]?.partitions = 4
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
    #expect(plan.topics.steps.isEmpty)
    #expect(plan.topics.conflicts.map(\.name) == ["acme.signals"])
    #expect(plan.topics.conflicts.first?.description.contains("--partitions 4") == true)
  }

  @Test func aSettingThatDiffersIsSetAndNamedWithItsOldValue() {
    var found = complete
    found.topics["acme.policies"]?.settings["retention.ms"] = "604800000"
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
    #expect(
      plan.topics.steps == [
        .configure(
          name: "acme.policies",
          changes: [.init(setting: "retention.ms", now: "604800000", wanted: "-1")])
      ])
  }

  @Test func aSecretOfAnotherDeploymentIsAConflict() {
    var found = complete
    found.layout?.secretFingerprint = "beef"
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
    guard case .conflict(let differences) = plan.layout else {
      Issue.record("expected a conflict")
      return
    }
    #expect(differences.count == 1)
    #expect(differences.first?.contains("ANSWERABLE_SECRET") == true)
  }

  @Test func topicsOfALaterVersionAreAddedAndTheFingerprintStays() throws {
    var found = complete
    let new: [Topic] = [.assignments, .escalations, .caseJournal, .caseworkChangelog]
    for topic in new {
      found.topics["acme.\(topic.rawValue)"] = nil
      found.layout?.partitions[topic.rawValue] = nil
    }
    found.started[.casework] = nil
    let recorded = try #require(found.layout)
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
    #expect(!plan.hasConflicts)
    #expect(plan.layout == .extend(layout, with: new.map(\.rawValue).sorted()))
    #expect(plan.topics.steps.count == new.count)
    #expect(plan.starts[.casework]?.count == 3)
    #expect(plan.starts[.intake] == nil)
    #expect(layout.fingerprint == recorded.fingerprint)
  }

  @Test func aNewTopicWithAnotherCountThanTheDeploymentsIsAConflict() {
    var found = complete
    found.layout?.partitions["assignments"] = nil
    var here = layout
    here.partitions["assignments"] = 4
    let plan = DeploymentPlan(catalogue: catalogue, layout: here, found: found)
    #expect(
      plan.layout
        == .conflict(["topic assignments: 4 partitions here, new topics of this deployment have 3"]))
  }

  @Test func aTopicThatOnlyALaterVersionKnowsIsNoDifference() {
    var recorded = layout
    recorded.partitions["indicators"] = 3
    #expect(layout.differences(from: recorded).isEmpty)
  }

  @Test func aTopicThatIsRecordedAndGoneIsADifference() {
    var here = layout
    here.partitions["assignments"] = nil
    #expect(here.differences(from: layout) == ["topic assignments: no partitions here, 3 recorded"])
  }

  @Test func onlyPartitionsWithoutAStartPositionGetOne() {
    var found = complete
    let missing = TopicPartition(topic: "acme.feedback", partition: 2)
    found.started[.intake]?.remove(missing)
    let plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
    #expect(plan.starts == [.intake: [missing]])
  }

  @Test func aLayoutSurvivesItsRecord() throws {
    #expect(try Layout(decoding: layout.encode()) == layout)
  }

  @Test func aLayoutOfALaterFormatIsRefused() throws {
    let text = String(decoding: try layout.encode(), as: UTF8.self)
      .replacing("\"format\":1", with: "\"format\":2")
    #expect(throws: LayoutError.self) { try Layout(decoding: Array(text.utf8)) }
  }

  @Test func twoLayoutsThatDifferHaveDifferentFingerprints() {
    var other = layout
    other.partitions["signals"] = 4
    #expect(other.fingerprint != layout.fingerprint)
    #expect(layout.fingerprint.count == 16)
  }
}
