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

  private let intake: WorkerPool<L, IntakeProcessor>?

  /// Throws `LayoutError` when the deployment was laid out differently or not at all, `PrivacyError` when the
  /// secret is too short.
  public init(log: L, settings: RunSettings, listener: @escaping RuntimeListener) throws {
    let layout = try Layout.computed(on: log, prefix: settings.prefix, secret: settings.secret)
      .verified(on: log, prefix: settings.prefix)
    intake =
      settings.roles.contains(.intake)
      ? WorkerPool(
        log: log,
        role: try IntakeRole.role(
          prefix: settings.prefix, layout: layout.fingerprint, secret: settings.secret),
        threads: settings.threads, identity: settings.identity(of: .intake), settings: settings.worker,
        listener: listener)
      : nil
  }

  /// Starts all threads. A second call does nothing.
  public func start() { intake?.start() }
  /// Asks every worker to commit, leave its group and stop. Returns at once.
  public func drain() { intake?.drain() }

  /// Waits for all of them and says how each ended.
  public func wait() -> [End] {
    (intake?.wait() ?? []).enumerated().map { End(role: .intake, worker: $0, state: $1) }
  }

  /// What every worker does now.
  public func snapshot() -> [RoleName: [WorkerSnapshot]] {
    intake.map { [.intake: $0.snapshot()] } ?? [:]
  }

  /// True when every worker takes part and none of its tasks waits for a person.
  public var isReady: Bool { intake?.isReady ?? true }
  /// True when no worker has failed or is stuck.
  public var isAlive: Bool { intake?.isAlive ?? true }
}

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
