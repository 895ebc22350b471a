// Owns `topics`: what a deployment needs on a cluster, planned, applied, and who needs which rights.
import Console
import Kafka
import Privacy
import Roles

enum TopicsCommand {
  static let command = Command(
    "topics", "plan and create what a deployment needs on a cluster",
    details: [
      "A deployment has topics, a recorded layout and start positions. `plan` shows what is missing or differs, "
        + "`apply` brings it about, and `run` then needs nothing more: it refuses to start on anything else."
    ],
    subcommands: [plan, apply, TopicsACLs.command])

  static let partitions = Option<Int>.integer(
    "partitions", nil, "N",
    "Partitions of each topic that workers read: the ceiling of threads a role. Cannot be changed later.",
    in: 1...10_000, default: Int(TopicCatalogue.defaultPartitions), defaultText: "as recorded, else 24")
  static let replicationFactor = Option<Int>.integer(
    "replication-factor", nil, "N", "Copies of each topic that is created.", in: 0...100, default: 0,
    defaultText: "the broker's")
  static let from = Settings.from(
    "Where roles that have never run begin to read: earliest, latest, or \(Settings.timeForms).",
    default: .earliest, text: "earliest")
  static let json = Option<Bool>.flag(
    "json", nil,
    "Print one JSON object: create and configure (what would be done), conflicts, layout, recordLayout, start."
  )

  private static let plan = Command(
    "plan", "show what `topics apply` would do",
    details: ["Exit code 0: nothing is to do. 2: something is. 78: something found cannot be reconciled."],
    options: [
      OptionGroup("Options", [partitions.spec, json.spec]), ClusterOptions.secretGroup,
      ClusterOptions.kafkaGroup,
    ],
    examples: [Example("answerable topics plan --partitions 6", "What is missing for six partitions each?")],
    body: Failures.told { invocation, terminal in
      let deployment = try Deployment(invocation, terminal)
      let text = PlanText(deployment.plan, deployment.layout)
      if invocation[json] {
        terminal.out.line(try JSONLine.text(text.document))
      } else {
        text.print(to: terminal.out)
      }
      if deployment.plan.hasConflicts { return .configuration }
      return deployment.plan.isEmpty ? .success : .findings
    })

  private static let apply = Command(
    "apply", "create what is missing: topics, the layout, start positions",
    details: [
      "Creates missing topics with their retention and compaction, sets settings that differ, records the layout "
        + "(partitions, and which secret subject keys are made with) and where each role begins to read. Touches "
        + "nothing when something found cannot be reconciled, and does nothing the second time."
    ],
    options: [
      OptionGroup("Options", [partitions.spec, replicationFactor.spec, from.spec]),
      ClusterOptions.secretGroup,
      ClusterOptions.kafkaGroup,
    ],
    examples: [
      Example("answerable topics apply --partitions 6", "Six partitions: up to six busy threads a role."),
      Example("answerable topics apply --from latest", "Leave what is on the topics already undecided."),
    ],
    body: Failures.told { invocation, terminal in
      let deployment = try Deployment(invocation, terminal)
      guard !deployment.plan.hasConflicts else {
        PlanText(deployment.plan, deployment.layout).printConflicts(to: terminal.err)
        throw Failure("nothing was changed: what was found cannot be reconciled", code: .configuration)
      }
      guard !deployment.plan.isEmpty else {
        terminal.out.line("nothing to do: layout \(deployment.layout.fingerprint)")
        return .success
      }
      let start: DeploymentSetup.Start =
        switch invocation[from] {
        case .earliest: .earliest
        case .latest: .latest
        case .time(let time): .time(time)
        }
      let factor = invocation[replicationFactor]
      try deployment.setup.apply(
        deployment.plan, layout: deployment.layout, from: start,
        replicationFactor: factor > 0 ? Int32(clamping: factor) : nil
      ) {
        terminal.out.line("\(terminal.out.styled("✓", .green)) \($0)")
        terminal.out.flush()
      }
      return .success
    })
}

/// A deployment as it should be, and what differs on the cluster.
private struct Deployment {
  let setup: DeploymentSetup
  let layout: Layout
  let plan: DeploymentPlan

  init(_ invocation: Invocation, _ terminal: Terminal) throws {
    let cluster = try Cluster.reached(invocation, terminal)
    let fingerprint = try SubjectKeyMaker(secret: Cluster.secret(invocation)).fingerprint()
    let found = try DeploymentSetup(cluster.configuration, TopicCatalogue(prefix: cluster.prefix)).survey()
    let recorded = found.layout?.partitions[Topic.signals.rawValue]
    let wanted = invocation.given(TopicsCommand.partitions).map { Int32(clamping: $0) }
    let catalogue = TopicCatalogue(
      prefix: cluster.prefix, partitions: wanted ?? recorded ?? TopicCatalogue.defaultPartitions)
    setup = DeploymentSetup(cluster.configuration, catalogue)
    layout = Layout(
      catalogue: catalogue, keyVersion: Int(SubjectKeyMaker.keyVersion), secretFingerprint: fingerprint)
    plan = DeploymentPlan(catalogue: catalogue, layout: layout, found: found)
  }
}
