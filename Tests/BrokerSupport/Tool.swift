// Owns one run of a program to its end, as a person in a shell has it: output, errors, exit status.
import Foundation

/// A program that has ended.
public struct Tool {
  public let status: Int32
  public let out: String
  public let err: String
  /// What was run, and everything it said: for messages of failed expectations.
  public let story: String

  public var lines: [String] { out.split(separator: "\n").map(String.init) }

  /// The built `answerable`, beside this test bundle.
  public static var answerable: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("answerable")
  }

  /// Runs a program to its end; throws when that does not come within `seconds`.
  public init(
    _ executable: URL, _ arguments: [String], environment: [String: String] = [:], input: String? = nil,
    folder: URL, seconds: Int = 60
  ) throws {
    let name = folder.appendingPathComponent("tool-\(UUID().uuidString.prefix(8))").path
    func file(_ suffix: String, _ text: String = "") throws -> FileHandle {
      try Data(text.utf8).write(to: URL(fileURLWithPath: name + suffix))
      return try FileHandle(forUpdating: URL(fileURLWithPath: name + suffix))
    }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // What the person who runs the tests has set is not for the commands under test.
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ANSWERABLE_") }
      .merging(environment) { $1 }
    process.standardInput = try file(".in", input ?? "")
    process.standardOutput = try file(".out")
    process.standardError = try file(".err")
    try process.run()
    let end = ContinuousClock.now + .seconds(seconds)
    while process.isRunning {
      guard ContinuousClock.now < end else {
        process.terminate()
        throw BrokerFailure("\(executable.lastPathComponent) \(arguments) did not end within \(seconds) s")
      }
      usleep(5_000)
    }
    status = process.terminationStatus
    out = try String(contentsOfFile: name + ".out", encoding: .utf8)
    err = try String(contentsOfFile: name + ".err", encoding: .utf8)
    story = "\(executable.lastPathComponent) \(arguments.joined(separator: " "))\n\(out)\(err)exit \(status)"
  }
}
