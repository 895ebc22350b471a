// Owns `resize`: a deployment under another prefix with more or fewer partitions, and everything that the old one knows.
import Console
import Kafka
import Roles
import Streams

enum ResizeCommand {
  private static let to = Option<String?>.text(
    "to", nil, "PREFIX", "The new deployment's prefix; it may be there already where a resize was cut off.")
  private static let json = Option<Bool>.flag("json", nil, "Print one JSON object at the end.")

  static let command = Command(
    "resize", "move a drained deployment to another number of partitions",
    details: [
      "A subject's partition is made from its key and their count, so a deployment is resized by copying it under "
        + "another prefix. First let workers read everything (`answerable audit`: nothing waits) and stop them. Then "
        + "this copies the policies under their epochs, casework's state with its timers and debts, and the latest "
        + "assignment of every case; compares a sum over the state before and after; and records the new layout last, so "
        + "that no worker starts on a half of it.",
      "Not copied: events, signals, dead letters, escalations and the journal, which stay readable under the old prefix "
        + "for as long as they are kept there. Journal numbers begin anew. The old deployment is not touched. A resize "
        + "that was cut off is run again and goes on. Afterwards send to, and start workers with, the new prefix.",
    ],
    options: [
      OptionGroup(
        "Options", [to.spec, TopicsCommand.partitions.spec, TopicsCommand.replicationFactor.spec, json.spec]),
      ClusterOptions.secretGroup,
      ClusterOptions.kafkaGroup,
    ],
    examples: [
      Example("answerable resize --partitions 48 --to wide.", "From no prefix to wide., with 48 partitions.")
    ],
    body: Failures.told { invocation, terminal in
      guard let target = invocation[to] else {
        throw UsageError(
          "say --to PREFIX: where the resized deployment is to be", command: "answerable resize")
      }
      guard invocation.given(TopicsCommand.partitions) != nil else {
        throw UsageError("say --partitions N", command: "answerable resize")
      }
      let secret = try Cluster.secret(invocation)
      let cluster = try Cluster.reached(invocation, terminal)
      let admin = try Admin(cluster.configuration)
      defer { admin.close() }
      let catalogue = TopicCatalogue(
        prefix: target, partitions: Int32(clamping: invocation[TopicsCommand.partitions]))
      let factor = Int32(clamping: invocation[TopicsCommand.replicationFactor])
      let asJSON = invocation[json]
      let resize = Resize(
        try cluster.log, from: cluster.prefix, to: catalogue, secret: secret,
        cluster: ResizeCluster(admin, replicationFactor: factor > 0 ? factor : nil)
      ) { line in
        if !asJSON {
          terminal.out.line(line)
          terminal.out.flush()
        }
      }
      let summary: ResizeSummary
      do {
        summary = try resize.run()
      } catch let error as ResizeError {
        throw Failure(error.description, code: .configuration)
      }
      if asJSON {
        terminal.out.line(
          try JSONLine.text(
            Sums(
              done: summary.wasDone ? "before" : "now", layout: summary.layout, policies: summary.policies,
              assignments: summary.assignments, answers: summary.answers, subjects: summary.state.subjects,
              cases: summary.state.cases, timers: summary.state.timers, sum: summary.state.text)))
      } else if summary.wasDone {
        terminal.out.line("nothing to do: layout \(summary.layout) is recorded under \(target)")
      }
      return .success
    })

  private struct Sums: Encodable {
    var done: String
    var layout: String
    var policies: Int64
    var assignments: Int64
    var answers: Int64
    var subjects: Int64
    var cases: Int64
    var timers: Int64
    var sum: String
  }
}
