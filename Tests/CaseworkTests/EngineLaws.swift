// Owns the law that ties the decisions to what a task runs: kept as bytes, loaded and saved each time, and restarted at
// any moment, they are the same.
import Events
import Policy
import Streams
import Testing

@testable import Casework

@Suite struct EngineLaws {
  private func transcript(_ seed: UInt64, _ desk: Desk, steps: Int = 80) -> [String] {
    var life = RandomLife(seed: seed)
    return (0..<steps).flatMap { _ in
      life.step(desk).map { told in
        var told = told
        told.number = 0
        return "\(told)"
      }
    }
  }

  @Test(arguments: 0..<30)
  func anEngineOverBytesDecidesAsTheDeciderOverValues(seed: UInt64) throws {
    let policy = try LivelyPolicy.compiled.get()
    let values = transcript(seed, Desk(policy))
    let bytes = transcript(seed, Desk { DeskEngine(policy, $0) })
    for (index, (a, b)) in zip(values, bytes).enumerated() where a != b {
      Issue.record("decision \(index):\n\(a)\n\(b)")
      return
    }
    #expect(values.count == bytes.count)
  }

  @Test(arguments: 0..<10)
  func aRestartBeforeEveryDecisionChangesNone(seed: UInt64) throws {
    let policy = try LivelyPolicy.compiled.get()
    let undisturbed = transcript(seed, Desk { DeskEngine(policy, $0) })
    let restarted = transcript(seed, Desk { DeskEngine(policy, $0, restarts: true) })
    #expect(undisturbed == restarted)
  }

  @Test func whatASubjectHasNoRoomForLeavesNoBytesBehind() throws {
    let policy = try LivelyPolicy.compiled.get()
    let desk = Desk { DeskEngine(policy, $0) }
    for number in 1...140 {
      desk.incident("lyon-1") { $0.entity = "lift-\(number)" }
      desk.incident("lyon-1") {
        $0.entity = "lift-\(number)"
        $0.status = .resolved
      }
    }
    #expect(desk.timers.count == 128)
    desk.erase(keyed: DeskNames.key("lyon-1", "s"))
    // The number of a next case stays, and leaves late.
    #expect(desk.timers.count == 1)
    #expect((desk.casework as? DeskEngine)?.keysOfSubjects.count == 1)
    desk.advance(by: 401.days)
    #expect(desk.timers.isEmpty)
    #expect((desk.casework as? DeskEngine)?.keysOfSubjects.isEmpty == true)
  }

  /// What a reader of `assignments` counts.
  private func publishedOpen(_ desk: Desk) -> Int64 {
    Int64(desk.assignments.values.count { $0.view.status != .closed })
  }

  @Test(arguments: 0..<20)
  func asManyCasesAreSaidToBeOpenAsWereAssignedAndNotClosed(seed: UInt64) throws {
    let policy = try LivelyPolicy.compiled.get()
    let desk = Desk { DeskEngine(policy, $0, restarts: seed % 2 == 0) }
    var life = RandomLife(seed: seed)
    var most: Int64 = 0
    for step in 0..<120 {
      _ = life.step(desk)
      guard let engine = desk.casework as? DeskEngine, let open = engine.openCases else { continue }
      #expect(open == publishedOpen(desk), "seed \(seed), step \(step)")
      most = max(most, open)
    }
    #expect(most > 1, "there was something to count")
    desk.advance(by: 500.days)
    #expect((desk.casework as? DeskEngine)?.openCases == publishedOpen(desk))
  }

  @Test(arguments: 0..<6)
  func whatAnEarlierReleaseDidNotCountIsCountedOnce(seed: UInt64) throws {
    let policy = try LivelyPolicy.compiled.get()
    let desk = Desk { DeskEngine(policy, $0, forgets: true) }
    var life = RandomLife(seed: seed)
    for _ in 0..<60 { _ = life.step(desk) }
    #expect((desk.casework as? DeskEngine)?.openCases == publishedOpen(desk))
  }

  @Test(arguments: 0..<10)
  func theJournalsNumbersHaveNoGap(seed: UInt64) throws {
    let policy = try LivelyPolicy.compiled.get()
    let desk = Desk { DeskEngine(policy, $0) }
    var life = RandomLife(seed: seed)
    for _ in 0..<80 { _ = life.step(desk) }
    #expect(desk.decisions.map(\.number) == desk.decisions.indices.map { Int64($0) + 1 })
  }
}
