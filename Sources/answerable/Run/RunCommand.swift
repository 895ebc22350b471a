// Owns `run`: the workers of one process, from their options to their end.
import Console
import Foundation
import Kafka
import Roles
import Secrets
import Streams

enum RunCommand {
  static let threads = Option<Int>.integer(
    "threads", "t", "N", "Worker threads of each role; more than partitions are of no use.", in: 1...1_000,
    default: 1)
  static let instance = Option<String?>.text(
    "instance", nil, "NAME",
    "This process among its replicas: unique at any one time, best the same after a restart (a StatefulSet's pod "
      + "name). Without it, the host's name, and the process id where that is not 1.")
  static let staticMembership = Option<Bool>.flag(
    "static-membership", nil,
    "Keep partitions over a restart within the session timeout (KIP-345). Needs --instance.")
  static let sessionTimeout = Settings.duration(
    "session-timeout", "Without a heartbeat for this long, a worker's partitions go to others.",
    default: .seconds(15), text: "15s")
  static let transactionTimeout = Settings.duration(
    "transaction-timeout", "How long a crash may hold up consumers that read committed.",
    default: .seconds(10),
    text: "10s")
  static let commitInterval = Settings.duration(
    "commit-interval", "A transaction is committed after this long at the latest.",
    default: .milliseconds(100), text: "100ms")
  static let stuckAfter = Settings.duration(
    "stuck-after", "A worker whose loop has not turned for this long ends the process (exit code 70).",
    default: .seconds(60), text: "60s")
  static let embedded = Option<Bool>.flag(
    "embedded", nil,
    "Run against a Kafka inside of this process, for trying things out. Nothing survives its end, and "
      + "exactly-once is not given there.")
  static let json = Option<Bool>.flag(
    "json", nil,
    "Log one JSON object a line: time, event, and what belongs to it (role, worker, partitions, records, reason …)."
  )

  static let command = Command(
    "run", "run the roles: decide about every event as it comes in",
    details: [
      "Runs the roles named, all of them without a name, until SIGTERM or SIGINT: then every worker commits what it "
        + "has decided, leaves its group and stops, well within a second. A second signal ends the process at "
        + "once; nothing is lost or doubled by that either.",
      "Needs what `topics apply` has made, and the same secret. With --policy, publishes that policy first, "
        + "unless it is in force already. Without any policy published, workers wait for one.",
      "With --embedded, nothing else is needed: no Kafka, no topics, no secret. The brokers are mock-ups that do "
        + "not store transactional offsets and fence nobody; real guarantees need a real Kafka.",
    ],
    options: [
      OptionGroup(
        "Options",
        [
          PolicyFolders.option.spec, PolicyCommand.by.spec, threads.spec, instance.spec,
          staticMembership.spec,
          sessionTimeout.spec, transactionTimeout.spec, commitInterval.spec, stuckAfter.spec,
          Listen.option.spec, embedded.spec,
          TopicsCommand.partitions.spec, json.spec,
        ]), ClusterOptions.secretGroup, SigningKeyOption.group, ClusterOptions.kafkaGroup,
    ],
    positionals: [
      Positional("ROLE", "Roles to run; without one, all.", .any, allowed: RoleName.allCases.map(\.rawValue))
    ],
    examples: [
      Example("answerable run intake --policy Config/policy", "Publishes the policy and starts to decide."),
      Example("answerable run intake --threads 4 --instance $POD_NAME --static-membership", "In Kubernetes."),
      Example(
        "answerable run --embedded --policy Config/policy", "Without any Kafka; prints where to send to."),
    ],
    body: Failures.told { invocation, terminal in
      if invocation[staticMembership], invocation[instance] == nil {
        throw UsageError(
          "--static-membership needs --instance: a name that is the same after a restart",
          command: "answerable run")
      }
      let log = RunLog(terminal, asJSON: invocation[json], isVerbose: invocation[ClusterOptions.verbose])
      let stop = StopRequest()
      StopSignals.listen { name in
        log.line(.signal(name))
        stop.request()
      }
      guard invocation[embedded] else { return try run(invocation, terminal, log, stop, nil) }
      guard invocation[threads] == 1 else {
        throw UsageError(
          "--embedded has one worker: its brokers do not store what a worker that takes over would need",
          command: "answerable run")
      }
      let partitions = invocation.given(TopicsCommand.partitions) ?? embeddedPartitions
      let embedded = try EmbeddedDeployment(
        TopicCatalogue(prefix: invocation[ClusterOptions.prefix], partitions: Int32(clamping: partitions)),
        secret: embeddedSecret)
      defer { embedded.close() }
      log.line(.embedded(embedded.bootstrapServers))
      return try run(invocation, terminal, log, stop, embedded)
    })

