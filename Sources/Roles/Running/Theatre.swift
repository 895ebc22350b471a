// Owns a deployment in memory whose clock is moved by hand: every role plays, step by step, as it does on a cluster.
import Events
import Kafka
import Policy
import Secrets
import Signatures
import Streams

/// Why a preview cannot go on. Never happens unless a role or the runtime is wrong.
public struct TheatreError: Error, Sendable, CustomStringConvertible {
  public let description: String
}

/// All roles on an in-memory log and a manual clock, on the caller's thread: what previews, suites and drafts are
/// decided with. The workers, the processors and the topics are those of production; only the log and the clock
/// are not. The same calls leave the same bytes.
///
/// ```swift
/// let theatre = try Theatre(at: monday, secret: secret)
/// try theatre.publish(record)
/// let place = try theatre.send(.feedback, key: key, value: value)   // decided when this returns
/// try theatre.advance(to: friday)                                   // every timer on the way has fired
/// ```
public final class Theatre {
  /// Where an event stands.
  public struct Place: Sendable, Hashable {
    /// The physical name.
    public var topic: String
    public var partition: Int32
    public var offset: Int64
  }

  public let log: MemoryLog
  public let catalogue: TopicCatalogue
  private let clock: ManualClock
  private let workers: [any SteppedWorker]
  private let reports = PendingReports()

  /// Nothing expires by itself: nobody is killed here, and hours pass between two turns.
  private static let forever: Int64 = 1 << 52
  /// Turns without news after which nothing more is to be decided.
  private static let calm = 3
  /// Turns that one moment may take.
  private static let patience = 100_000

  /// Lays the deployment out and lets the workers join. Throws `PrivacyError` when the secret is too short.
  ///
  /// - Parameters:
  ///   - time: Where the clock starts, milliseconds since 1970.
  ///   - partitions: Default 1: then everything that is decided stands in one order.
  ///   - signingKey: What approvals are signed with. Default: they are not.
  public init(
    at time: Int64, secret: Secret, partitions: Int32 = 1, signingKey: SigningKey? = nil
  ) throws {
    let clock = ManualClock(at: time)
    self.clock = clock
    catalogue = TopicCatalogue(prefix: "", partitions: partitions)
    log = MemoryLog(
      .init(
        time: .manual(clock), sessionTimeout: Self.forever, transactionTimeout: Self.forever,
        maxRecordBytes: TopicCatalogue.largestRecord))
    let layout = try log.deploy(catalogue, secret: secret).fingerprint
    workers = try Self.workers(log, clock, catalogue, layout, secret, signingKey, reports.listener)
  }

  /// Goes on with another deployment on the log of one that was closed: it is laid out already, and time goes on.
  package init(after theatre: Theatre, _ catalogue: TopicCatalogue, secret: Secret) throws {
    clock = theatre.clock
    log = theatre.log
    self.catalogue = catalogue
    let layout = try Layout.computed(on: log, prefix: catalogue.prefix, secret: secret)
      .verified(on: log, prefix: catalogue.prefix).fingerprint
    workers = try Self.workers(log, clock, catalogue, layout, secret, nil, reports.listener)
  }

  private static func workers(
    _ log: MemoryLog, _ clock: ManualClock, _ catalogue: TopicCatalogue, _ layout: String, _ secret: Secret,
    _ signingKey: SigningKey?, _ listener: @escaping RuntimeListener
  ) throws -> [any SteppedWorker] {
    var settings = WorkerSettings()
    settings.maxMessageBytes = TopicCatalogue.largestRecord
    settings.followInterval = 0
    func worker<P: Processor>(_ role: Role<P>) -> any SteppedWorker {
      Worker(
        log: log, role: role,
        identity: WorkerIdentity(transactionalPrefix: "\(catalogue.prefix)\(role.definition.name)"),
        settings: settings, clock: .manual(clock), listener: listener)
    }
    return [
      worker(
        try IntakeRole.role(
          prefix: catalogue.prefix, layout: layout, secret: secret, telling: .never)),
      worker(try CaseworkRole.role(prefix: catalogue.prefix, layout: layout, secret: secret)),
      worker(DelegationRole.role(prefix: catalogue.prefix, layout: layout, signingKey: signingKey)),
    ]
  }

  /// Lets the workers commit and leave their groups. Nothing is decided here any more.
  package func close() {
    for worker in workers { worker.status.requestDrain() }
    for _ in 0..<Self.calm { for worker in workers { worker.step(wait: 0) } }
  }

  /// Milliseconds since 1970.
  public var now: Int64 { clock.now }

  /// Publishes a policy now; it decides what comes after. Returns its epoch.
  @discardableResult
  public func publish(_ record: PolicyRecord) throws -> Int64 {
    let outcome = try PolicyTopic(log, prefix: catalogue.prefix).publish(record)
    try settle()
    switch outcome {
    case .published(let epoch), .unchanged(let epoch): return epoch
    }
  }

  /// Appends an event now and lets everything be decided that it leads to. Returns where it stands.
  @discardableResult
  public func send(
    _ kind: EventKind, key: [UInt8], value: [UInt8], headers: [ScannedRecord.Header] = []
  ) throws -> Place {
    let topic = Topic(kind).name(prefix: catalogue.prefix)
    let place = try log.append(
      topic, key: key, value: value, headers: headers.map { .init($0.name, $0.value) })
    try settle()
    return Place(topic: topic, partition: place.partition, offset: place.offset)
  }

  /// Lets time pass up to a moment; what is due on the way fires when it is due, in the order of time. Does nothing
  /// when the moment has passed.
  public func advance(to time: Int64) throws {
    while let due = nextDue, due <= time {
      clock.advance(to: due)
      try settle()
      // A timer that stays due would hold the clock.
      if let next = nextDue, next <= clock.now { clock.advance(milliseconds: 1) }
    }
    clock.advance(to: time)
    try settle()
  }

  /// When the next timer is due, milliseconds since 1970; nil when nothing is left that happens by itself.
  public var nextDue: Int64? { workers.compactMap(\.firstTimer).min() }

  /// Everything decided since `tail` last looked, and before.
  public func tail(of topics: [Topic]) -> TopicTail<MemoryLog> {
    TopicTail(log, topics: topics.map { $0.name(prefix: catalogue.prefix) })
  }

  /// Turns of all workers until none of them has anything more to do at this moment.
  private func settle() throws {
    var quiet = 0
    for _ in 0..<Self.patience {
      for worker in workers { worker.step(wait: 0) }
      let news = reports.take()
      if let failure = news.lazy.compactMap(Self.failure).first { throw TheatreError(description: failure) }
      quiet = news.isEmpty ? quiet + 1 : 0
      if quiet >= Self.calm { return }
    }
    throw TheatreError(description: "the roles are not done after \(Self.patience) turns at one moment")
  }

  private static func failure(_ report: RuntimeReport) -> String? {
    switch report.event {
    case .state(.failed(let reason)): "\(report.role) gave up: \(reason)"
    case .taskFailed(let task, let reason), .taskRefused(let task, let reason):
      "\(report.role) stopped at \(task): \(reason)"
    case .poisoned(let task, let offset, let code): "\(report.role) cannot publish \(task):\(offset): \(code)"
    default: nil
    }
  }
}

/// A worker of any role, driven by hand.
private protocol SteppedWorker {
  var status: WorkerStatus { get }
  func step(wait: Int)
  var firstTimer: Int64? { get }
}

extension Worker: SteppedWorker {}
