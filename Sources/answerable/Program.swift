// Owns the tree of commands, in the order in which a newcomer meets them.
import Console

enum Program {
  static let name = "answerable"
  static let version = "0.1.0"

  static let root: Command = Command(
    name, "who is really answerable for this customer's experience?",
    details: [
      "Reads customer feedback and incidents from Kafka, scores them by your policy, and gives every one exactly "
        + "one owning team. The same binary runs the roles, sets up the topics, publishes policies and shows what "
        + "was decided and why.",
      "Each option can also be set as an environment variable (--secret-file is ANSWERABLE_SECRET_FILE) and in a "
        + "configuration file (secret-file = …). What is nearer wins: command line, environment, file. "
        + "`answerable help configuration` tells more.",
    ],
    options: [OptionGroup("Everywhere", [Application.configuration.spec, Application.color.spec])],
    examples: [
      Example("answerable check Config/policy", "Is this policy sound? No Kafka needed."),
      Example(
        "answerable topics apply", "Creates the topics on 127.0.0.1:9092, so that `run` needs nothing more."),
      Example("answerable run intake --policy Config/policy", "Publishes the policy and starts to decide."),
      Example("answerable watch", "Shows each decision as it is made."),
    ],
    subcommands: [
      DemoCommand.command, CheckCommand.command, ExplainCommand.command, SimulateCommand.command,
      TestCommand.command,
      TopicsCommand.command,
      PolicyCommand.command,
      RunCommand.command, SendCommand.command, WatchCommand.command, CaseCommand.command,
      BudgetCommand.command, VerifyCommand.command, KeysCommand.command,
      DeadLettersCommand.command, HoldCommand.hold, HoldCommand.release, EraseCommand.command,
      AuditCommand.command, ResizeCommand.command, HealthCommand.command, MetricsCommand.command,
      SchemasCommand.command,
      VersionCommand.command,
      CompletionsCommand.command, HelpCommand.command,
    ])
}