  private static func run(
    _ invocation: Invocation, _ terminal: Terminal, _ log: RunLog, _ stop: StopRequest,
    _ embedded: EmbeddedDeployment?
  ) throws -> ExitCode {
    let signingKey = try SigningKeyOption.read(invocation)
    let secret = try embedded == nil ? Cluster.secret(invocation) : embeddedSecret
    let cluster =
      try embedded.map { try Cluster(invocation, terminal, embedded: $0) }
      ?? Cluster.reached(invocation, terminal)
    if let folder = invocation[PolicyFolders.option] {
      log.line(.note(try PolicyCommand.put(folder, invocation, terminal, cluster: cluster).text))
    }
    var settings = RunSettings(instance: invocation[instance] ?? defaultInstance, secret: secret)
    let roles = invocation.arguments.compactMap(RoleName.init(rawValue:))
    if !roles.isEmpty { settings.roles = roles }
    settings.signingKey = signingKey
    settings.prefix = cluster.prefix
    settings.threads = invocation[threads]
    settings.staticMembership = invocation[staticMembership]
    settings.worker.commitInterval = max(1, invocation[commitInterval].milliseconds)
    settings.worker.stuckAfter = max(1_000, invocation[stuckAfter].milliseconds)

    let supervisor = Supervisor(log, stop)
    let pages = OperatorPages(invocation, cluster.configuration)
    let running = try RunningRoles(
      log: KafkaLog(pages.observed(cluster.configuration)), settings: settings
    ) { supervisor.take($0) }
    log.line(
      .starting(
        roles: settings.roles.map(\.rawValue), threads: settings.threads, instance: settings.instance,
        brokers: cluster.configuration.bootstrapServers))
    let server = try pages.serve(settings, log) { running.workers }
    defer { server?.stop() }
    let meter = ThroughputMeter(log) { running.snapshot() }
    if let signingKey, settings.roles.contains(.delegation) {
      let policy = try cluster.policies.inForce()?.record.document
      log.line(.note(SigningKeyOption.note(signingKey, policy, at: Settings.now)))
    }
    running.start()
    let service = ServiceReporter()
    service.start(stuckAfter: settings.worker.stuckAfter) { running.workers }
    Thread.detachNewThread {
      stop.wait()
      service.stopping()
      running.drain()
    }
    meter.start()
    let ends = running.wait()
    meter.stop()
    service.stop()
    log.line(.ended(meter.totals(running.snapshot())))
    let failed = ends.filter { if case .failed = $0.state { true } else { false } }
    return failed.isEmpty ? .success : .software
  }

  /// Keys made with it mean nothing outside of this process.
  private static let embeddedSecret = Secret("an embedded deployment keeps nothing")
  /// Few, because one worker reads them all.
  private static let embeddedPartitions = 4

  /// A container's first process has its host's name to itself, and keeps it.
  static var defaultInstance: String {
    let host = ProcessInfo.processInfo.hostName
    return getpid() == 1 ? host : "\(host)-\(getpid())"
  }
}
