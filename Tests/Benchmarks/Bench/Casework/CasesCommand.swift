// Owns `bench cases`: a million open cases and their subjects, written by CASEWORK, and brought back by a new process
// from a changelog that holds every version of them.
import Console
import Roles

enum CasesCommand {
  static let cases = Option<Int>.integer(
    "cases", nil, "N", "Open cases, one of each subject.", in: 1_000...20_000_000, default: 1_000_000)

  static let command = Command(
    "cases", "hold a million open cases with their subjects, and restore them from a dirty changelog",
    details: [
      "Each of as many customers says something that opens a case, and the same again; half of the cases are then worked "
        + "on. CASEWORK decides all of it on one thread and four partitions; no version of anything is compacted away. "
        + "Then new processes restore it: from the assignment of the partitions until the last of them decides."
    ],
    options: [OptionGroup("Options", [cases.spec, Common.rounds.spec])],
    body: { invocation, terminal in
      let broker = try BenchBroker()
      defer { broker.close() }
      let count = invocation[cases]
      let world = try CaseworkWorld(on: broker)
      try world.keepChangelog()
      let sender = try world.sender(subjects: count, isPaced: false)
      try sender.send(count * 2 + count / 2) { $0 < count * 2 ? .feedback($0 % count) : .act($0 % count) }
      let writer = try world.startCasework(records: world.count(.signals)).finish(WorkerFigures.self)
      guard writer.opened >= Int64(count) else {
        throw BenchFailure("only \(writer.opened) cases were opened, not \(count)")
      }
      var found: [WorkerFigures] = []
      for _ in 0..<invocation[Common.rounds] {
        let child = try world.startCasework(records: 0)
        try child.waitUntilReady()
        let figures = try child.stop(WorkerFigures.self)
        guard figures.entries == writer.entries, figures.timers == writer.timers else {
          throw BenchFailure(
            "\(figures.entries) entries and \(figures.timers) timers were restored, not \(writer.entries) and "
              + "\(writer.timers)")
        }
        found.append(figures)
      }
      try report(found, opened: writer.opened).print(to: terminal)
      try world.remove()
      return .success
    })

  private static func report(_ found: [WorkerFigures], opened: Int64) -> Report {
    var report = Report("cases", columns: ["", "median", "worst", ""])
    func row(
      _ title: String, _ name: String, _ digits: Int, goal: (Double) -> String = { _ in "" },
      _ value: (WorkerFigures) -> Double
    ) {
      let values = found.map(value)
      let (median, worst) = (values.median ?? .nan, values.max() ?? .nan)
      report.figure(name, median)
      report.row([title, median.text(digits), worst.text(digits), goal(median)])
    }
    row("open cases", "cases", 0) { _ in Double(opened) }
    row("entries: cases, subjects, words", "entries", 0) { Double($0.entries) }
    row("timers", "timers", 0) { Double($0.timers) }
    row("changelog records", "records", 0) { Double($0.restored) }
    row(
      "seconds until every task runs", "seconds", 2, goal: { Common.goal("10 or less", $0 <= 10) }
    ) { Double($0.startMicroseconds) / 1e6 }
    row("CPU until then, seconds", "cpuSeconds", 2) { Double($0.cpuAtReady) / 1e6 }
    row("memory held, MB", "memory", 0, goal: { Common.goal("400 or less", $0 <= 400) }) {
      Double($0.heldBytes) / 1e6
    }
    row("peak memory, MB", "peakMemory", 0) { $0.megabytes }
    row("of which state, MB", "stateMemory", 0) { Double($0.stateBytes) / 1e6 }
    return report
  }
}
