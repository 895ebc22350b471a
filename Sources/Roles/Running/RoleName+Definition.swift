// Owns what the runtime needs to know of each role, made from its name alone.
import Streams

extension RoleName {
  /// The role of a deployment. `layout` is the fingerprint of the recorded layout; it travels in every task header.
  func definition(prefix: String, layout: String) -> RoleDefinition {
    func name(_ topic: Topic) -> String { topic.name(prefix: prefix) }
    var definition = RoleDefinition(
      name: rawValue, group: group(prefix: prefix), sources: sources.map(name), outputs: outputs.map(name),
      deadLetters: deadLetters.map(name), changelog: changelog.map(name), broadcast: name(.policies),
      layout: layout)
    definition.counters = counters
    definition.progress = progress
    // All that a signal says to other roles stands in its value.
    definition.readsHeaders = deadLetters != nil
    return definition
  }

  /// Clocks of CASEWORK wait for how far people's acts have been read.
  private var progress: ProgressRule? {
    switch self {
    case .intake: ProgressRule()
    case .casework, .delegation: nil
    }
  }

  private var counters: [RoleCounter] {
    switch self {
    case .intake: []
    case .casework: CaseworkCounters.all
    case .delegation: DelegationCounters.all
    }
  }
}
