// Owns the pages of a running process: its observer, and the server between start and end.
import Console
import Events
import Kafka
import Operations
import Roles
import Streams

/// What `run` serves to operators.
struct OperatorPages {
  private let listen: Listen
  /// Whether somebody chose the address.
  private let isChosen: Bool
  private let board: StatisticsBoard?

  init(_ invocation: Invocation, _ configuration: Configuration) {
    listen = invocation[Listen.option]
    isChosen = invocation.source(of: Listen.option) != nil
    board = listen == .off ? nil : StatisticsBoard(passingTo: configuration.observer)
  }

  /// The configuration with statistics on, where they are served.
  func observed(_ configuration: Configuration) -> Configuration {
    guard let board else { return configuration }
    var configuration = configuration
    configuration.observer = board
    configuration.statisticsInterval = StatisticsBoard.interval
    return configuration
  }

  /// Serves from now on; nil where that is not wanted. An address that was chosen and cannot be had is an error. The
  /// standard one may be taken by another worker on this machine: then this one goes without, and says so.
  func serve(
    _ settings: RunSettings, _ log: RunLog, workers: @escaping @Sendable () -> [String: [WorkerSnapshot]]
  ) throws(Failure) -> HTTPServer? {
    guard case .at(let address) = listen, let board else { return nil }
    var sources = OperationsPages.Sources(
      version: Program.version, stuckAfter: settings.worker.stuckAfter, workers: workers)
    sources.clients = { board.current() }
    for role in settings.roles { sources.reasons[role.rawValue] = role.refusalCodes }
    let pages = OperationsPages(sources)
    do throws(ListenError) {
      let server = try HTTPServer(address) { pages.answer($0) }
      log.line(.note("metrics and health at http://\(server.address)"))
      return server
    } catch {
      guard error.reason == .taken, !isChosen else {
        throw Failure(
          "--listen \(error)", advice: "Choose another port, or --listen off.", code: .configuration)
      }
      log.line(.note("no metrics from this process: \(error); --listen HOST:PORT gives it a port of its own"))
      return nil
    }
  }
}

extension RunningRoles {
  /// What every worker does now, under the role's name.
  var workers: [String: [WorkerSnapshot]] {
    Dictionary(uniqueKeysWithValues: snapshot().map { ($0.key.rawValue, $0.value) })
  }
}

extension RoleName {
  /// The reason codes of its dead letters.
  var refusalCodes: [String] {
    switch self {
    case .intake: EventRefusal.Code.allCases.map(\.rawValue) + WorkerRefusal.codes
    // A signal or a claim that cannot be read is a wrong deploy: it stops its partition.
    case .casework, .delegation: []
    }
  }
}
