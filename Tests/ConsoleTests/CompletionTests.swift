// Owns completions: scripts that their shells accept, and what they offer.
import Foundation
import Testing

@testable import Console

@Suite struct CompletionTests {
  /// Runs a shell on a script; its exit status and what it printed.
  private static func run(_ shell: String, _ arguments: [String], script: String) throws -> (Int32, String) {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "completion-\(UUID().uuidString)")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [shell] + arguments + [file.path]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  static func has(_ shell: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)") }
  }

  @Test func bashAcceptsItsScript() throws {
    let (status, text) = try Self.run("bash", ["-n"], script: Sample.root.completions(for: .bash))
    #expect(status == 0 && text == "", "\(text)")
  }

  @Test(.enabled(if: has("zsh"), "NOT RUN: zsh is not installed (apt-get install zsh)"))
  func zshAcceptsItsScript() throws {
    let (status, text) = try Self.run("zsh", ["-n"], script: Sample.root.completions(for: .zsh))
    #expect(status == 0 && text == "", "\(text)")
  }

  @Test(.enabled(if: has("fish"), "NOT RUN: fish is not installed (apt-get install fish)"))
  func fishAcceptsItsScript() throws {
    let (status, text) = try Self.run("fish", ["--no-execute"], script: Sample.root.completions(for: .fish))
    #expect(status == 0 && text == "", "\(text)")
  }

  /// What bash would offer for the last of these words.
  private static func offers(_ words: [String]) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script =
      Sample.root.completions(for: .bash) + """

        COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
        compopt() { :; }
        _sample; printf '%s\\n' "${COMPREPLY[@]}"
        """
    let (status, text) = try run("bash", [], script: script)
    #expect(status == 0)
    return text.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    (["sample", ""], ["show", "group", "broken"]), (["sample", "gr"], ["group"]),
    (["sample", "group", ""], ["inner"]), (["sample", "group", "inner", "in"], ["intake"]),
    (["sample", "show", "--th"], ["--threads"]), (["sample", "show", "--mode", ""], ["slow", "fast"]),
    (["sample", "show", "-m", "f"], ["fast"]),
    (["sample", "group", "inner", "--"], ["--config", "--color", "--count", "--help"]),
    (["sample", "--color", "a"], ["auto", "always"]), (["sample", "show", "--sec"], ["--secret-file"]),
  ])
  func bashOffersWhatMayFollow(words: [String], offered: [String]) throws {
    #expect(try Self.offers(words) == offered)
  }

  @Test func bashOffersFilesWhereAFileIsMeant() throws {
    #expect(try Self.offers(["sample", "show", "--secret-file", "/etc/host"]).contains("/etc/hosts"))
  }
}
