// Owns the latest statistics of each client until somebody asks, and forgets clients that fell silent.
import Kafka
import Synchronization

/// Takes what clients say of themselves, and passes it on. Keeps texts, not values: they are read by who asks, on the
/// thread that asks.
public final class StatisticsBoard: ClientObserver {
  /// How often clients take statistics when a board listens. Each takes some tens of microseconds of its client's
  /// own thread; Prometheus scrapes every 15 s by default.
  public static let interval = Duration.seconds(5)
  /// A client that has said nothing for this long is gone, or busy with something worse.
  static let patience = Duration.seconds(20)

  private let next: (any ClientObserver)?
  private let now: @Sendable () -> ContinuousClock.Instant
  private let reports = Mutex<[String: (report: StatisticsReport, at: ContinuousClock.Instant)]>([:])

  /// - Parameters:
  ///   - next: Hears everything as well.
  ///   - now: The clock; for tests.
  public init(
    passingTo next: (any ClientObserver)?,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.next = next
    self.now = now
  }

  public func log(_ line: ClientLogLine) { next?.log(line) }

  public func statistics(_ report: StatisticsReport) {
    let moment = now()
    reports.withLock { $0[report.client] = (report, moment) }
    next?.statistics(report)
  }

  /// The clients heard of lately. One whose text cannot be read is left out.
  public func current() -> [ClientStatistics] {
    let moment = now()
    let fresh = reports.withLock { reports in
      reports = reports.filter { moment - $0.value.at < Self.patience }
      return reports.values.map(\.report)
    }
    return fresh.compactMap { try? $0.read() }
  }
}
