// Owns the first contact with a cluster: a broker answers, or the command ends soon and says why.
import Console
import Kafka

extension Cluster {
  /// A cluster of which a broker has answered. Throws when none has within `--request-timeout`.
  static func reached(_ invocation: Invocation, _ terminal: Terminal) throws -> Cluster {
    let cluster = try Cluster(invocation, terminal)
    try cluster.reach(within: invocation[ClusterOptions.requestTimeout], terminal)
    return cluster
  }

  private func reach(within limit: Duration, _ terminal: Terminal) throws {
    let brokers = configuration.bootstrapServers.joined(separator: ",")
    let seconds = "\(limit.milliseconds / 1000) s"
    var isTold = false
    let admin = try Admin(configuration)
    defer { admin.close() }
    do throws(KafkaError) {
      try admin.reach(within: limit) { passed in
        guard terminal.err.isTerminal, !isTold else { return }
        isTold = true
        let left = max(1, (limit - passed).components.seconds)
        terminal.err.line("no answer from \(brokers) yet; giving up in \(left) s")
      }
    } catch {
      // What follows tells how long a single attempt took.
      let reason = error.reason.split(separator: " (after ", maxSplits: 1).first ?? ""
      if error.isAuthorization {
        throw Failure(
          "\(brokers): \(reason)",
          advice:
            "Who is asking is set by --sasl, --sasl-username and its password, or by --tls-certificate.",
          code: .noPermission)
      }
      throw Failure(
        "no broker of \(brokers) answered within \(seconds): \(reason)",
        advice: error.code == .ssl
          ? "Do both sides speak TLS there? --tls-ca names the authority that signed the broker's certificate."
          : "Is Kafka up there (--brokers, ANSWERABLE_BROKERS)? `Deploy/kafka up` starts one on this machine.",
        code: .unavailable)
    }
  }
}
