// Owns how INTAKE is put on the runtime: topics, group, the policy it follows and the keys it makes.
import Events
import Policy
import Privacy
import Secrets
import Streams

/// Puts INTAKE together.
public enum IntakeRole {
  /// The role of a deployment.
  ///
  /// - Parameters:
  ///   - layout: fingerprint of the recorded layout; travels in every task header.
  ///   - secret: what subject keys are made with. Throws `PrivacyError` when it is too short.
  public static func role(prefix: String, layout: String, secret: Secret) throws(PrivacyError)
    -> Role<IntakeProcessor>
  {
    try role(prefix: prefix, layout: layout, secret: secret) { bytes, _ in
      try PolicyRecord.decode(bytes).compiled()
    }
  }

  /// The role with another way to compile a policy's record, for simulations that start thousands of workers on the
  /// same few policies.
  package static func role(
    prefix: String, layout: String, secret: Secret,
    compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> CompiledPolicy
  ) throws(PrivacyError) -> Role<IntakeProcessor> {
    // Fails here, once, rather than on every worker's thread.
    _ = try SubjectKeyMaker(secret: secret)
    let definition = RoleName.intake.definition(prefix: prefix, layout: layout)
    return Role(
      definition,
      compile: compile,
      processor: {
        IntakeProcessor(
          keys: Result { () throws(PrivacyError) in try SubjectKeyMaker(secret: secret) },
          sourceNames: definition.sources)
      })
  }
}
