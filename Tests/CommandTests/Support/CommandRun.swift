// Owns one run of `answerable` in memory, with everything it printed.
import BrokerSupport
import Console
import Foundation

@testable import answerable

/// A command that has ended.
struct CommandRun {
  let code: ExitCode
  let out: String
  let err: String

  init(_ words: [String], environment: [String: String] = [:], isTerminal: Bool = false, width: Int = 100) {
    let terminal = Terminal(
      out: .memory(isTerminal: isTerminal, width: width), err: .memory(isTerminal: isTerminal, width: width))
    code = Application(root: Program.root, environment: environment).run(words, terminal)
    out = terminal.out.text
    err = terminal.err.text
  }

  init(_ words: String..., environment: [String: String] = [:]) { self.init(words, environment: environment) }

  var lines: [String] { out.split(separator: "\n").map(String.init) }
  var errorLines: [String] { err.split(separator: "\n").map(String.init) }
}

/// A folder of one's own, gone with its owner.
final class Scratch {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}

enum Shipped {
  static let config = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Config").path
  static let policy = config + "/policy"
  static let events = config + "/events"
}
