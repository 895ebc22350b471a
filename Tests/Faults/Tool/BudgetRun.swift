// Owns the runs about budgets: ten thousand requests against fifty, and the last euro of many.
import BrokerSupport
import Console
import FaultKit
import Foundation

/// Requests of every size against pots that run out; people approve, pay and give back.
func runDelegation(_ invocation: Invocation, _ terminal: Terminal, home: String) throws -> ExitCode {
  try withProof(invocation, terminal, home: home) { cluster, folder in
    var settings = BudgetProof.Settings.crowded(
      brokers: cluster.bootstrapServers, policy: invocation[policy], folder: folder, prefix: "budgets.",
      requests: invocation[requests])
    settings.rate = invocation[asks]
    return [settings]
  } wrong: { result, settings in
    result.verdict.approvals.count == settings.budgets.pots ? [] : ["a pot was never drawn on"]
  }
}

/// Each run is a pot with one euro that several producers ask for at once, about different cases.
func runLastEuro(_ invocation: Invocation, _ terminal: Terminal, home: String) throws -> ExitCode {
  try withProof(invocation, terminal, home: home) { cluster, folder in
    let most = BudgetProof.Settings.mostRuns
    return stride(from: 0, to: invocation[runs], by: most).map { first in
      .lastEuro(
        brokers: cluster.bootstrapServers, policy: invocation[policy], folder: folder,
        prefix: "euro-\(first / most).", runs: min(most, invocation[runs] - first))
    }
  } wrong: { result, settings in
    terminal.out.line("\(result.givenOnce) of \(settings.budgets.pots) last euros were given exactly once")
    return result.wrongLastEuros(of: settings.budgets.pots)
  }
}

private func withProof(
  _ invocation: Invocation, _ terminal: Terminal, home: String,
  _ settings: (BrokerCluster, URL) throws -> [BudgetProof.Settings],
  wrong check: (BudgetProof.Result, BudgetProof.Settings) -> [String]
) throws -> ExitCode {
  let cluster = try BrokerCluster(home: home, nodes: invocation[brokers])
  defer { cluster.remove() }
  let folder = try WorkerFolder(keepsLogs: invocation[keep], terminal)
  defer { folder.close() }
  var dice = dice(invocation, brokers: invocation[brokers])
  var report = FaultReport()
  var wrong = 0
  for var settings in try settings(cluster, folder.url) {
    settings.replicationFactor = cluster.replicationFactor
    settings.workers = invocation[workers]
    let result = try BudgetProof(settings, nodes: cluster.nodes).run(&dice) { round in
      report.add(round)
      terminal.out.line("\(report.count)  \(FaultReport.line(round))")
      terminal.out.flush()
    }
    let verdict = result.verdict
    let answers = verdict.answers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    terminal.out.line(
      "\(verdict.remedies) requests against \(settings.budgets.pots) budgets, \(verdict.claims) claims, \(result.acts) acts: "
        + answers.joined(separator: ", "))
    terminal.out.line(
      "held \(verdict.held), spent \(verdict.spent) of \(settings.budgets.pots * settings.budgets.euros * 100) cents"
    )
    let independent = try Tool(
      URL(filePath: "/usr/bin/python3"),
      [
        balance.path, cluster.bootstrapServers.joined(separator: ","), "\(settings.prefix)delegations",
        "\(settings.budgets.euros * 100)", "\(verdict.held)", "\(verdict.spent)",
      ], folder: folder.url, seconds: 120)
    terminal.out.line(independent.out.trimmingCharacters(in: .newlines))
    if result.gaveUp > 0 {
      terminal.out.line("workers that gave up and were started again: \(result.gaveUp)")
    }
    var faults = verdict.faults + result.doubts + check(result, settings)
    if independent.status != 0 { faults.append(independent.story) }
    for fault in faults.prefix(10) { terminal.out.line(fault) }
    terminal.out.line(faults.isEmpty ? "no fault" : "\(faults.count) faults")
    terminal.out.flush()
    wrong += faults.count
  }
  report.printTimes(to: terminal.out)
  return wrong == 0 ? .success : .negative
}

/// The sums of somebody who knows the topic alone, beside this file's folder.
private let balance = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "balance.py")
