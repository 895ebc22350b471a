// Owns which folder `check` reads, and what it prints of a sound one, a broken one and none.
import Console
import Foundation
import Testing

@Suite struct CheckFolderTests {
  private struct Document: Decodable {
    struct Finding: Decodable {
      var level: String
      var file: String
      var line: Int
      var column: Int
      var path: String
      var message: String
    }
    var findings: [Finding]
    var revision: String?
    var rules: Int?
    var teams: Int?
  }

  /// The shipped policy with one file replaced.
  private func broken(_ scratch: Scratch, _ name: String, _ edit: (String) -> String) throws -> String {
    for file in try FileManager.default.contentsOfDirectory(atPath: Shipped.policy) where file != "tests" {
      let text = try String(contentsOfFile: "\(Shipped.policy)/\(file)", encoding: .utf8)
      _ = try scratch.file(file, file == name ? edit(text) : text)
    }
    return scratch.path
  }

  @Test func aSoundFolderAsJSONHasItsRevision() throws {
    let run = CommandRun("check", "--json", Shipped.policy)
    #expect(run.lines.count == 1)
    let document = try JSONDecoder().decode(Document.self, from: Data(run.out.utf8))
    #expect(document.findings.isEmpty)
    #expect(document.revision?.count == 64)
    #expect(document.rules ?? 0 > 20 && document.teams ?? 0 > 10)
  }

  @Test func aBrokenFolderIsRefusedWithThePlaceOfTheMistake() throws {
    let scratch = try Scratch()
    let folder = try broken(scratch, "teams.yaml") {
      $0.replacingOccurrences(of: "calendar: care-days", with: "calender: care-days")
    }
    let run = CommandRun("check", folder + "/")
    #expect(run.code == .findings)
    #expect(run.lines.count == 2 && run.lines.last?.hasPrefix("✗ 1 error, no warnings") == true, "\(run.out)")
    #expect(run.lines.first?.hasPrefix("\(folder)/teams.yaml:") == true)
    #expect(run.out.contains(": unknown field \"calender\" (did you mean \"calendar\"?); allowed: "))

    let json = CommandRun("check", "--json", folder)
    #expect(json.code == .findings && json.lines.count == 1)
    let document = try JSONDecoder().decode(Document.self, from: Data(json.out.utf8))
    let finding = try #require(document.findings.first)
    #expect(
      finding.file == "teams.yaml" && finding.level == "error" && finding.line > 1 && finding.column > 1)
    #expect(document.revision == nil)
  }

  @Test func aBudgetThatMovesIsRefusedAgainstTheFolderItMovesFrom() throws {
    let scratch = try Scratch()
    let folder = try broken(scratch, "delegation.yaml") {
      $0.replacingOccurrences(
        of: "repairs-lyon-office:  { root: site lyon-office, amount: 600 EUR",
        with: "repairs-lyon-office:  { root: site lyon-office, per: cause, amount: 600 EUR")
    }
    #expect(CommandRun("check", folder).code == .success)
    let run = CommandRun("check", folder, "--against", Shipped.policy)
    #expect(run.code == .findings)
    #expect(
      run.lines.first?.contains("delegation.budgets.repairs-lyon-office: had one pot when it was published")
        == true,
      "\(run.out)")
    #expect(run.lines.last?.hasSuffix("contradicts \(Shipped.policy)") == true)
    let json = CommandRun("check", "--json", folder, "--against", Shipped.policy)
    #expect(json.code == .findings)
    #expect(try JSONDecoder().decode(Document.self, from: Data(json.out.utf8)).findings.count == 1)
    #expect(CommandRun("check", Shipped.policy, "--against", folder + "/nowhere").code == .noInput)
  }

  @Test func aFolderThatIsNotThereIsNoAnswerAboutAPolicy() throws {
    let missing = CommandRun("check", "/nowhere/at/all")
    #expect(missing.code == .noInput)
    #expect(missing.err == "answerable: /nowhere/at/all: there is no such folder\n")
    let file = CommandRun("check", Shipped.policy + "/teams.yaml")
    #expect(file.code == .noInput)
    #expect(file.err.hasSuffix("teams.yaml: is a file, and a policy is a folder of files\n"))
    let publish = CommandRun("policy", "publish", "/nowhere/at/all")
    #expect(publish.code == .noInput)
  }

  @Test func theFolderIsTheArgumentElseTheOption() throws {
    let environment = ["ANSWERABLE_POLICY": "/nowhere"]
    #expect(CommandRun("check", Shipped.policy, environment: environment).code == .success)
    #expect(CommandRun("check", environment: environment).code == .noInput)
    #expect(CommandRun("check", "--policy", Shipped.policy, environment: environment).code == .success)
  }
}
