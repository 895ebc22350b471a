// Owns how a deployment plan reads: for a person, and as JSON.
import Console
import Roles

struct PlanText {
  private let plan: DeploymentPlan
  private let layout: Layout

  init(_ plan: DeploymentPlan, _ layout: Layout) {
    self.plan = plan
    self.layout = layout
  }

  func print(to stream: TextStream) {
    if plan.isEmpty {
      stream.line("nothing to do: layout \(layout.fingerprint)")
      return
    }
    for step in plan.topics.steps {
      switch step {
      case .create(let name, let specification):
        let settings = specification.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        stream.line("\(stream.styled("create", .green))  \(name)  \(partitions(specification.partitions))")
        stream.line("        \(stream.styled(settings.joined(separator: " "), .dim))")
      case .configure(let name, let changes):
        stream.line("\(stream.styled("set", .yellow))     \(name)")
        for change in changes {
          stream.line("        \(change.setting) = \(change.wanted)  (now \(change.now ?? "unset"))")
        }
      }
    }
    switch plan.layout {
    case .agrees, .conflict: break
    case .record: stream.line("\(stream.styled("record", .green))  layout \(layout.fingerprint)")
    case .extend(_, let topics):
      stream.line(
        "\(stream.styled("record", .green))  \(topics.joined(separator: ", ")) in layout \(layout.fingerprint)"
      )
    }
    for (role, missing) in plan.starts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      stream.line(
        "\(stream.styled("start", .green))   \(role.rawValue) on \(partitions(Int32(clamping: missing.count)))"
      )
    }
    printConflicts(to: stream)
  }

  func printConflicts(to stream: TextStream) {
    for conflict in plan.topics.conflicts {
      stream.line("\(stream.styled("refuse", .red))  \(conflict.name) \(conflict.description)")
    }
    if case .conflict(let differences) = plan.layout {
      for difference in differences {
        stream.line("\(stream.styled("refuse", .red))  layout: \(difference)")
      }
    }
  }

  private func partitions(_ count: Int32) -> String { "\(count) partition\(count == 1 ? "" : "s")" }
}

extension PlanText {
  struct Document: Encodable {
    struct Topic: Encodable {
      var name: String
      var partitions: Int32
      var settings: [String: String]
    }
    struct Setting: Encodable {
      var topic: String
      var setting: String
      var now: String?
      var wanted: String
    }
    var create: [Topic] = []
    var configure: [Setting] = []
    var conflicts: [String] = []
    var layout: String
    var recordLayout = false
    var start: [String: Int] = [:]
  }

  var document: Document {
    var document = Document(layout: layout.fingerprint)
    for step in plan.topics.steps {
      switch step {
      case .create(let name, let specification):
        document.create.append(
          .init(name: name, partitions: specification.partitions, settings: specification.settings))
      case .configure(let name, let changes):
        document.configure += changes.map {
          .init(topic: name, setting: $0.setting, now: $0.now, wanted: $0.wanted)
        }
      }
    }
    document.conflicts = plan.topics.conflicts.map { "\($0.name) \($0.description)" }
    switch plan.layout {
    case .agrees: break
    case .record, .extend: document.recordLayout = true
    case .conflict(let differences): document.conflicts += differences.map { "layout: \($0)" }
    }
    for (role, missing) in plan.starts { document.start[role.rawValue] = missing.count }
    return document
  }
}
