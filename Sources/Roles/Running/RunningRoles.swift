// Owns the workers of one process, over any log: verified layout, one pool for each role, one end.
import Policy
import Privacy
import Secrets
import Streams

/// The roles of one process, running.
///
/// ```swift
/// let running = try RunningRoles(log: KafkaLog(configuration), settings: settings) { print($0) }
/// running.start()
/// …                      // SIGTERM
/// running.drain()
/// let ends = running.wait()
/// ```
public final class RunningRoles<L: Log>: Sendable {
  /// How one worker ended.
  public struct End: Sendable, Hashable {
    public let role: RoleName
    public let worker: Int
    public let state: WorkerState
  }

  private let pools: [(role: RoleName, pool: any RolePool)]

  /// Throws `LayoutError` when the deployment was laid out differently or not at all, `PrivacyError` when the
  /// secret is too short.
  public init(log: L, settings: RunSettings, listener: @escaping RuntimeListener) throws {
    let layout = try Layout.computed(on: log, prefix: settings.prefix, secret: settings.secret)
      .verified(on: log, prefix: settings.prefix)
    func pool<P: Processor>(_ name: RoleName, _ role: Role<P>) -> any RolePool {
      WorkerPool(
        log: log, role: role, threads: settings.threads, identity: settings.identity(of: name),
        settings: settings.worker, listener: listener)
    }
    pools = try RoleName.allCases.filter(settings.roles.contains).map { name in
      switch name {
      case .intake:
        let role = try IntakeRole.role(
          prefix: settings.prefix, layout: layout.fingerprint, secret: settings.secret)
        return (name, pool(name, role))
      case .casework:
        let role = try CaseworkRole.role(
          prefix: settings.prefix, layout: layout.fingerprint, secret: settings.secret)
        return (name, pool(name, role))
      case .delegation:
        let role = DelegationRole.role(
          prefix: settings.prefix, layout: layout.fingerprint, signingKey: settings.signingKey)
        return (name, pool(name, role))
      }
    }
  }

  /// Starts all threads. A second call does nothing.
  public func start() {
    for (_, pool) in pools { pool.start() }
  }
  /// Asks every worker to commit, leave its group and stop. Returns at once.
  public func drain() {
    for (_, pool) in pools { pool.drain() }
  }

  /// Waits for all of them and says how each ended.
  public func wait() -> [End] {
    pools.flatMap { role, pool in
      pool.wait().enumerated().map { End(role: role, worker: $0, state: $1) }
    }
  }

  /// What every worker does now.
  public func snapshot() -> [RoleName: [WorkerSnapshot]] {
    Dictionary(pools.map { ($0.role, $0.pool.snapshot()) }, uniquingKeysWith: { first, _ in first })
  }

  /// True when every worker takes part and none of its tasks waits for a person.
  public var isReady: Bool { pools.allSatisfy { $0.pool.isReady } }
  /// True when no worker has failed or is stuck.
  public var isAlive: Bool { pools.allSatisfy { $0.pool.isAlive } }
}

/// The worker threads of one role, whatever its processor.
private protocol RolePool: Sendable {
  func start()
  func drain()
  func wait() -> [WorkerState]
  func snapshot() -> [WorkerSnapshot]
  var isReady: Bool { get }
  var isAlive: Bool { get }
}

extension WorkerPool: RolePool {}

extension Layout {
  /// The layout that a log's topics and a secret amount to; topics that do not exist are left out.
  static func computed<L: Log>(on log: L, prefix: String, secret: Secret) throws -> Layout {
    var partitions: [String: Int32] = [:]
    for topic in Topic.allCases {
      partitions[topic.rawValue] = try log.partitionCount(of: topic.name(prefix: prefix))
    }
    let keys = try SubjectKeyMaker(secret: secret)
    return Layout(
      partitions: partitions, keyVersion: Int(SubjectKeyMaker.keyVersion),
      secretFingerprint: try keys.fingerprint())
  }
}
