// Owns how DELEGATION is put on the runtime: topics, group, changelog, the policy it follows.
import Delegation
import Events
import Policy
import Signatures
import StateBytes
import Streams

/// Puts DELEGATION together.
public enum DelegationRole {
  /// The role of a deployment.
  ///
  /// - Parameters:
  ///   - layout: fingerprint of the recorded layout; travels in every task header.
  ///   - signingKey: what approvals are signed with; without one they are not.
  public static func role(
    prefix: String, layout: String, signingKey: SigningKey? = nil
  ) -> Role<DelegationProcessor> {
    role(prefix: prefix, layout: layout, signingKey: signingKey) { bytes, _ in
      try PolicyRecord.decode(bytes).compiled()
    }
  }

  /// The role with another way to compile a policy's record, and another format of its state, for simulations.
  package static func role(
    prefix: String, layout: String, signingKey: SigningKey? = nil,
    format: @escaping @Sendable () -> StateFormat = { .current },
    bugs: PlantedDelegationBugs = [],
    compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> CompiledPolicy
  ) -> Role<DelegationProcessor> {
    let definition = RoleName.delegation.definition(prefix: prefix, layout: layout)
    return Role(
      definition,
      compile: compile,
      processor: {
        DelegationProcessor(
          claims: definition.sources[0], signingKey: signingKey, format: format(), bugs: bugs)
      })
  }
}
