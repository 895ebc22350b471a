// Owns the way of evidence from end to end: INTAKE tells how far it has read, and CASEWORK's clocks wait for it.
import Events
import Foundation
import Policy
import Streams
import Testing

@testable import Roles

@Suite struct EvidenceTests {
  private static let minute: Int64 = 60_000
  private func at(_ minutes: Int64) -> Int64 { EvidenceStage.start + minutes * Self.minute }

  /// The shipped ladder wants it acknowledged within an hour, and clocks have a grace of 30 seconds.
  private let due: Int64 = 60

  @Test func anOutageOfIntakeEscalatesNobodyWhoWasAnsweredMeanwhile() throws {
    let stage = try EvidenceStage()
    let caseID = try stage.feedback("guest-1")
    stage.run(to: at(due - 3))
    stage.run(to: at(due - 2), awake: [])
    try stage.acknowledge(caseID)
    stage.run(to: at(due + 10), awake: [])
    #expect(try stage.reasons("evidence-behind") > 0)
    stage.run(to: at(due + 25))
    #expect(try stage.unacknowledged().isEmpty)
    #expect(try stage.records(.assignments).last?["status"] as? String == "acknowledged")
  }

  @Test func whatStaysAwayIsWaitedForAQuarterOfAnHourAndTheRungSaysUpToWhenItIsKnown() throws {
    let stage = try EvidenceStage()
    let caseID = try stage.feedback("guest-1")
    stage.run(to: at(due - 3))
    try stage.acknowledge(caseID)
    stage.run(to: at(due + 15), awake: [])
    #expect(try stage.unacknowledged().isEmpty)
    stage.run(to: at(due + 16), awake: [])
    let rung = try #require(try stage.unacknowledged().first)
    let heard = try #require((rung["heardUntil"] as? String).flatMap(Self.time))
    #expect(heard <= at(due - 3) && heard >= at(due - 3) - 10_000)
    // It had been done, and that is said once it is read.
    stage.run(to: at(due + 18))
    let retractions = try stage.records(.escalations).filter { $0["type"] as? String == "retraction" }
    #expect(retractions.map { $0["retracts"] as? String } == [rung["id"] as? String])
  }

  @Test func howFarEvidenceIsBehindIsAFigureOfEveryTask() throws {
    let stage = try EvidenceStage()
    func behind() -> [Int64] { stage.casework.snapshot.tasks.compactMap { $0.gauges[.evidenceBehind] } }
    stage.run(to: at(3))
    #expect(behind().count == 2 && behind().allSatisfy { $0 <= 10_000 }, "\(behind())")
    stage.run(to: at(8), awake: [])
    #expect(behind().count == 2 && behind().allSatisfy { $0 >= 300_000 }, "\(behind())")
    stage.run(to: at(9))
    #expect(behind().allSatisfy { $0 <= 10_000 }, "\(behind())")
  }

  @Test func openCasesAreCountedOverARestartAndAMove() throws {
    let stage = try EvidenceStage(partitions: 3)
    func open(_ stage: EvidenceStage) -> Int64 {
      stage.casework.snapshot.tasks.compactMap { $0.gauges[.openCases] }.reduce(0, +)
    }
    for guest in 1...5 { _ = try stage.feedback("guest-\(guest)") }
    stage.run(to: at(2))
    let published = Set(try stage.records(.assignments).compactMap { $0["case"] as? String })
    #expect(published.count == 5 && open(stage) == 5)
    stage.close()
    let restarted = try EvidenceStage(after: stage, stage.catalogue)
    restarted.run(to: at(3))
    #expect(open(restarted) == 5)
    _ = try restarted.feedback("guest-6")
    restarted.run(to: at(5))
    #expect(open(restarted) == 6)
    restarted.close()
    let wide = TopicCatalogue(prefix: "wide.", partitions: 5)
    _ = try Resize(
      restarted.log, from: "", to: wide, secret: CaseworkStage.secret, cluster: ResizeCluster(restarted.log)
    ).run()
    let moved = try EvidenceStage(after: restarted, wide)
    moved.run(to: at(6))
    #expect(open(moved) == 6)
  }

