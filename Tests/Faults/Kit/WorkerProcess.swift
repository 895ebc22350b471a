// Owns one `answerable run` as a child process that may be killed, frozen or asked to drain.
import BrokerSupport
import Foundation
import Glibc

/// A worker process of the built binary. Ends with its owner at the latest.
public final class WorkerProcess {
  private let process = Process()
  private var held: Set<String> = []
  /// Up to where `assignment` has read.
  private var readTo: UInt64 = 0
  /// Where what it prints goes.
  public let output: URL

  /// Starts `answerable` with these arguments, its output in a file of its own.
  public init(_ arguments: [String], environment: [String: String], folder: URL, name: String) throws {
    output = folder.appendingPathComponent("\(name).log")
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    let handle = try FileHandle(forWritingTo: output)
    process.executableURL = Self.binary
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit { if process.isRunning { send(SIGKILL) } }

  public var isRunning: Bool { process.isRunning }
  /// The system's number of it.
  public var id: Int32 { process.processIdentifier }
  public func send(_ signal: Int32) { _ = Glibc.kill(process.processIdentifier, signal) }

  /// Waits for the end and returns the exit status; nil when it does not come within `seconds`.
  public func wait(seconds: Int) -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    while process.isRunning {
      guard ContinuousClock.now < end else { return nil }
      usleep(20_000)
    }
    return process.terminationStatus
  }

  /// The partitions it holds, by what it logged with `--json`. Asked again and again, so each line is read once.
  public var assignment: Set<String> {
    guard let file = try? FileHandle(forReadingFrom: output) else { return held }
    defer { try? file.close() }
    try? file.seek(toOffset: readTo)
    let news = (try? file.readToEnd()) ?? Data()
    guard let end = news.lastIndex(of: UInt8(ascii: "\n")) else { return held }
    for line in news[..<end].split(separator: UInt8(ascii: "\n")) {
      guard let entry = try? JSONDecoder().decode(LogEntry.self, from: line) else { continue }
      switch entry.event {
      case "assigned": held.formUnion(entry.partitions ?? [])
      case "revoked", "lost": held.subtract(entry.partitions ?? [])
      default: break
      }
    }
    readTo += UInt64(news.distance(from: news.startIndex, to: end) + 1)
    return held
  }

  private struct LogEntry: Decodable {
    var event: String
    var partitions: [String]?
  }

  /// What it printed so far.
  public var log: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

  /// The binary beside this one.
  public static var binary: URL {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("answerable")
  }

  /// Runs the binary to its end; throws with its output when it fails.
  @discardableResult
  public static func run(_ arguments: [String], environment: [String: String], folder: URL) throws -> String {
    let name = arguments.prefix(2).joined(separator: "-")
    let process = try WorkerProcess(arguments, environment: environment, folder: folder, name: name)
    guard let status = process.wait(seconds: 60), status == 0 else {
      throw BrokerFailure("answerable \(arguments.joined(separator: " ")) failed:\n\(process.log)")
    }
    return process.log
  }
}
