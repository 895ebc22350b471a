// Owns the inputs that once broke something: each is kept as a file and tried again.
import Foundation
import FuzzKit
import Testing

@Suite struct RegressionTests {
  struct Kept: Sendable, CustomTestStringConvertible {
    let target: String
    let file: URL
    var testDescription: String { "\(target)/\(file.lastPathComponent)" }
  }

  static let kept: [Kept] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Regressions")
    return FuzzTargets.all.flatMap { target in
      let files = try? FileManager.default.contentsOfDirectory(
        at: folder.appendingPathComponent(target.name), includingPropertiesForKeys: nil)
      return (files ?? []).filter { $0.pathExtension == "input" }.map { Kept(target: target.name, file: $0) }
    }.sorted { $0.testDescription < $1.testDescription }
  }()

  @Test(arguments: kept)
  func whatOnceBrokeALawHoldsItNow(_ kept: Kept) throws {
    let target = try #require(FuzzTargets.named(kept.target)).init()
    let input = try FuzzInput(file: Array(try Data(contentsOf: kept.file)))
    #expect(try !target.examine(input).isEmpty)
  }

  /// A moved folder would otherwise leave nothing to try, in silence.
  @Test func thereAreKeptInputs() { #expect(!Self.kept.isEmpty) }
}
