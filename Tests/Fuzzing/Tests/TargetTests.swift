// Owns what every target of fuzzing owes: inputs that a seed repeats and a file keeps, and outcomes of both kinds.
import FuzzKit
import Testing

@Suite struct TargetTests {
  static let names = FuzzTargets.all.map { $0.name }

  @Test(arguments: names)
  func aSeedAlwaysMakesTheSameInputAndOthersMakeOthers(_ name: String) throws {
    let type = try #require(FuzzTargets.named(name))
    let (target, again) = (try type.init(), try type.init())
    let inputs = (UInt64(0)..<40).map { target.input(seed: $0) }
    #expect(inputs.reversed() == (UInt64(0)..<40).reversed().map { again.input(seed: $0) })
    #expect(Set(inputs).count > 20)
  }

  @Test(arguments: names)
  func anInputIsTheSameAfterItsFile(_ name: String) throws {
    let target = try #require(FuzzTargets.named(name)).init()
    for seed in UInt64(0)..<40 {
      let input = target.input(seed: seed)
      #expect(try FuzzInput(file: input.file) == input)
    }
  }

  @Test(arguments: names)
  func everyTargetHasMoreThanOneOutcome(_ name: String) throws {
    let target = try #require(FuzzTargets.named(name)).init()
    let outcomes = try Set((UInt64(1)...60).map { try target.examine(target.input(seed: $0)) })
    #expect(outcomes.count > 1)
  }

  @Test(arguments: ["x 1\n", "x 2\na\n", "x -1\n\n", "x\n", "x 1\nab\n", "x 99999999999999999999\n", "y"])
  func aFileThatIsNoInputIsRefused(_ text: String) {
    #expect(throws: BadInputFile.self) { try FuzzInput(file: Array(text.utf8)) }
  }
}
