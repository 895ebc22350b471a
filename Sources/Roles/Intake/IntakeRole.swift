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
  ///   - telling: how often it tells how far it has read, and whether at all.
  public static func role(
    prefix: String, layout: String, secret: Secret, telling: Telling = .usual
  ) throws(PrivacyError) -> Role<IntakeProcessor> {
    try role(prefix: prefix, layout: layout, secret: secret, telling: telling) { bytes, _ in
      try PolicyRecord.decode(bytes).compiled()
    }
  }

  /// Whether CASEWORK is told how far acts have been read.
  public enum Telling: Sendable, Hashable {
    case usual
    case every(ProgressRule)
    /// Never: where everything is decided at the moment it is sent, nothing is ever on its way.
    case never
  }

  /// The role with another way to compile a policy's record, for simulations that start thousands of workers on the
  /// same few policies.
  package static func role(
    prefix: String, layout: String, secret: Secret, telling: Telling = .usual,
    compile: @escaping @Sendable (UnsafeRawBufferPointer, Int64) throws -> CompiledPolicy
  ) throws(PrivacyError) -> Role<IntakeProcessor> {
    // Fails here, once, rather than on every worker's thread.
    _ = try SubjectKeyMaker(secret: secret)
    var definition = RoleName.intake.definition(prefix: prefix, layout: layout)
    switch telling {
    case .usual: break
    case .every(let rule): definition.progress = rule
    case .never: definition.progress = nil
    }
    let sourceNames = definition.sources
    return Role(
      definition,
      compile: compile,
      processor: {
        IntakeProcessor(
          keys: Result { () throws(PrivacyError) in try SubjectKeyMaker(secret: secret) },
          sourceNames: sourceNames)
      })
  }
}
