// Owns what one process of workers is told: which roles, how many threads, under which names.
import Secrets
import Signatures
import Streams

/// What `answerable run` is given.
public struct RunSettings: Sendable {
  /// The roles of this process. Default: all.
  public var roles: [RoleName] = RoleName.allCases
  /// Put before every topic, group and transactional id. Default: none.
  public var prefix = ""
  /// Worker threads of each role. Default: 1.
  public var threads = 1
  /// This process among its replicas: unique at any one time, and best the same after a restart (a
  /// StatefulSet's pod name), so that a restart finishes its own orphaned transaction at once.
  public var instance: String
  /// Whether members keep their partitions over a restart within the session timeout (KIP-345). Needs an
  /// `instance` that is stable. Default: false.
  public var staticMembership = false
  /// What subject keys are made with.
  public var secret: Secret
  /// What approvals are signed with. Default: they are not.
  public var signingKey: SigningKey?
  /// Limits of each worker.
  public var worker = WorkerSettings()

  public init(instance: String, secret: Secret) {
    self.instance = instance
    self.secret = secret
    worker.maxMessageBytes = TopicCatalogue.largestRecord
  }

  /// The names under which this process's workers of a role are known to the cluster.
  func identity(of role: RoleName) -> WorkerIdentity {
    let name = "\(role.group(prefix: prefix))-\(instance)"
    return WorkerIdentity(transactionalPrefix: name, instancePrefix: staticMembership ? name : nil)
  }
}
