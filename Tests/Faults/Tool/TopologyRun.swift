// Owns the run of the topology: the week again and again, each time in deployments of its own, until there were faults
// enough; and what it came to.
import BrokerSupport
import Console
import DecisionKit
import FaultKit
import Foundation

/// What workers do while they are disturbed.
enum WorkloadWord: String, CaseIterable, Sendable {
  case intake, topology, delegation
  case lastEuro = "last-euro"
}

func runTopology(_ invocation: Invocation, _ terminal: Terminal, home: String) throws -> ExitCode {
  guard invocation[only] != .killBroker, invocation[brokers] == 1 else {
    throw UsageError("--workload topology has one broker, which no fault hits", command: "faults")
  }
  let cluster = try BrokerCluster(home: home, nodes: 1)
  defer { cluster.remove() }
  let folder = try WorkerFolder(keepsLogs: invocation[keep], terminal)
  defer { folder.close() }
  var dice = dice(invocation, brokers: 1)
  var report = FaultReport()
  var sums = TopologySums()
  var act = 0
  while report.count < invocation[rounds] {
    act += 1
    var settings = TopologyProof.Settings(
      brokers: cluster.bootstrapServers, policy: invocation[policy], events: invocation[events],
      folder: folder.url,
      prefix: "week-\(act).")
    settings.workers = invocation[workers]
    settings.rate = invocation[others]
    // Long enough for a dozen faults in each half.
    (settings.weekSeconds, settings.eveningSeconds) = (75, 75)
    let verdict = try TopologyProof(settings).run(&dice) { round in
      report.add(round)
      terminal.out.line("\(report.count)  \(FaultReport.line(round))")
      terminal.out.flush()
    }
    sums.add(verdict)
    let times = verdict.durations.map(FaultReport.seconds).joined(separator: " s and ")
    terminal.out.line(
      "week \(act), in \(times) s: \(verdict.comparison.same) decisions the same, "
        + "\(verdict.faults.count) otherwise")
    for fault in verdict.faults.prefix(10) { terminal.out.line(fault) }
    terminal.out.flush()
  }
  report.printTimes(to: terminal.out)
  sums.print(to: terminal.out)
  return sums.faults == 0 ? .success : .negative
}

/// What all weeks come to.
private struct TopologySums {
  private var weeks = 0
  private var counts: [Int] = Array(repeating: 0, count: Decisions.topics.count)
  private var (same, lost, doubled, different, gaveUp) = (0, 0, 0, 0, 0)
  private(set) var faults = 0

  mutating func add(_ verdict: TopologyProof.Verdict) {
    weeks += 1
    for (index, topic) in Decisions.topics.enumerated() { counts[index] += verdict.disturbed.count(topic) }
    same += verdict.comparison.same
    lost += verdict.comparison.lost + verdict.inputs.lost.count
    doubled += verdict.comparison.doubled + verdict.inputs.doubled.count
    different += verdict.comparison.different
    gaveUp += verdict.gaveUp
    faults += verdict.faults.count
  }

  func print(to stream: TextStream) {
    let decided = zip(Decisions.topics, counts).map { "\($0.rawValue) \($1)" }
    stream.line("weeks \(weeks): \(decided.joined(separator: ", "))")
    stream.line("the same \(same), lost \(lost), doubled \(doubled), different \(different)")
    stream.line(
      "other faults \(faults - lost - doubled - different) (gaps of the journal, audits that prove nothing)")
    if gaveUp > 0 { stream.line("workers that gave up and were started again: \(gaveUp)") }
  }
}
