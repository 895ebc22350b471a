// Owns the laws of reading a policy, whatever stands in its files: never a trap, always a policy or a reason,
// and the same findings in the same order each time.
import Events
import Foundation
import Testing

@testable import Policy

@Suite struct LoadingProperties {
  /// What every check must hold, and, where there is a policy, every decision by it.
  private static func examine(_ check: PolicyCheck, _ seed: UInt64) {
    #expect((check.document == nil) == !check.errors.isEmpty, "a policy, or a reason")
    #expect(check.findings == check.findings.sorted(), "sorted")
    #expect(Set(check.findings).count == check.findings.count, "each once")
    for finding in check.findings {
      #expect(!finding.description.contains { $0.isNewline }, "on one line")
      #expect((finding.line == 0) == (finding.column == 0), "a place, or none")
    }
    guard let document = check.document else { return }
    let ours = Set(document.teams.filter { $0.accountable != nil }.map(\.id))
    let evaluator = PolicyEvaluator(CompiledPolicy(document))
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4 {
      let outcome = evaluator.outcome(RandomEvent.make(&random))
      #expect(ours.contains(outcome.owner), "an owner with somebody accountable")
    }
  }

  @Test(arguments: UInt64(1)...400)
  func aDamagedPolicyIsReadOrRefusedWithReasons(_ seed: UInt64) {
    var mutator = PolicyMutator(seed: seed)
    let files = mutator.files()
    let check = PolicyLoader.check(files: files)
    Self.examine(check, seed)
    #expect(PolicyLoader.check(files: files.reversed()).findings == check.findings, "the same each time")
  }

  /// Without both kinds the law above would say little.
  @Test func damageSometimesRefusesAPolicyAndSometimesDoesNot() {
    let sound = (UInt64(1)...60).count { seed in
      var mutator = PolicyMutator(seed: seed)
      return PolicyLoader.check(files: mutator.files()).document != nil
    }
    #expect((1...59).contains(sound))
  }

  @Test(arguments: UInt64(1)...40)
  func anyBytesInAnyFileAreReadOrRefusedWithReasons(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("answerable-bytes-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    for file in PolicyMutator.shipped {
      var bytes = Array(file.text.utf8)
      if random.once(in: 2) { Self.damage(&bytes, &random) }
      try Data(bytes).write(to: folder.appendingPathComponent(file.name))
    }
    let check = PolicyLoader.load(folder: folder.path)
    Self.examine(check, seed)
    #expect(PolicyLoader.load(folder: folder.path).findings == check.findings)
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    if random.once(in: 3) {
      // YAML's own characters more often than others.
      let likely = Array("\n\n  --::{}[],,\"'#&*!|>%@`\\\t\r?aé".utf8)
      bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
        random.once(in: 5) ? .random(in: 0...255, using: &random) : random.pick(likely)
      }
      return
    }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
    }
  }
}
