// Owns what holds for every command alike: help that fits, examples that parse, options that are told apart.
import Console
import Foundation
import Testing

@testable import Console
@testable import answerable

@Suite struct ProgramLawTests {
  private static let nodes = CommandNode.walk(Program.root)
  private static let paths = nodes.map { Array($0.path.dropFirst()) }

  @Test(arguments: paths)
  func helpFitsEightyColumnsAndTellsWhatACommandDoes(path: [String]) {
    let run = CommandRun(path + ["--help"], isTerminal: true, width: 80)
    #expect(run.code == .success)
    for line in run.out.split(separator: "\n") {
      // An example is a line to be copied whole.
      let isExample = line.contains("\u{1B}[36m")
      #expect(isExample || TextWidth.columns(line) <= 80, "\(line)")
    }
    #expect(run.out.contains("Usage:"))
  }

  @Test func everyCommandThatRunsHasAnExampleOrNeedsNone() {
    let simple = ["version", "history", "metrics"]
    for node in Self.nodes where node.command.subcommands.isEmpty && !simple.contains(node.command.name) {
      #expect(!node.command.examples.isEmpty, "\(node.path)")
    }
  }

  @Test func everyExampleIsACommandLineThatParses() throws {
    for example in Self.nodes.flatMap(\.command.examples) {
      // What a shell makes of it: the part before a pipe or redirection, without quotes and around a substitution.
      var line = example.line
      if let inner = line.range(of: "<(") { line = String(line[inner.upperBound...].dropLast()) }
      let words = line.prefix { $0 != "|" && $0 != ">" }.split(separator: " ").map(String.init)
      guard words.first == Program.name else { continue }
      let plain = Self.joinedQuotes(Array(words.dropFirst()))
      let parsed = try Parser(root: Program.root).parse(plain)
      #expect(parsed.command.subcommands.isEmpty, "\(example.line)")
      _ = try Resolution(root: Program.root, environment: [:]).resolve(parsed, file: nil)
    }
  }

  /// Words between double quotes as one.
  private static func joinedQuotes(_ words: [String]) -> [String] {
    var result: [String] = []
    var isOpen = false
    for word in words {
      if isOpen { result[result.count - 1] += " " + word } else { result.append(word) }
      if word.filter({ $0 == "\"" }).count % 2 == 1 { isOpen.toggle() }
    }
    return result.map { $0.filter { $0 != "\"" } }
  }

  @Test func noTwoOptionsInReachShareANameOrLetter() {
    for node in Self.nodes {
      let names = node.options.map(\.name)
      let letters = node.options.compactMap(\.short)
      #expect(Set(names).count == names.count, "\(node.path): \(names)")
      #expect(Set(letters).count == letters.count, "\(node.path): \(letters)")
      #expect(!names.contains("help") && !letters.contains("h"))
    }
  }

  @Test func optionsThatShareANameShareItsKind() {
    for (name, specs) in Dictionary(grouping: Program.root.allOptions, by: \.name) {
      #expect(Set(specs.map(\.kind)).count == 1, "\(name)")
    }
  }

  @Test func everyOptionHasAVariableAndAllButTheFilesNameAndSecretsAKey() {
    for option in Program.root.allOptions where option.name != "config" {
      #expect(option.isConfigurable != (option.kind == .environmentOnly), "\(option.name)")
      #expect(option.environmentName.hasPrefix("ANSWERABLE_") && !option.environmentName.contains("-"))
    }
    let names = Set(Program.root.allOptions.map(\.environmentName))
    #expect(names.count == Set(Program.root.allOptions.map(\.name)).count)
    // The pass-through would read another option's variable as a property.
    #expect(!names.contains { $0.hasPrefix("ANSWERABLE_KAFKA_") })
  }

  @Test func aVariableNoCommandTakesAsAnotherOptionsValue() {
    for option in Program.root.allOptions {
      #expect(CommandRun(["version"], environment: [option.environmentName: ""]).code == .success)
    }
  }

  @Test func summariesAreSentencesOfOneVoice() {
    for node in Self.nodes.dropFirst() {
      let summary = node.command.summary
      #expect(summary.first?.isLowercase == true && summary.last != ".", "\(node.path): \(summary)")
    }
    for option in Program.root.allOptions {
      #expect(
        option.summary.last == "." && option.summary.first?.isUppercase == true,
        "\(option.name): \(option.summary)")
    }
  }

  @Test func theExitCodesNamedInHelpAreThoseThereAre() throws {
    let known = Set(ExitCode.allCases.map(\.rawValue))
    for node in Self.nodes {
      let text = (node.command.details + node.command.options.map(\.summary)).joined(separator: " ")
      for match in text.matches(of: /(?:[Ee]xit code |\. )([0-9]{1,3})\b(?=[:.)])/) {
        #expect(known.contains(try #require(Int32(match.1))), "\(node.path): \(match.0)")
      }
    }
    #expect(known == [0, 1, 2, 64, 66, 69, 70, 74, 77, 78, 130])
  }
}
