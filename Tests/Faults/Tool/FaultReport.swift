// Owns what a run comes to: times by class of fault, and the referee's verdict.
import Console
import FaultKit

struct FaultReport {
  private var rounds: [Fault.Class: Int] = [:]
  private var waits: [Fault.Class: [Duration]] = [:]

  mutating func add(_ round: Round) {
    rounds[round.fault.kind, default: 0] += 1
    if round.isMeasured { waits[round.fault.kind, default: []] += round.waits }
  }

  var count: Int { rounds.values.reduce(0, +) }

  /// Times are from the fault to the next committed decision of each partition that was hit, in seconds.
  func printTimes(to stream: TextStream) {
    var table = Table([
      .init("fault"), .init("rounds", alignRight: true), .init("partitions", alignRight: true),
      .init("median s", alignRight: true), .init("p90 s", alignRight: true), .init("max s", alignRight: true),
    ])
    for kind in Fault.Class.allCases {
      guard let count = rounds[kind] else { continue }
      let all = (waits[kind] ?? []).sorted()
      table.add([
        kind.rawValue, "\(count)", "\(all.count)", Self.quantile(all, 50), Self.quantile(all, 90),
        Self.quantile(all, 100),
      ])
    }
    stream.line()
    table.print(to: stream)
    stream.line()
  }

  func print(_ sent: Int, _ finding: Referee.Finding, to stream: TextStream) {
    printTimes(to: stream)
    stream.line(
      "\(finding.inputs.count) in (\(sent) acknowledged), \(finding.signals) signals, \(finding.deadLetters) dead letters"
    )
    stream.line(
      "lost \(finding.lost.count), doubled \(finding.doubled.count), without a cause \(finding.invented.count + finding.nameless)"
    )
    for cause in (finding.lost + finding.doubled).prefix(10) { stream.line("  \(cause)") }
  }

  /// One line about a round.
  static func line(_ round: Round) -> String {
    let times =
      round.isMeasured && !round.waits.isEmpty
      ? "\(round.waits.count) partitions wait \(quantile(round.waits, 50)) s, at most \(quantile(round.waits, 100)) s"
      : "nothing moves"
    return "\(round.fault.description): \(times)"
  }

  static func quantile(_ sorted: [Duration], _ percent: Int) -> String {
    guard !sorted.isEmpty else { return "–" }
    let index = min(sorted.count - 1, max(0, (sorted.count * percent + 99) / 100 - 1))
    return seconds(sorted[index])
  }

  static func seconds(_ duration: Duration) -> String {
    let tenths = duration.components.seconds * 100 + duration.components.attoseconds / 10_000_000_000_000_000
    let rest = tenths % 100
    return "\(tenths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
