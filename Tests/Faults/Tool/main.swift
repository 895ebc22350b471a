// Owns the command `faults`: rounds of faults on real brokers, and exit code 0 only when they changed nothing.
import BrokerSupport
import Console
import FaultKit
import Foundation
import Glibc

let rounds = Option<Int>.integer("rounds", "n", "N", "How many faults.", in: 1...100_000, default: 20)
let brokers = Option<Int>.integer("nodes", nil, "N", "Brokers to start.", in: 1...5, default: 1)
let workers = Option<Int>.integer("workers", nil, "N", "Worker processes.", in: 2...16, default: 3)
let rate = Option<Int>.integer(
  "rate", nil, "N", "Events a second, for intake.", in: 10...100_000, default: 500)
let others = Option<Int>.integer(
  "others", nil, "N", "Others a second who come in beside the week of the topology.", in: 10...1_000,
  default: 20)
let requests = Option<Int>.integer(
  "requests", nil, "N", "Remedies that are asked for, of delegation.", in: 100...1_000_000, default: 10_000)
let asks = Option<Int>.integer(
  "asks", nil, "N", "Remedies a second, of delegation.", in: 1...1_000, default: 50)
let runs = Option<Int>.integer(
  "runs", nil, "N", "Last euros that are raced for.", in: 1...10_000, default: 1_000)
let seed = Option<Int>.integer(
  "seed", nil, "N", "What the faults are drawn from.", in: 0...Int.max, default: 1)
let policy = Option<String>.text("policy", nil, "DIR", "The policy to decide by.", default: "Config/policy")
let events = Option<String>.text(
  "events", nil, "DIR", "The week that the topology plays.", default: "Config/events")

let only = Option<Fault.Class?>.value(
  "only", nil, "FAULT", "Faults of this class alone.", default: nil,
  allowed: Fault.Class.allCases.map(\.word)
) { word throws(BadValue) in
  guard let kind = Fault.Class.allCases.first(where: { $0.word == word }) else {
    throw BadValue(Suggestion.refusal(of: word, among: Fault.Class.allCases.map(\.word)))
  }
  return kind
}
let workload = Option<WorkloadWord>.value(
  "workload", nil, "WORKLOAD",
  "What the workers do: intake alone under load; the topology, the sample week through all three roles; delegation, "
    + "remedies against budgets that run out; or last-euro, several who ask for the same one.",
  default: .intake, allowed: WorkloadWord.allCases.map(\.rawValue)
) { word throws(BadValue) in
  guard let workload = WorkloadWord(rawValue: word) else {
    throw BadValue(Suggestion.refusal(of: word, among: WorkloadWord.allCases.map(\.rawValue)))
  }
  return workload
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
    "--workload topology plays the sample week of Config/events through all three roles in two deployments side by "
      + "side, one of them in peace, until the other has had as many faults as asked for. Every decision (signals, dead "
      + "letters, assignments, escalations, journal, claims, delegations) has to be the same in every field but times, "
      + "offsets, and what is numbered by them; and answerable audit has to prove both. The order of two topics is "
      + "promised by nobody: what touches the same customer, place or budgets is sent once all before it is decided.",
    "--workload delegation asks for remedies from several producers, whose budgets run out, while people approve, settle "
      + "and give back; faults go on until all is asked. No budget may be beyond its limit at any moment, each claim has "
      + "one terminal answer, and a stock client's sums have to be the same to the cent. --workload last-euro does so with "
      + "budgets of one euro each, for which five producers ask at once: one of them gets it.",
    "Exit code 0: nothing lost, nothing doubled, nothing decided otherwise, every round recovered.",
  ],
  options: [
    OptionGroup(
      "Options",
      [
        workload.spec, rounds.spec, brokers.spec, workers.spec, rate.spec, others.spec, requests.spec,
        asks.spec, runs.spec, seed.spec,
        policy.spec,
        events.spec,
        only.spec, anonymous.spec, keep.spec,
      ])
  ],
  examples: [
    Example("Tests/Faults/run --rounds 150", "Faults of workers, on one broker."),
    Example("Tests/Faults/run --rounds 50 --nodes 3", "On three brokers, of which one may die too."),
    Example(
      "Tests/Faults/run --workload topology --rounds 40", "The week, compared with an undisturbed one."),
    Example(
      "Tests/Faults/run --workload delegation --nodes 3", "Ten thousand requests against fifty budgets."),
    Example("Tests/Faults/run --workload last-euro --runs 1000", "One euro, five who ask, a thousand times."),
  ],
  body: { invocation, terminal in
    guard let home = BrokerEnvironment.home else {
      throw Failure("KAFKA_HOME names no unpacked Kafka", code: .configuration)
    }
    switch invocation[workload] {
    case .intake: return try runIntake(invocation, terminal, home: home)
    case .topology: return try runTopology(invocation, terminal, home: home)
    case .delegation: return try runDelegation(invocation, terminal, home: home)
    case .lastEuro: return try runLastEuro(invocation, terminal, home: home)
    }
  })

func dice(_ invocation: Invocation, brokers: Int) -> FaultDice {
  FaultDice(
    seed: UInt64(invocation[seed]), workers: invocation[workers], brokers: brokers,
    sessionMilliseconds: Storm.sessionSeconds * 1000, only: invocation[only])
}

func runIntake(_ invocation: Invocation, _ terminal: Terminal, home: String) throws -> ExitCode {
  let settings = FaultRun.Settings(
    home: home, policy: invocation[policy], brokers: invocation[brokers], workers: invocation[workers],
    rate: invocation[rate], partitions: 6, areWorkersNamed: !invocation[anonymous])
  let run = try FaultRun(settings)
  defer {
    run.remove(keepsLogs: invocation[keep])
    if invocation[keep] { terminal.out.line("logs of workers: \(run.folder.path)") }
  }
  var dice = dice(invocation, brokers: settings.brokers)
  var report = FaultReport()
  var failure: (any Error)?
  for number in 1...invocation[rounds] {
    let fault = dice.fault()
    do {
      let round = try run.round(fault)
      report.add(round)
      terminal.out.line("\(number)  \(FaultReport.line(round)) · \(run.sent) sent")
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
}

let terminal = Terminal.standard()
let code = Application(root: root, environment: ProcessInfo.processInfo.environment)
  .run(Array(CommandLine.arguments.dropFirst()), terminal)
terminal.flush()
exit(code.rawValue)
