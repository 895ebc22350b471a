// Owns the tree of benchmarks.
import Console

enum Program {
  static let root: Command = Command(
    "bench", "measure the workers against what there is without them",
    details: [
      "Each benchmark measures both sides in the same run, in turn, and prints ratios of medians: absolute numbers "
        + "depend on the machine and on whatever else it does. The last line is the same as JSON.",
      "intake, casework, cases, timers, remedies and restore need a real Kafka: KAFKA_HOME, an unpacked Kafka 4, of which "
        + "one is started on free ports and stopped afterwards, or ANSWERABLE_TEST_BROKERS, host:port of one that runs.",
    ],
    options: [OptionGroup("Everywhere", [Application.configuration.spec, Application.color.spec])],
    examples: [
      Example("swift run -c release bench intake", "INTAKE against raw librdkafka in C."),
      Example("swift run -c release bench casework", "CASEWORK against the same."),
      Example("swift run -c release bench decode --seconds 20", "Decoding against Foundation."),
    ],
    subcommands: [
      IntakeCommand.command, CaseworkCommand.command, CasesCommand.command, TimersCommand.command,
      RemediesCommand.command, DecodeCommand.command, EncodeCommand.command, DecideCommand.command,
      RoutingCommand.command,
      RestoreCommand.command, IntakeWorker.command, CaseworkWorker.command, PassThroughWorker.command,
      RestoreWorker.command,
    ])
}
