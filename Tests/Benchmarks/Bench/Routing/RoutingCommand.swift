// Owns `bench routing`: what deciding about one event costs as rules grow.
import Console
import Events
import Policy

enum RoutingCommand {
  static let sizes = [10, 100, 1_000, 10_000]

  static let command = Command(
    "routing", "route and score the same events by 10, 100, 1,000 and 10,000 rules",
    details: [
      "Rules of eight shapes and two by kind; the events use the words of the largest policy, so that more rules also "
        + "match more. Nanoseconds of processor time an event, medians of rounds in turn, on one thread."
    ],
    options: [OptionGroup("Options", [Common.seconds.spec])],
    body: { invocation, terminal in
      let events = GeneratedEvents(2000)
      let evaluators = try sizes.map { PolicyEvaluator(try GeneratedPolicy.compiled(rules: $0)) }
      var verdict = Verdict()
      let entries = zip(sizes, evaluators).map { size, evaluator in
        Contest.Entry(name: "\(size)") {
          for (event, text) in events.events {
            evaluator.decide(event, text: text, into: &verdict)
            consume(verdict.score)
          }
        }
      }
      let found = try Contest.run(
        entries, events: events.events.count, seconds: Double(invocation[Common.seconds]))
      var report = Report(
        "routing", columns: ["rules", "ns an event", "routed by a rule", "times 10 rules", ""])
      let least = found["10"] ?? .nan
      for (size, evaluator) in zip(sizes, evaluators) {
        let value = found["\(size)"] ?? .nan
        report.figure("rules\(size)", value)
        report.row([
          Int64(size).grouped, value.text(0), "\((share(evaluator, events) * 100).text(0)) %",
          (value / least).text(2), size == sizes.last ? Common.goal("under 2", value / least < 2) : "",
        ])
      }
      report.figure("growth", (found["10000"] ?? .nan) / least)
      try report.print(to: terminal)
      return .success
    })

  /// How many of the events a rule routes.
  private static func share(_ evaluator: PolicyEvaluator, _ events: GeneratedEvents) -> Double {
    var verdict = Verdict()
    var routed = 0
    for (event, text) in events.events {
      evaluator.decide(event, text: text, into: &verdict)
      if verdict.rule != ByteSlice("ownership.unrouted") { routed += 1 }
    }
    return Double(routed) / Double(max(1, events.events.count))
  }
}
