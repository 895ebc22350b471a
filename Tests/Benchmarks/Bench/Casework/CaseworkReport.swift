// Owns how a contest between CASEWORK and raw C is shown.
import Roles

extension CaseworkContest {
  func report(rate: Int) -> Report {
    let sides = Side.allCases
    var report = Report("casework", columns: [""] + sides.map(\.title) + ["of raw C", ""])
    report.figure("signals", Double(signals))
    report.figure("subjects", Double(subjects))
    func row(
      _ title: String, _ name: String, _ digits: Int, difference: Bool = false,
      goal: (Double, Double) -> String = { _, _ in "" }, _ value: (Side) -> Double?
    ) {
      let values = sides.map { value($0) ?? .nan }
      let compared = difference ? values[0] - values[1] : values[0] / values[1]
      for (side, value) in zip(sides, values) { report.figure("\(name).\(side.rawValue)", value) }
      report.figure("\(name).\(difference ? "difference" : "ratio")", compared)
      report.row(
        [title] + values.map { $0.text(digits) }
          + [(difference && compared >= 0 ? "+" : "") + compared.text(2), goal(values[0], compared)])
    }
    func drained(_ value: @escaping (WorkerFigures) -> Double) -> (Side) -> Double? {
      { side in drains[side]?.map(value).median }
    }
    row("records in, thousand", "inputs", 1, drained { Double($0.records) / 1000 })
    row("records out for each", "outputs", 2) { side in
      let numbers = side == .rawPublished ? published : outputs
      return Double(numbers.values.reduce(0, +)) / Double(inputs)
    }
    for topic in RoleName.casework.outputs + [.caseworkChangelog] {
      let number = Double(outputs[topic] ?? 0) / Double(inputs)
      report.figure("outputs.\(topic.rawValue)", number)
      report.row(["  of them on \(topic.rawValue)", number.text(2), "", "", "", ""])
    }
    row(
      "drained, thousand records/s", "throughput", 1, goal: { Common.goal("0.6 or more", $1 >= 0.6) },
      drained { $0.perSecond / 1000 })
    row(
      "CPU, µs a record", "cpu", 2, difference: true, goal: { Common.goal("+3 or less", $1 <= 3) },
      drained { $0.cpuPerRecord })
    row("peak memory, MB", "memory", 0, drained { $0.megabytes })
    row("commit, ms", "commit", 1, drained { $0.millisecondsPerCommit })
    report.row([
      "state at the end", (drains[.casework]?.map { Double($0.entries) }.median ?? .nan).text(0) + " entries",
      "", "", "", "",
    ])
    guard rate > 0 else { return report }
    func aged(_ value: @escaping (Latency.Ages) -> Double) -> (Side) -> Double? {
      { side in ages[side]?.map { value($0.0) }.median }
    }
    row("p50 at \(rate)/s, ms", "p50", 1, aged { $0.p50 })
    row("p99 at \(rate)/s, ms", "p99", 1, goal: { Common.goal("1.25 or less", $1 <= 1.25) }, aged { $0.p99 })
    row("p99.9 at \(rate)/s, ms", "p999", 1, aged { $0.p999 })
    row("CPU at \(rate)/s, µs a record", "cpuAtRate", 2, difference: true) { side in
      ages[side]?.map { $0.1.cpuPerRecord }.median
    }
    return report
  }
}
