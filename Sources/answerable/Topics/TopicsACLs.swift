// Owns `topics acls`: the rights each part of a deployment needs, as commands of Kafka's own tool.
import Console
import Roles

enum TopicsACLs {
  static let principal = Option<String?>.text(
    "principal", nil, "NAME",
    "Whom the rights are for, like User:intake; without it, User: and the part's name.")

  static let command = Command(
    "acls", "print the rights each part of a deployment needs, as kafka-acls.sh commands",
    details: ["Prints only; nothing is changed. Replace BROKERS by yours, or give --brokers."],
    options: [
      OptionGroup("Options", [principal.spec, ClusterOptions.brokers.spec, ClusterOptions.prefix.spec])
    ],
    positionals: [
      Positional(
        "PART", "Parts to print; without one, all.", .any, allowed: Principal.allCases.map(\.rawValue))
    ],
    examples: [
      Example("answerable topics acls intake --principal User:answerable", "What the intake workers need.")
    ],
    body: { invocation, terminal in
      let catalogue = TopicCatalogue(prefix: invocation[ClusterOptions.prefix])
      let parts = invocation.arguments.compactMap(Principal.init(rawValue:))
      for part in parts.isEmpty ? Principal.allCases : parts {
        terminal.out.line(terminal.out.styled("# \(part.rawValue)", .bold))
        let name = invocation[principal] ?? "User:\(part.rawValue)"
        for rule in catalogue.accessRules(for: part) {
          var line = rule.command(principal: name)
          if let brokers = invocation.given(ClusterOptions.brokers) {
            line = line.replacing("BROKERS", with: brokers.joined(separator: ","))
          }
          terminal.out.line(line)
        }
      }
      return .success
    })
}
