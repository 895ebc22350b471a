import Foundation
import Kafka
import Roles
import Streams
import Testing

@Suite struct EmbeddedDeploymentTests {
  @Test func anEmbeddedDeploymentDecidesEventsOverTheRealClient() throws {
    let catalogue = TopicCatalogue(prefix: "try.", partitions: 2)
    let deployment = try EmbeddedDeployment(catalogue, secret: IntakeWorld.secret)
    defer { deployment.close() }
    let log = try KafkaLog(Configuration(bootstrapServers: deployment.bootstrapServers))
    _ = try PolicyTopic(log, prefix: "try.").publish(IntakeWorld.policy())
    var settings = RunSettings(instance: "embedded", secret: IntakeWorld.secret)
    settings.prefix = "try."
    let running = try RunningRoles(log: log, settings: settings) { _ in }
    running.start()

    let appender = try RecordAppender(log, topics: ["try.feedback"], transactionalID: "try.send")
    let event =
      #"{"id":"fb-1","occurredAt":"2026-03-02T07:12:04Z","source":"survey","touchpoint":"wifi","#
      + #""subject":{"kind":"customer","id":"guest-1"},"rating":{"kind":"nps","value":3}}"#
    try appender.append(0, key: Array("guest-1".utf8), value: Array(event.utf8))
    try appender.commit()
    appender.close()

    var owners: [String?] = []
    let end = ContinuousClock.now + .seconds(30)
    try RecordScan(log).follow(
      ["try.signals"], from: .earliest, until: { !owners.isEmpty || ContinuousClock.now > end }
    ) { record in
      if record.isMark { return true }
      owners.append(record.header("owner"))
      return false
    }
    running.drain()
    #expect(running.wait().allSatisfy { $0.state == .stopped })
    #expect(owners == ["it-network"])
  }
}
