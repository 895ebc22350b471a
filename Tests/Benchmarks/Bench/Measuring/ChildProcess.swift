// Owns a worker in a process of its own: what it is told, when it is ready, and the figures that it prints.
import Foundation
import Synchronization

/// What a worker measured of itself, from its first assignment to its last commit.
struct WorkerFigures: Codable, Sendable {
  var records: Int64
  var commits: Int64
  var commitMicroseconds: Int64
  var microseconds: Int64
  var cpuMicroseconds: Int64
  var peakBytes: Int64
  /// Of a worker with state: what it holds at the end.
  var entries: Int64 = 0
  var timers: Int64 = 0
  var stateBytes: Int64 = 0
  /// Resident at the end.
  var heldBytes: Int64 = 0
  /// Changelog records read at the start, and how long it took until every task ran.
  var restored: Int64 = 0
  var startMicroseconds: Int64 = 0
  var cpuAtReady: Int64 = 0
  var timersFired: Int64 = 0
  /// From when every task ran until no timer was due.
  var drainMicroseconds: Int64 = 0
  /// Cases that were opened.
  var opened: Int64 = 0
  /// The longest time between two commits with records, between the first and the last of them.
  var longestGapMicroseconds: Int64 = 0

  var perSecond: Double { Double(records) * 1e6 / Double(max(1, microseconds)) }
  var cpuPerRecord: Double { Double(cpuMicroseconds) / Double(max(1, records)) }
  var megabytes: Double { Double(peakBytes) / 1e6 }
  var millisecondsPerCommit: Double { Double(commitMicroseconds) / 1000 / Double(max(1, commits)) }
}

/// This program, running one of its worker commands. Ends with the process that started it: the worker stops when
/// its standard input ends.
final class ChildProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = ""

  init(_ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    try process.run()
  }

  /// Waits until the worker says that it has its partitions.
  func waitUntilReady() throws {
    guard try line() == "ready" else { throw failure() }
  }

  /// Tells the worker to stop, if it has not by itself, and returns what it measured.
  func stop<Figures: Decodable>(_ type: Figures.Type) throws -> Figures {
    try? input.fileHandleForWriting.close()
    return try finish(type)
  }

  /// Waits for the worker's end and returns what it measured.
  func finish<Figures: Decodable>(_ type: Figures.Type) throws -> Figures {
    var last = ""
    while let line = try line() { last = line }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw failure() }
    return try JSONDecoder().decode(Figures.self, from: Data(last.utf8))
  }

  private func failure() -> BenchFailure {
    BenchFailure("the worker `\(process.arguments?.first ?? "")` failed; it says why above")
  }

  private func line() throws -> String? {
    while true {
      if let end = unread.firstIndex(of: "\n") {
        defer { unread = String(unread[unread.index(after: end)...]) }
        return String(unread[..<end])
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      unread += String(decoding: more, as: UTF8.self)
    }
  }
}

/// The worker's side.
enum ChildSide {
  /// Calls `body` once standard input ends.
  static func whenToldToStop(_ body: @escaping @Sendable () -> Void) {
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 64)
      while read(0, &buffer, buffer.count) > 0 {}
      body()
    }
  }

  /// Says something to the process that started this one.
  static func say(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(1, bytes, bytes.count)
  }

  static func say<Figures: Encodable>(_ figures: Figures) throws {
    say(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
  }
}
