// Owns the names under which the workers of one process are known to the cluster.

/// Names of the workers of one process.
public struct WorkerIdentity: Sendable, Hashable {
  /// Each worker's transactional id is this, a dash and its index. Stable where the instance is (a
  /// StatefulSet), so that a restart aborts its orphan at once; unique where it is not.
  public var transactionalPrefix: String
  /// For static membership: each worker's instance id is this, a dash and its index. Nil: dynamic.
  public var instancePrefix: String?

  public init(transactionalPrefix: String, instancePrefix: String? = nil) {
    self.transactionalPrefix = transactionalPrefix
    self.instancePrefix = instancePrefix
  }

  func transactionalID(_ worker: Int) -> String { "\(transactionalPrefix)-\(worker)" }
  func instanceID(_ worker: Int) -> String? { instancePrefix.map { "\($0)-\(worker)" } }
}
