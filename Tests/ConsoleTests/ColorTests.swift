// Owns when colour is used: on a terminal, unless somebody said otherwise.
import Testing

@testable import Console

@Suite struct ColorTests {
  private static let escape = "\u{1B}["

  @Test func aTerminalGetsColour() throws {
    #expect(try Run(["--help"], isTerminal: true).out.contains(Self.escape))
    #expect(try Run(["shwo"], isTerminal: true).err.contains(Self.escape))
  }

  @Test func aPipeOrFileGetsNone() throws {
    #expect(try !Run(["--help"]).out.contains(Self.escape))
    #expect(try !Run(["shwo"]).err.contains(Self.escape))
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], ["ANSWERABLE_COLOR": "never"]])
  func theEnvironmentCanTurnItOff(environment: [String: String]) throws {
    #expect(try !Run(["--help"], environment: environment, isTerminal: true).out.contains(Self.escape))
    #expect(try !Run(["shwo"], environment: environment, isTerminal: true).err.contains(Self.escape))
  }

  @Test func anEmptyNoColorMeansNothing() throws {
    #expect(try Run(["--help"], environment: ["NO_COLOR": ""], isTerminal: true).out.contains(Self.escape))
  }

  @Test(arguments: [["--help", "--color", "always"], ["--color=always", "--help"]])
  func itCanBeForced(words: [String]) throws {
    #expect(try Run(words, environment: ["NO_COLOR": "1"]).out.contains(Self.escape))
  }

  @Test(arguments: [["--help", "--color", "never"], ["--color=never", "--help"]])
  func itCanBeForbidden(words: [String]) throws {
    #expect(try !Run(words, isTerminal: true).out.contains(Self.escape))
  }

  @Test func theFileCanForbidIt() throws {
    let root = Command(
      "sample", "x", options: Sample.root.groups,
      subcommands: [
        Command("paint", "print in red", options: [OptionGroup("Options", [Sample.json.spec])]) {
          _, terminal in
          terminal.out.line(terminal.out.styled("red", .red))
          return .success
        }
      ])
    #expect(try Run(["paint"], of: root, isTerminal: true).out == "\u{1B}[31mred\u{1B}[0m\n")
    #expect(try Run(["paint"], file: "color = never\n", of: root, isTerminal: true).out == "red\n")
  }

  @Test func aStreamWithoutColourPrintsTheTextAlone() {
    #expect(TextStream.memory().styled("x", .red, .bold) == "x")
    #expect(TextStream.memory(hasColor: true).styled("x", .red, .bold) == "\u{1B}[31;1mx\u{1B}[0m")
    #expect(TextStream.memory(hasColor: true).styled("", .red) == "")
  }
}