  @Test(arguments: [Int32(1), 3])
  func aDrainedTopicDelaysNoClockBeyondTheGrace(partitions: Int32) throws {
    let stage = try EvidenceStage(partitions: partitions)
    for guest in 1...4 { _ = try stage.feedback("guest-\(guest)") }
    stage.run(to: at(due + 2))
    let told = try stage.unacknowledged()
    #expect(told.count == 4)
    for rung in told {
      let moment = try #require((rung["at"] as? String).flatMap(Self.time))
      #expect(moment <= at(due) + 30_000 + 3_000 && rung["heardUntil"] == nil)
    }
    #expect(try stage.reasons("evidence-behind") == 0)
  }

  @Test func ofSeveralWorkersTheOneThatIsAwayIsWaitedFor() throws {
    let stage = try EvidenceStage(partitions: 3, intake: 2)
    _ = try stage.feedback("guest-1")
    stage.run(to: at(due - 5))
    stage.run(to: at(due + 5), awake: [0])
    #expect(try stage.unacknowledged().isEmpty && stage.reasons("evidence-behind") > 0)
    stage.run(to: at(due + 8))
    #expect(try stage.unacknowledged().count == 1)
  }

  @Test func everyTaskIsToldEveryFiveSecondsAndSoonAfterTheStart() throws {
    let stage = try EvidenceStage(partitions: 3)
    let begun = try #require(stage.marks.map(\.timestamp).min())
    #expect(begun < EvidenceStage.start - 50_000)
    for partition in Int32(0)..<3 {
      stage.run(to: stage.clock.now + 60_000)
      let last = stage.marks.filter {
        $0.partition == partition && $0.timestamp > stage.clock.now - 60_000
      }
      #expect((11...13).contains(last.count), "\(last.count) in a minute")
    }
  }

  @Test func marksAreNoDecisionsAndTheAuditProvesTheRest() throws {
    let stage = try EvidenceStage(partitions: 2)
    let caseID = try stage.feedback("guest-1")
    stage.run(to: at(2))
    try stage.acknowledge(caseID)
    stage.run(to: at(90))
    let counters = stage.casework.snapshot.counters
    let signals = stage.log.records(Topic.signals.rawValue).count { !$0.isMark }
    let journal = try stage.records(.caseJournal)
    #expect(counters.records == Int64(signals))
    #expect(counters.journalled == Int64(journal.count))
    #expect(counters.own[RoleCounter("mark", "heard")] ?? 0 > 100)
    #expect(stage.intake[0].snapshot.counters.records == 2)
    stage.close()
    let report = try Audit(stage.log, prefix: "", sources: AuditSources(stage.log))
      .run(since: nil, until: nil, now: stage.clock.now)
    #expect(report.isProven, "\(report.gaps.map(\.what))")
  }

  @Test func afterAMoveToOtherPartitionsClocksWaitForTheNewIntake() throws {
    let old = try EvidenceStage(partitions: 2)
    let caseID = try old.feedback("guest-1")
    old.run(to: at(due - 5))
    old.close()
    let target = TopicCatalogue(prefix: "wide.", partitions: 5)
    _ = try Resize(
      old.log, from: "", to: target, secret: CaseworkStage.secret, cluster: ResizeCluster(old.log)
    ).run()
    let new = try EvidenceStage(after: old, target)
    try new.acknowledge(caseID)
    new.run(to: at(due + 5), awake: [])
    #expect(try new.unacknowledged().isEmpty && new.reasons("evidence-behind") > 0)
    new.run(to: at(due + 30))
    #expect(try new.unacknowledged().isEmpty)
    #expect(try new.records(.assignments).last?["status"] as? String == "acknowledged")
  }

  private static func time(_ text: String) -> Int64? {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return formatter.date(from: text).map { Int64(($0.timeIntervalSince1970 * 1_000).rounded()) }
  }
}
