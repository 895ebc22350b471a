// Owns `bench timers`: a hundred thousand timers that are due at once, and how long records wait meanwhile.
import Console
import FaultKit
import Foundation
import Kafka
import Roles
import Streams

enum TimersCommand {
  static let timers = Option<Int>.integer(
    "timers", nil, "N", "Cases whose first rung is due at once.", in: 100...10_000_000, default: 100_000)
  static let rate = Option<Int>.integer(
    "rate", nil, "N", "Signals a second meanwhile.", in: 10...100_000, default: 2_000)

  static let command = Command(
    "timers", "drain a hundred thousand timers that are due at once, while signals keep coming",
    details: [
      "CASEWORK opens the cases and stops; it starts again once the first rung of every case is due, as after a long "
        + "sleep, and from then on signals come at a rate. Every rung is published: no limit holds any back. Told are the "
        + "longest time between two commits with decided signals, and how old a signal is when its journal record can be "
        + "read, from the start of the worker on."
    ],
    options: [OptionGroup("Options", [timers.spec, rate.spec, Common.seconds.spec])],
    body: { invocation, terminal in
      let broker = try BenchBroker()
      defer { broker.close() }
      let count = invocation[timers]
      let world = try CaseworkWorld(on: broker)
      // Time enough to open them all.
      let step = Int64(max(60_000, count))
      try HurriedPolicy(step: step, rungs: 1, limit: .max).publish(
        IntakeWorld.policyFolder, on: KafkaLog(broker.configuration), prefix: world.deployment.prefix)
      let opener = try world.sender(subjects: count, isPaced: false)
      try opener.send(count) { .feedback($0) }
      let before = try world.startCasework(records: world.count(.signals)).finish(WorkerFigures.self)
      guard before.timersFired == 0 else {
        throw BenchFailure(
          "opening took so long that \(before.timersFired) timers fired meanwhile: use fewer")
      }
      // Beyond the rung of the case that was opened last, and its grace.
      Thread.sleep(forTimeInterval: Double(step) / 1000 + 2)
      let (rate, seconds) = (invocation[rate], invocation[Common.seconds])
      let sender = try world.sender(subjects: count, isPaced: true)
      let (ages, figures) = try Latency.measure(
        Topic.caseJournal.name(prefix: world.deployment.prefix), of: broker, capacity: rate * seconds,
        warmUp: 0
      ) {
        try world.startCasework(records: 0)
      } sending: {
        try sender.send(rate * seconds, rate: rate)
      }
      try report(ages, figures, rate: rate).print(to: terminal)
      try world.remove()
      return .success
    })

  private static func report(_ ages: Latency.Ages, _ figures: WorkerFigures, rate: Int) -> Report {
    var report = Report("timers", columns: ["", "", ""])
    func row(_ title: String, _ name: String, _ value: Double, _ goal: String = "") {
      report.figure(name, value)
      report.row([title, value.text(value >= 1000 ? 0 : 1), goal])
    }
    let stall = Double(figures.longestGapMicroseconds) / 1000
    row("timers fired", "timers", Double(figures.timersFired))
    row("seconds until the last of the due ones", "seconds", Double(figures.drainMicroseconds) / 1e6)
    row("signals a second meanwhile", "rate", Double(rate))
    row("signals measured", "signals", Double(ages.count))
    row("longest time without a decided signal, ms", "stall", stall, Common.goal("250 or less", stall <= 250))
    row("age of signals, p50, ms", "p50", ages.p50)
    row("p99, ms", "p99", ages.p99)
    row("largest, ms", "largest", ages.largest)
    return report
  }
}
