// Owns the workload that is shipped: INTAKE under the shipped policy and variations of it, fed with sample events.
import Foundation
import Kafka
import Policy
import Roles
import Secrets
import Streams

/// INTAKE: decodes, redacts, scores, routes. Some events are cut short, so that they are refused.
package struct Intake: Workload {
  package let name = WorkloadName.intake
  package let policies: [[UInt8]]
  package let inputs: Inputs
  private let compiled: [CompiledPolicy]
  private static let secret = Secret("a secret for simulations only, long enough")
  private static let catalogue = TopicCatalogue(prefix: "", partitions: 1)

  /// Reads the shipped policy and the sample events from the checkout this was built from.
  package init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let records = try Self.policies(root.appendingPathComponent("Config/policy").path)
    policies = try records.map { try $0.encode() }
    // As a worker compiles them, once for all workers of all seeds.
    compiled = try policies.map { try PolicyRecord.decode($0).compiled() }
    let events = try Self.events(root.appendingPathComponent("Config/events"))
    inputs = Inputs { keys, badPerMille, _ in
      InputDrawer { random in
        let (topic, lines) = events[random.below(events.count)]
        var value = lines[random.below(lines.count)]
        if random.chance(perMille: badPerMille) { value.removeLast(1 + random.below(value.count)) }
        return (topic, "k\(random.below(keys))", value)
      }
    }
  }

  /// The shipped policy, one that owns unrouted events elsewhere, and one that scores otherwise.
  private static func policies(_ folder: String) throws -> [PolicyRecord] {
    let check = PolicyLoader.load(folder: folder)
    guard let document = check.document else {
      throw SimulationError("\(folder): the shipped policy does not load: \(check.errors)")
    }
    var elsewhere = document
    elsewhere.unrouted.owner =
      document.teams.last { $0.subcontractorOf == nil }?.id ?? document.unrouted.owner
    var stricter = document
    stricter.scoring.base += 11
    return [document, elsewhere, stricter].map {
      PolicyRecord($0, files: [], publishedAt: 0, by: "simulation", note: "")
    }
  }

  private static func events(_ folder: URL) throws -> [(topic: String, lines: [[UInt8]])] {
    let topics: [Topic] = [.feedback, .incidents, .caseUpdates, .remedies]
    return try topics.map { topic in
      let file = folder.appendingPathComponent("\(topic.rawValue).ndjson")
      let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { Array($0) }
      guard !lines.isEmpty else { throw SimulationError("\(file.path): holds no event") }
      return (topic.rawValue, lines)
    }
  }

  package func deploy(on log: MemoryLog, _ shape: Shape, bug: PlantedBug?) throws -> [SimulatedRole] {
    var catalogue = Self.catalogue
    catalogue.partitions = shape.partitions
    let layout = try log.deploy(catalogue, secret: Self.secret)
    let known = (policies, compiled)
    let role = try IntakeRole.role(
      prefix: "", layout: layout.fingerprint, secret: Self.secret, telling: .every(Topology.telling)
    ) {
      bytes, _ in
      if let index = known.0.firstIndex(where: { $0.elementsEqual(bytes) }) { return known.1[index] }
      return try PolicyRecord.decode(bytes).compiled()
    }
    return [SimulatedRole(role)]
  }

  package func order(of topic: String) -> OutputOrder { .bySource }
}

/// What keeps a simulation from being run at all.
package struct SimulationError: Error, Sendable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}
