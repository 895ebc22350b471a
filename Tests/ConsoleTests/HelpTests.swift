// Owns what help shows: everything there is to know of a command, within the terminal's width.
import Foundation
import Testing

@testable import Console

@Suite struct HelpTests {
  @Test(arguments: [["--help"], ["-h"], ["show", "-h"], ["show", "--help", "-t", "4"]])
  func helpIsPrintedOnStandardOutput(words: [String]) throws {
    let run = try Run(words)
    #expect(run.code == .success)
    #expect(run.err == "")
    #expect(run.out.contains("Usage: sample"))
  }

  @Test func withoutWordsTheProgramSaysWhatItIs() throws {
    let run = try Run([])
    #expect(run.out.hasPrefix("sample: a program to test with\n\nUsage: sample COMMAND [OPTION…]\n"))
    #expect(run.code == .usage)
  }

  @Test func aGroupWithoutItsCommandShowsItsHelpAsAnError() throws {
    let run = try Run(["group"])
    #expect(run.err.contains("Commands:\n  inner  take few\n"))
    #expect(run.out == "")
    #expect(run.code == .usage)
  }

  @Test func anOptionIsShownWithDefaultChoicesAndVariable() throws {
    let help = try Run(["show", "--help"]).out
    for line in [
      "  -t, --threads N         Worker threads. Default: 2. [ANSWERABLE_THREADS]",
      "  -b, --brokers LIST      Brokers. Several: repeat it, or separate with commas. Default: here:9092.",
      "  -m, --mode MODE         How. One of slow, fast. Default: slow. [ANSWERABLE_MODE]",
      "  -k, --kafka NAME=VALUE  Properties. [ANSWERABLE_KAFKA_NAME]",
      "  ANSWERABLE_SECRET       The secret. Only from the environment.", "Everywhere:", "  [WORD…]  Words.",
    ] { #expect(help.split(separator: "\n").contains { $0 == line }, "\(line)\n\(help)") }
  }

  @Test(arguments: [40, 60, 80, 100, 160])
  func noLineIsWiderThanTheTerminal(width: Int) throws {
    for words in [["--help"], ["show", "--help"], ["group", "--help"], ["group", "inner", "--help"]] {
      let run = try Run(words, isTerminal: true, width: width)
      for line in run.out.split(separator: "\n") { #expect(TextWidth.columns(line) <= width, "\(line)") }
    }
  }

  @Test func examplesAreShownWithWhatTheyDo() throws {
    #expect(try Run(["--help"]).out.contains("Examples:\n  sample show --threads 4\n      Four threads.\n"))
  }

  @Test func theExitCodePageListsEveryCodeWithItsNumberAndWhole() {
    let stream = TextStream.memory(width: 60)
    ExitCodePage.print(to: stream)
    let rows = stream.text.split(separator: "\n").compactMap { line -> Int32? in
      line.split(separator: " ").first.flatMap { Int32($0) }
    }
    #expect(rows == ExitCode.allCases.map(\.rawValue))
    #expect(Set(rows).count == rows.count)
    let words = stream.text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for code in ExitCode.allCases { #expect(words.contains("\(code.rawValue) \(code.meaning)"), "\(code)") }
    for line in stream.text.split(separator: "\n") { #expect(TextWidth.columns(line) <= 60, "\(line)") }
  }

  @Test func theConfigurationPageFitsAndItsExampleIsAFileThatWorks() throws {
    let stream = TextStream.memory(width: 80)
    ConfigurationPage.print(to: stream)
    for line in stream.text.split(separator: "\n") { #expect(TextWidth.columns(line) <= 80, "\(line)") }
    let example = stream.text.components(after: "# answerable.conf", before: "\n\n")
    let file = ConfigurationFile(parsing: example, path: "answerable.conf")
    #expect(file.mistakes == [])
    #expect(file.entries.count == 7)
  }
}

extension String {
  /// From the line that holds `start` to `end`.
  fileprivate func components(after start: String, before end: String) -> String {
    guard let begin = range(of: start) else { return "" }
    let rest = self[begin.upperBound...].drop { $0 != "\n" }
    return String(rest.range(of: end).map { rest[..<$0.lowerBound] } ?? rest)
  }
}
