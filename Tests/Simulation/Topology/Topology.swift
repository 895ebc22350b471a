// Owns the workload of the whole topology: INTAKE, CASEWORK and DELEGATION over one log, under policies that change.
import Casework
import Foundation
import Kafka
import Policy
import Privacy
import Roles
import Secrets
import StateBytes
import Streams
import Synchronization

/// Events in, decisions about cases out. INTAKE is judged as in its own workload; what CASEWORK decided is decided again
/// from its journal (`Replayer`), and held to laws that need no decider (`CaseLaws`). What DELEGATION booked is added up from its
/// answers, in the order in which it decided them (`BudgetLaw`).
package struct Topology: Workload {
  package let name = WorkloadName.topology
  package let policies: [[UInt8]]
  package let inputs: Inputs
  package let documents: [PolicyDocument]
  let compiled: [CompiledPolicy]
  static let secret = Secret("a secret for simulations only, long enough")

  /// Reads the shipped policy from the checkout this was built from.
  package init() throws { try self.init(HastyPolicy.all) }

  /// - Parameter vary: Makes of the shipped policy those that are published, one after the other.
  init(_ vary: (PolicyDocument) -> [PolicyDocument]) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Config/policy").path
    guard let shipped = PolicyLoader.load(folder: folder).document else {
      throw SimulationError("\(folder): the shipped policy does not load")
    }
    let documents = vary(shipped)
    self.documents = documents
    policies = try documents.map {
      try PolicyRecord($0, files: [], publishedAt: 0, by: "simulation", note: "").encode()
    }
    compiled = documents.map { CompiledPolicy($0) }
    let stories = try CaseStories(secret: Self.secret)
    inputs = Inputs { keys, badPerMille, random in
      var number = 0
      var remedies = RemedyStories(stories)
      let span = 1 + random.below(60_000)
      return InputDrawer { random in
        number += 1
        let time = CaseStories.start + Int64(random.below(span))
        var event =
          random.below(7) < 2
          ? remedies.draw(number, keys: keys, at: time, &random)
          : stories.draw(number, keys: keys, at: time, &random)
        remedies.hear(event)
        if random.chance(perMille: badPerMille) {
          event.value.removeLast(1 + random.below(event.value.count))
        }
        return event
      }
    }
  }

  package func deploy(on log: MemoryLog, _ shape: Shape, bug: PlantedBug?) throws -> [SimulatedRole] {
    let layout = try log.deploy(TopicCatalogue(prefix: "", partitions: shape.partitions), secret: Self.secret)
    let known = (policies, compiled)
    let compile: @Sendable (UnsafeRawBufferPointer, Int64) throws -> CompiledPolicy = { bytes, _ in
      if let index = known.0.firstIndex(where: { $0.elementsEqual(bytes) }) { return known.1[index] }
      return try PolicyRecord.decode(bytes).compiled()
    }
    let intake = try IntakeRole.role(
      prefix: "", layout: layout.fingerprint, secret: Self.secret, telling: .every(Self.telling),
      compile: compile)
    let casework = try CaseworkRole.role(
      prefix: "", layout: layout.fingerprint, secret: Self.secret,
      format: Self.formats(isRolling: shape.isRollingFormats), bugs: bug?.plantedInCasework ?? [],
      compile: compile)
    let delegation = DelegationRole.role(
      prefix: "", layout: layout.fingerprint, format: Self.formats(isRolling: shape.isRollingFormats),
      bugs: bug?.plantedInDelegation ?? [], compile: compile)
    return [
      SimulatedRole(intake), Self.simulated(casework, in: .casework, bug, compile),
      Self.simulated(delegation, in: .delegation, bug, compile),
    ]
  }

  /// The role, with the bug around it that is planted there.
  private static func simulated<P: Processor>(
    _ role: Role<P>, in place: Tampering.Place, _ bug: PlantedBug?,
    _ compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> P.Broadcast
  ) -> SimulatedRole {
    guard let tampering = bug?.tampering, tampering.place == place else { return SimulatedRole(role) }
    let make = role.makeProcessor
    return SimulatedRole(
      Role(role.definition, compile: compile, processor: { Tampered(make(), tampering) }))
  }

  /// Often, since a scenario lasts half a minute; later than any marker of those who send events.
  static let telling = ProgressRule(interval: 500, allowance: 450)

  /// In a rolling deploy, workers of two releases take turns.
  private static func formats(isRolling: Bool) -> @Sendable () -> StateFormat {
    guard isRolling else { return { .current } }
    let made = Atomic<Int>(0)
    return { made.wrappingAdd(1, ordering: .relaxed).oldValue % 2 == 0 ? .next : .current }
  }

  package func order(of topic: String) -> OutputOrder { .bySource }
  package var isPerpetual: Bool { true }
  package var judgedRoles: Int { 1 }
}
