// Owns CASEWORK as `answerable run casework` runs it, with default settings, and what it measures of itself.
import Console
import Foundation
import Kafka
import Roles
import Streams

enum CaseworkWorker {
  static let command = Command(
    "casework-worker", "one CASEWORK worker, as `casework` starts it",
    options: [
      OptionGroup("Options", [Common.brokers.spec, IntakeWorker.prefix.spec, IntakeWorker.records.spec])
    ],
    body: { invocation, terminal in
      var configuration = Configuration(
        bootstrapServers: invocation[Common.brokers].split(separator: ",").map(String.init))
      // As the command sets it.
      configuration.producer.messageMaxBytes = TopicCatalogue.largestRecord + (4 << 10)
      let meter = WorkerMeter(expected: 0, partitions: Int(IntakeWorld.partitions))
      var settings = RunSettings(instance: "bench", secret: IntakeWorld.secret)
      settings.prefix = invocation[IntakeWorker.prefix]
      settings.roles = [.casework]
      let running = try RunningRoles(
        log: KafkaLog(configuration), settings: settings
      ) { meter.take($0) }
      running.start()
      ChildSide.whenToldToStop { meter.stop() }
      let records = Int64(invocation[IntakeWorker.records])
      if records > 0 {
        Thread.detachNewThread {
          waitUntilDrained(running, meter, records)
          meter.stop()
        }
      }
      meter.wait()
      var figures = meter.figures
      let tasks = running.snapshot()[.casework]?.flatMap(\.tasks) ?? []
      figures.entries = Int64(tasks.reduce(0) { $0 + $1.entries })
      figures.timers = Int64(tasks.reduce(0) { $0 + $1.timers })
      figures.stateBytes = Int64(tasks.reduce(0) { $0 + $1.stateBytes })
      running.drain()
      for end in running.wait() where end.state != .stopped { throw BenchFailure("\(end.state)") }
      try ChildSide.say(figures)
      return .success
    })

  /// Until so many records are handled, and what it told itself meanwhile.
  private static func waitUntilDrained(
    _ running: RunningRoles<KafkaLog>, _ meter: WorkerMeter, _ records: Int64
  ) {
    var calm = 0
    while calm < 5 {
      Thread.sleep(forTimeInterval: 0.2)
      let tasks = running.snapshot()[.casework]?.flatMap(\.tasks) ?? []
      let isDone = meter.figures.records >= records && tasks.allSatisfy { $0.lag == 0 }
      calm = isDone ? calm + 1 : 0
    }
  }
}
