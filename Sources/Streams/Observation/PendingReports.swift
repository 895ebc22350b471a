// Owns what workers reported and nobody has looked at yet: for whoever drives them by hand.
import Synchronization

/// Reports since they were last taken.
public final class PendingReports: Sendable {
  private let pending = Mutex<[RuntimeReport]>([])

  public init() {}

  public var listener: RuntimeListener { { report in self.pending.withLock { $0.append(report) } } }

  public func take() -> [RuntimeReport] {
    pending.withLock { reports in
      defer { reports = [] }
      return reports
    }
  }
}
