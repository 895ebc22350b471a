// Owns one child from its start to its end: what it printed, how it ended, and the watch over its time.
import Foundation
import FuzzKit

/// What a child came to.
struct ChildResult {
  enum Ending: Equatable {
    case finished
    /// By a signal, with the last lines it wrote on standard error.
    case crashed(String)
    case hung
    case failed(String)
  }

  var ending: Ending
  /// The input it was at when it ended.
  var lastSeed: UInt64
  var lines: [Substring]
}

/// Runs this program again as a child. Output goes to files, so that a child never waits for its parent.
struct ChildProcess {
  /// Processor seconds for one input; ten times as long on the clock where it does not work but waits.
  let patience: Double
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "answerable-fuzz-\(ProcessInfo.processInfo.processIdentifier)")

  func run(_ words: [String]) throws -> ChildResult {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (progress, out, err) = (try make("progress"), try make("out"), try make("err"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [FuzzChild.word, words[0], progress.path] + words.dropFirst()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    // A trap is expected to be reported here, not taken apart there for seconds.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    let hung = watch(process, progress)
    process.waitUntilExit()
    let errors = String(decoding: (try? Data(contentsOf: err)) ?? Data(), as: UTF8.self)
    let tail = errors.split(whereSeparator: \.isNewline).suffix(4).joined(separator: " ⏎ ")
    let ending: ChildResult.Ending =
      if hung {
        .hung
      } else if process.terminationReason == .uncaughtSignal {
        .crashed("signal \(process.terminationStatus)\(tail.isEmpty ? "" : ": ")\(tail)")
      } else if process.terminationStatus != 0 {
        .failed("ended with code \(process.terminationStatus): \(tail)")
      } else {
        .finished
      }
    let text = String(decoding: (try? Data(contentsOf: out)) ?? Data(), as: UTF8.self)
    return ChildResult(
      ending: ending, lastSeed: seed(in: progress), lines: text.split(whereSeparator: \.isNewline))
  }

  private func make(_ name: String) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try Data().write(to: file)
    return file
  }

  private func seed(in progress: URL) -> UInt64 {
    let bytes = (try? Data(contentsOf: progress)) ?? Data()
    return bytes.count == 8 ? bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } : 0
  }

  /// Waits for the end; ends a child that stays at one input for too long, and returns whether it had to.
  private func watch(_ process: Process, _ progress: URL) -> Bool {
    var clock = clockid_t()
    guard clock_getcpuclockid(process.processIdentifier, &clock) == 0 else { return false }
    var at: (seed: UInt64, work: Double, time: Double) = (.max, 0, seconds(CLOCK_MONOTONIC))
    while process.isRunning {
      usleep(20_000)
      let (seed, work, time) = (seed(in: progress), seconds(clock), seconds(CLOCK_MONOTONIC))
      if seed != at.seed {
        at = (seed, work, time)
      } else if work - at.work > patience || time - at.time > patience * 10 + 20 {
        kill(process.processIdentifier, SIGKILL)
        return true
      }
    }
    return false
  }

  private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
