import Foundation
import Kafka
import Privacy
import Roles
import Secrets
import Streams
import Testing

@Suite(.realBroker) struct DeploymentTests {
  private let secret = Secret("a secret for tests only, long enough")

  private func layout(_ catalogue: TopicCatalogue) throws -> Layout {
    Layout(
      catalogue: catalogue, keyVersion: Int(SubjectKeyMaker.keyVersion),
      secretFingerprint: try SubjectKeyMaker(secret: secret).fingerprint())
  }

  /// Applies a fresh deployment and returns its catalogue.
  private func deployed(_ partitions: Int32 = 3) throws -> (TopicCatalogue, DeploymentSetup) {
    let catalogue = TopicCatalogue(prefix: TestBroker.unique("deploy") + ".", partitions: partitions)
    let setup = DeploymentSetup(try TestBroker.configuration(), catalogue)
    let plan = DeploymentPlan(
      catalogue: catalogue, layout: try layout(catalogue), found: try setup.survey())
    try setup.apply(
      plan, layout: layout(catalogue), from: .earliest, replicationFactor: 1, report: { _ in })
    return (catalogue, setup)
  }

  @Test func afterAnApplyThePlanIsEmpty() throws {
    let (catalogue, setup) = try deployed()
    let plan = DeploymentPlan(
      catalogue: catalogue, layout: try layout(catalogue), found: try setup.survey())
    #expect(plan.topics.steps == [])
    #expect(plan.isEmpty, "\(plan)")
  }

  @Test func workersWithAnotherSecretRefuseToStart() throws {
    let (catalogue, _) = try deployed()
    var settings = RunSettings(instance: "other", secret: Secret("quite another secret, also long enough"))
    settings.prefix = catalogue.prefix
    let log = try KafkaLog(TestBroker.configuration())
    #expect {
      _ = try RunningRoles(log: log, settings: settings) { _ in }
    } throws: { error in
      "\(error)".contains("ANSWERABLE_SECRET")
    }
  }

  @Test func workersRefuseADeploymentThatWasNeverLaidOut() throws {
    var settings = RunSettings(instance: "first", secret: secret)
    settings.prefix = TestBroker.unique("nothing") + "."
    let log = try KafkaLog(TestBroker.configuration())
    #expect {
      _ = try RunningRoles(log: log, settings: settings) { _ in }
    } throws: { error in
      "\(error)".contains("topics apply")
    }
  }

  @Test func aSecondDeploymentWithOtherPartitionsIsAConflict() throws {
    let (catalogue, _) = try deployed()
    let wider = TopicCatalogue(prefix: catalogue.prefix, partitions: 5)
    let setup = DeploymentSetup(try TestBroker.configuration(), wider)
    let plan = DeploymentPlan(catalogue: wider, layout: try layout(wider), found: try setup.survey())
    #expect(plan.hasConflicts)
    #expect(throws: LayoutError.self) {
      try setup.apply(plan, layout: layout(wider), from: .earliest, report: { _ in })
    }
  }
}
