// Owns what is answered at which path.
import Kafka
import Streams

/// The pages for those who operate a process: `/metrics`, `/live`, `/ready`.
public struct OperationsPages: Sendable {
  /// Where the pages' content comes from. Asked on the server's thread, for every request.
  public struct Sources: Sendable {
    /// Workers by role, in the order of their indexes.
    public var workers: @Sendable () -> [String: [WorkerSnapshot]]
    /// Reason codes that each role can give.
    public var reasons: [String: [String]] = [:]
    /// A loop that has not turned for so many milliseconds is stuck.
    public var stuckAfter: Int64
    /// Statistics of the clients. Default: none.
    public var clients: @Sendable () -> [ClientStatistics] = { [] }
    /// What the process takes. Default: this process.
    public var usage: @Sendable () -> ProcessUsage? = { ProcessUsage.current() }
    /// The program's version.
    public var version: String

    public init(
      version: String, stuckAfter: Int64, workers: @escaping @Sendable () -> [String: [WorkerSnapshot]]
    ) {
      self.version = version
      self.stuckAfter = stuckAfter
      self.workers = workers
    }
  }

  private let sources: Sources

  public init(_ sources: Sources) { self.sources = sources }

  /// 200; `/live` and `/ready` also 503 with the reason; 404 for other paths, 405 for other methods.
  public func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard ["/metrics", "/live", "/ready"].contains(request.path) else {
      return HTTPResponse(404, "there are /metrics, /live and /ready\n")
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      return HTTPResponse(405, "only GET and HEAD\n", allow: "GET, HEAD")
    }
    let workers = sources.workers()
    switch request.path {
    case "/live": return page(Health.live(workers, stuckAfter: sources.stuckAfter))
    case "/ready": return page(Health.ready(workers, stuckAfter: sources.stuckAfter))
    default: return HTTPResponse(200, metrics(workers), contentType: MetricsText.contentType)
    }
  }

  private func page(_ health: Health) -> HTTPResponse {
    HTTPResponse(health.isGood ? 200 : 503, health.text + "\n")
  }

  private func metrics(_ workers: [String: [WorkerSnapshot]]) -> String {
    var text = MetricsText()
    text.write(.build, [Sample([sources.version, ClientLibrary.version], 1)])
    text.write(.ready, [Sample([], .flag(Health.ready(workers, stuckAfter: sources.stuckAfter).isGood))])
    text.write(.live, [Sample([], .flag(Health.live(workers, stuckAfter: sources.stuckAfter).isGood))])
    text.write(workers: workers, reasons: sources.reasons)
    text.write(clients: sources.clients())
    if let usage = sources.usage() { text.write(usage) }
    return text.text
  }
}
