// Owns `bench decide`: all that INTAKE does with a record between reading and sending it.
import Console
import Events
import Policy
import Privacy
import Roles

enum DecideCommand {
  static let command = Command(
    "decide", "decide whole records by Config/policy: decode, key, redact, route, score, encode",
    details: [
      "Without Kafka: what a record costs on top of consuming and producing it. Nanoseconds of processor time a "
        + "record, on one thread, mistakes included."
    ],
    options: [OptionGroup("Options", [Common.seconds.spec])],
    body: { invocation, terminal in
      let events = try EventTemplates.deck().prefix(1024).enumerated().map {
        (kind: $1.kind, bytes: $1.filled($0))
      }
      let check = PolicyLoader.load(folder: IntakeWorld.policyFolder)
      guard let document = check.document else { throw BenchFailure("Config/policy has mistakes") }
      var decider = IntakeDecider(
        policy: CompiledPolicy(document), keys: try SubjectKeyMaker(secret: IntakeWorld.secret))
      let encoder = SignalEncoder()
      let topic: ByteSlice = "bench-feedback"
      var bytes = 0
      let found = try Contest.run(
        [
          .init(name: "decide") {
            bytes = 0
            for (number, event) in events.enumerated() {
              event.bytes.withUnsafeBytes { value in
                decider.decide(
                  event.kind, value: value, headers: EventHeaders(),
                  at: Coordinates(topic: topic, partition: 1, offset: Int64(number)), epoch: 1
                ) { decision in
                  if case .signal(let signal, _) = decision { bytes += encoder.encode(signal).value.count }
                }
              }
            }
          }
        ], events: events.count, seconds: Double(invocation[Common.seconds]))
      var report = Report("decide", columns: ["", "ns a record", ""])
      report.figure("decide", found["decide"])
      report.figure("bytesOut", Double(bytes) / Double(events.count))
      report.row(["decode, key, redact, route, score, encode", (found["decide"] ?? .nan).text(0), ""])
      try report.print(to: terminal)
      return .success
    })
}
