// Owns the promise that the laws of answers find what they are there for, and have something to judge.
import Simulation
import Testing

@Suite struct AnswerLawTests {
  private static let workloads = Result { try Workloads() }

  @Test func theyJudgeClaimsAndAnswersOfEachKind() throws {
    let workloads = try Self.workloads.get()
    var met = Coverage()
    for seed in UInt64(0)..<200 where Coverage.Item.ofAnswers.contains(where: { met[$0] == 0 }) {
      met.add(try workloads.run(workloads.scenario(seed: seed, .topology)).coverage)
    }
    for item in Coverage.Item.ofAnswers { #expect(met[item] > 0, "\(item.rawValue)") }
  }

  @Test(arguments: [
    PlantedBug.neverLapsed, .doubledAnswer, .heldAfterReturn, .untoldAnswer, .unshownAnswer, .unsentClaim,
  ])
  func whatWasPublishedGivesTheBugAwayWithoutDecidingAnythingAgain(bug: PlantedBug) throws {
    let workloads = try Self.workloads.get()
    for seed in UInt64(0)..<100 {
      let world = try World(workloads.topology, workloads.scenario(seed: seed, .topology), bug: bug)
      try world.disturb()
      _ = try world.heal()
      do {
        _ = try workloads.topology.judgePublished(world.log)
      } catch {
        return
      }
    }
    Issue.record("no seed gives it away")
  }
}
