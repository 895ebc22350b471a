// Owns the command `faults`: rounds of faults on real brokers, and exit code 0 only when nothing was lost or doubled.
import BrokerSupport
import Console
import Foundation
import Glibc

let rounds = Option<Int>.integer("rounds", "n", "N", "How many faults.", in: 1...100_000, default: 20)
let brokers = Option<Int>.integer("nodes", nil, "N", "Brokers to start.", in: 1...5, default: 1)
let workers = Option<Int>.integer("workers", nil, "N", "Worker processes.", in: 2...16, default: 3)
let rate = Option<Int>.integer("rate", nil, "N", "Events a second.", in: 10...100_000, default: 500)
let seed = Option<Int>.integer(
  "seed", nil, "N", "What the faults are drawn from.", in: 0...Int.max, default: 1)
let policy = Option<String>.text("policy", nil, "DIR", "The policy to decide by.", default: "Config/policy")

let only = Option<Fault.Class?>.value(
  "only", nil, "FAULT", "Faults of this class alone.", default: nil,
  allowed: Fault.Class.allCases.map(\.word)
) { word throws(BadValue) in
  guard let kind = Fault.Class.allCases.first(where: { $0.word == word }) else {
    throw BadValue(Suggestion.refusal(of: word, among: Fault.Class.allCases.map(\.word)))
  }
  return kind
}
let anonymous = Option<Bool>.flag(
  "anonymous", nil, "Restarted workers have new names, so that what the dead left open has to time out.")
let keep = Option<Bool>.flag("keep", nil, "Leave the logs of workers and say where they are.")

let root = Command(
  "faults", "kill and freeze workers and brokers under load, and count what they decided",
  details: [
    "Starts brokers of its own from KAFKA_HOME, and workers of the built answerable beside this program. Each round "
      + "is one fault; the next begins when every partition has been decided on again. At the end a referee reads "
      + "all that is committed and matches inputs with decisions by their coordinates.",
    "Exit code 0: nothing lost, nothing doubled, every round recovered.",
  ],
  options: [
    OptionGroup(
      "Options",
      [
        rounds.spec, brokers.spec, workers.spec, rate.spec, seed.spec, policy.spec, only.spec, anonymous.spec,
        keep.spec,
      ])
  ],
  examples: [
    Example("Tests/Faults/run --rounds 150", "Faults of workers, on one broker."),
    Example("Tests/Faults/run --rounds 50 --nodes 3", "On three brokers, of which one may die too."),
  ],
  body: { invocation, terminal in
    guard let home = BrokerEnvironment.home else {
      throw Failure("KAFKA_HOME names no unpacked Kafka", code: .configuration)
    }
    let settings = FaultRun.Settings(
      home: home, policy: invocation[policy], brokers: invocation[brokers], workers: invocation[workers],
      rate: invocation[rate], partitions: 6, areWorkersNamed: !invocation[anonymous])
    let run = try FaultRun(settings)
    defer {
      run.remove(keepsLogs: invocation[keep])
      if invocation[keep] { terminal.out.line("logs of workers: \(run.folder.path)") }
    }
    var dice = FaultDice(
      seed: UInt64(invocation[seed]), workers: settings.workers, brokers: settings.brokers,
      sessionMilliseconds: FaultRun.Settings.sessionSeconds * 1000)
    var report = FaultReport()
    var failure: (any Error)?
    for number in 1...invocation[rounds] {
      let fault = dice.fault(invocation[only])
      do {
        let round = try run.round(fault)
        report.add(round)
        let times =
          round.isMeasured && !round.waits.isEmpty
          ? "\(round.waits.count) partitions wait \(FaultReport.quantile(round.waits, 50)) s, at most \(FaultReport.quantile(round.waits, 100)) s"
          : "nothing moves"
        terminal.out.line("\(number)  \(fault.description): \(times) · \(run.sent) sent")
      } catch {
        failure = error
        terminal.out.line("\(number)  \(fault.description): \(error)")
      }
      terminal.out.flush()
      if failure != nil { break }
      usleep(UInt32(dice.pause()) * 1000)
    }
    let (sent, finding) = try run.finish()
    report.print(sent, finding, to: terminal.out)
    if run.gaveUp > 0 { terminal.out.line("workers that gave up and were started again: \(run.gaveUp)") }
    return finding.isClean && failure == nil ? .success : .negative
  })

let terminal = Terminal.standard()
let code = Application(root: root, environment: ProcessInfo.processInfo.environment)
  .run(Array(CommandLine.arguments.dropFirst()), terminal)
terminal.flush()
exit(code.rawValue)
