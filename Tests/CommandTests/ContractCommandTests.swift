// Owns what the program prints about itself: schemas, version, ACLs, completions, help.
import Console
import Events
import Foundation
import Testing

@testable import answerable

@Suite struct ContractCommandTests {
  private static let names = [
    "asyncapi", "feedback", "incident", "case-update", "remedy", "signal", "assignment", "escalation",
    "journal", "delegation", "claim", "dead-letter",
  ]

  @Test func schemasListsEveryContract() {
    let run = CommandRun("schemas")
    #expect(run.lines == Self.names)
    #expect(run.code == .success)
  }

  @Test(arguments: names)
  func schemasPrintsAContractByteForByte(name: String) throws {
    let run = CommandRun("schemas", name)
    let file = try #require(Schemas.all.first { $0.name == "\(name).json" })
    #expect(run.out == String(decoding: file.bytes, as: UTF8.self))
    #expect(try JSONSerialization.jsonObject(with: Data(run.out.utf8)) is [String: Any])
  }

  @Test func schemasWritesAllOfThemToAFolder() throws {
    let scratch = try Scratch()
    let run = CommandRun("schemas", "--dir", scratch.path + "/new")
    #expect(run.out == "wrote \(Schemas.all.count) files to \(scratch.path)/new\n")
    for file in Schemas.all {
      let written = try Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/new/\(file.name)"))
      #expect(Array(written) == Array(file.bytes))
    }
    let blocked = CommandRun("schemas", "--dir", try scratch.file("file", "") + "/below")
    #expect(blocked.code == .io)
    #expect(blocked.err.contains("file/below: cannot be written: "))
  }

  @Test func versionNamesTheProgramAndItsLibraries() {
    for words in [["version"], ["--version"]] {
      let run = CommandRun(words)
      #expect(run.lines.first == "answerable \(Program.version)")
      #expect(
        run.lines.dropFirst().map { $0.split(separator: " ").first } == ["librdkafka", "OpenSSL", "policy"])
      #expect(run.code == .success)
    }
  }

  @Test func rightsArePrintedAsCommandsOfKafkasOwnTool() {
    let run = CommandRun("topics", "acls", "intake", "--prefix", "care.", "--brokers", "kafka:9092")
    #expect(run.lines.first == "# intake")
    for line in run.lines.dropFirst() {
      #expect(
        line.hasPrefix("kafka-acls.sh --bootstrap-server kafka:9092 --add --allow-principal User:intake "))
      #expect(line.contains("care."))
    }
    #expect(run.out.contains("--operation Write --operation Describe --topic care.signals\n"))
    #expect(CommandRun("topics", "acls", "nobody").code == .usage)
  }

  @Test(arguments: Shell.allCases)
  func completionsNameEveryCommand(shell: Shell) {
    let script = CommandRun("completions", shell.rawValue).out
    for command in Program.root.subcommands { #expect(script.contains(command.name), "\(command.name)") }
  }

  @Test func bashAcceptsTheCompletionsOfTheWholeProgram() throws {
    let scratch = try Scratch()
    let file = try scratch.file("completions", CommandRun("completions", "bash").out)
    let bash = try Process.run(URL(fileURLWithPath: "/bin/bash"), arguments: ["-n", file])
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
  }

  @Test func helpIsTheSameInBothWays() {
    for words in [["topics", "apply"], ["send"], ["dead-letters", "replay"]] {
      #expect(CommandRun(["help"] + words).out == CommandRun(words + ["--help"]).out)
    }
    #expect(CommandRun("help").out == CommandRun("--help").out)
    #expect(CommandRun("help", "exit-codes").out.contains("78  configuration, policy or layout do not fit"))
    #expect(CommandRun("help", "configuration").out.contains("answerable.conf"))
    #expect(CommandRun("help", "sned").err.contains("unknown command \"sned\" (did you mean \"send\"?)"))
    #expect(
      CommandRun(["help"], environment: ["NO_COLOR": "1"], isTerminal: true).out.contains("\u{1B}") == false)
  }

  @Test func anUnknownCommandIsAnsweredWithTheNearest() {
    let run = CommandRun("topcis", "plan")
    #expect(
      run.err == "answerable: unknown command \"topcis\" (did you mean \"topics\"?)\nTry: answerable --help\n"
    )
    #expect(run.code == .usage)
  }
}
