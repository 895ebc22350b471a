// Owns the proof that the ninth mistake of the field is not made here: what is said to come next is what comes.
import Events
import Policy
import StateBytes
import Streams
import Testing

@testable import Casework

/// Systems next door preview with other code than they run. Here the plan is made by what fires.
@Suite struct FieldMistake09PreviewTests {
  /// The plan of a case as it stands on the desk.
  private func plan(_ desk: Desk, _ caseID: String, _ policy: CompiledPolicy) throws -> [String] {
    var state = CaseworkState()
    state.current = try #require(desk.kept(caseID))
    state.hasCurrent = true
    let owner = try #require(policy.casework.team(state.current.owner))
    let opening = policy.casework.opening(ladder: owner.ladder, priority: state.current.priority)
    let isRead = state.ladder.read(opening.shapeBytes.bytes)
    #expect(isRead)
    let moment = Moment(
      policy: policy, rules: policy.casework, now: desk.now, epoch: 1, evidence: .max, texts: Texts())
    return Rungs.plan(state, moment).map { "\($0.rung + 1) \($0.at)" }
  }

  private static func ladder(_ seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    var hours = [1 + random.below(5)]
    for _ in 0..<2 { hours.append((hours.last ?? 0) + 1 + random.below(15)) }
    var rungs: [String] = []
    for condition in ["acknowledged", "responded", "resolved"]
    where condition == "resolved" || random.below(3) > 0 {
      rungs.append("{ unless: \(condition), to: role-\(rungs.count) }")
    }
    for _ in 0...random.below(3) {
      rungs.append("{ after: \(1 + random.below(9))h, to: role-\(rungs.count) }")
    }
    return """
      ladders:
        standard:
          clocks: { acknowledge: \(hours[0])h, respond: \(hours[1])h, resolve: \(hours[2])h }
          rungs: [\(rungs.joined(separator: ", "))]
          start: { P2: \(1 + random.below(min(2, rungs.count))) }
      """
  }

  @Test(arguments: 0..<24)
  func theRungsThatFireAreThoseOfThePlanAtItsMoments(seed: UInt64) throws {
    let files = [
      "ladders.yaml": Self.ladder(seed), "cases.yaml": "cases: { leases: { ownership: 90 days } }",
    ]
    let policy = try CaseworkSample(files).compiled()
    let desk = Desk(policy)
    let caseID = desk.feedback().caseID
    let planned = try plan(desk, caseID, policy)
    let fired = desk.advance(by: 20.days).flatMap { told in
      told.escalations.filter { $0.kind == .rung }.map { "\($0.rung) \(told.at - Desk.grace)" }
    }
    #expect(planned == fired && !planned.isEmpty)
  }

  @Test func aPlanBeginsAfterADeferral() throws {
    let policy = try CaseworkSample(["ladders.yaml": Desk.ladder]).compiled()
    let desk = Desk(policy)
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: monday + 6.hours, reason: "later"), on: caseID)
    #expect(
      try plan(desk, caseID, policy)
        == ["2 \(monday + 6.hours)", "3 \(monday + 2.days)", "4 \(monday + 3.days)"])
  }
}
