// Owns which of several places a value comes from: command line, then environment, then file, then default.
import Foundation
import Testing

@testable import Console

@Suite struct PrecedenceTests {
  private static let file =
    "threads = 3\nbrokers = f:1\nbrokers = f:2\njson = on\nkafka.a = file\nkafka.b = file\n"
  private static let environment = [
    "ANSWERABLE_THREADS": "5", "ANSWERABLE_JSON": "off", "ANSWERABLE_KAFKA_B": "env",
    "ANSWERABLE_KAFKA_C": "env",
  ]

  @Test func withoutAnythingTheDefaultHolds() throws {
    let run = try Run(["show"])
    #expect(run.value("threads") == "2")
    #expect(run.value("brokers") == "here:9092")
    #expect(run.value("mode") == "slow")
  }

  @Test func theFileWinsOverTheDefault() throws {
    let run = try Run(["show"], file: Self.file)
    #expect(run.value("threads") == "3")
    #expect(run.value("brokers") == "f:1+f:2")
    #expect(run.value("json") == "true")
  }

  @Test func theEnvironmentWinsOverTheFile() throws {
    let run = try Run(["show"], environment: Self.environment, file: Self.file)
    #expect(run.value("threads") == "5")
    #expect(run.value("json") == "false")
    #expect(run.value("brokers") == "f:1+f:2")
  }

  @Test func theCommandLineWinsOverAll() throws {
    let run = try Run(["show", "-t", "7", "--json"], environment: Self.environment, file: Self.file)
    #expect(run.value("threads") == "7")
    #expect(run.value("json") == "true")
  }

  @Test func pairsAddUpAndEachNameHasItsOwnPrecedence() throws {
    let run = try Run(
      ["show", "--kafka", "c=words", "--kafka", "d.e=words"], environment: Self.environment, file: Self.file)
    #expect(run.value("kafka") == "a=file+b=env+c=words+d.e=words")
  }

  @Test func anEmptyVariableCountsAsUnset() throws {
    let run = try Run(["show"], environment: ["ANSWERABLE_THREADS": "", "ANSWERABLE_CONFIG": ""])
    #expect(run.value("threads") == "2")
    #expect(run.code == .success)
  }

  @Test func aBadVariableIsNamed() throws {
    let run = try Run(["show"], environment: ["ANSWERABLE_THREADS": "many"])
    #expect(run.err == "sample: ANSWERABLE_THREADS: \"many\" is not a whole number from 1 to 64\n")
    #expect(run.code == .configuration)
  }

  @Test func aValueThatIsOverriddenIsNotChecked() throws {
    let run = try Run(["show", "-t", "7"], environment: ["ANSWERABLE_THREADS": "many"])
    #expect(run.value("threads") == "7")
  }

  @Test func aSecretComesFromTheNearestPlace() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String) throws -> String {
      let path = folder.appendingPathComponent(name).path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }
    let (one, two) = (try file("one", "from a file \n"), try file("two", "from another\r\n"))
    let variable = ["ANSWERABLE_SECRET": "from a variable"]
    #expect(try Run(["show"]).value("secret") == "-")
    #expect(try Run(["show"], file: "secret-file = \(one)\n").value("secret") == "from a file ")
    #expect(
      try Run(["show"], environment: variable, file: "secret-file = \(one)\n").value("secret")
        == "from a variable")
    #expect(try Run(["show", "--secret-file", two], environment: variable).value("secret") == "from another")
    let missing = try Run(["show", "--secret-file", folder.path + "/none"])
    #expect(missing.code == .noInput)
    #expect(missing.err.hasSuffix("none: cannot be read (secret-file)\n"))
    let empty = try Run(["show", "--secret-file", try file("three", "\n")])
    #expect(empty.code == .configuration)
    #expect(empty.err.hasSuffix("three: is empty (secret-file)\n"))
  }
}
