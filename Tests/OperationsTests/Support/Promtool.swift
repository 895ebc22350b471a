// Owns the asking of Prometheus' own judge of pages and rules.
import Foundation

enum Promtool {
  /// Where it stands in the PATH; nil where it is not installed.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/promtool" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Runs it and returns how it ended and all that it said.
  static func run(_ words: [String], input text: String = "") throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = path.map { URL(fileURLWithPath: $0) }
    process.arguments = words
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }
}
