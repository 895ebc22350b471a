// Owns `metrics`: the list of what `/metrics` serves, for whoever writes a dashboard or an alert.
import Console
import Operations

enum MetricsCommand {
  private static let markdown = Option<Bool>.flag(
    "markdown", nil, "Print a table in Markdown.")

  static let command = Command(
    "metrics", "list the metrics that a running process serves",
    details: [
      "Names, kinds, labels and meanings, as they stand at /metrics of `run --listen`. A histogram is served as "
        + "_bucket, _sum and _count."
    ],
    options: [OptionGroup("Options", [markdown.spec])],
    examples: [
      Example("answerable metrics", "What can be watched?"),
      Example("curl -s 127.0.0.1:9464/metrics", "The values of a process that runs."),
    ],
    body: { invocation, terminal in
      if invocation[markdown] {
        terminal.out.line("| metric | kind | labels | meaning |")
        terminal.out.line("|---|---|---|---|")
        for metric in Metric.all {
          let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
          terminal.out.line("| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |")
        }
        return .success
      }
      for metric in Metric.all {
        let labels = metric.labels.isEmpty ? "" : "{\(metric.labels.joined(separator: ", "))}"
        terminal.out.line(
          "\(terminal.out.styled(metric.name, .bold))\(labels)  \(terminal.out.styled(metric.kind.rawValue, .dim))"
        )
        terminal.out.line("    \(metric.help)")
      }
      return .success
    })
}
