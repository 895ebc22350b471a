// Owns how CASEWORK is put on the runtime: topics, group, changelog, the policy it follows.
import Casework
import Events
import Policy
import Privacy
import Secrets
import StateBytes
import Streams

/// Puts CASEWORK together.
public enum CaseworkRole {
  /// The role of a deployment.
  ///
  /// - Parameters:
  ///   - layout: fingerprint of the recorded layout; travels in every task header.
  ///   - secret: what subject keys of sites are made with. Throws `PrivacyError` when it is too short.
  public static func role(prefix: String, layout: String, secret: Secret) throws(PrivacyError)
    -> Role<CaseworkProcessor>
  {
    try role(prefix: prefix, layout: layout, secret: secret) { bytes, _ in
      try PolicyRecord.decode(bytes).compiled()
    }
  }

  /// The role with another way to compile a policy's record, and another format of its state, for simulations.
  package static func role(
    prefix: String, layout: String, secret: Secret,
    format: @escaping @Sendable () -> StateFormat = { .current },
    bugs: PlantedCaseworkBugs = [],
    compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> CompiledPolicy
  ) throws(PrivacyError) -> Role<CaseworkProcessor> {
    // Fails here, once, rather than on every worker's thread.
    _ = try SubjectKeyMaker(secret: secret)
    let definition = RoleName.casework.definition(prefix: prefix, layout: layout)
    return Role(
      definition,
      compile: compile,
      processor: {
        CaseworkProcessor(
          keys: Result { () throws(PrivacyError) in try SubjectKeyMaker(secret: secret) },
          signals: definition.sources[0], format: format(), bugs: bugs)
      })
  }
}
