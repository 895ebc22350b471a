// Owns the guarantees of the demo's replay: every event decided once, over a crash and a change of policy.
import Events
import Foundation
import Policy
import Streams
import Testing

@testable import answerable

struct DemoReplayTests {
  /// A week that was played to its end; nothing changes it any more.
  struct Played: Sendable {
    let world: World
    let log: MemoryLog
    let news: [WorkerNews]
    let uncommitted: Int
    let days: [PlayedDay]
    let decisions: [Decision]
    let referee: Referee
    /// Everything that casework told.
    let cases: CaseDay
    /// What staff did, beside the events of the world.
    let acts: Int

    var sent: Int { world.records.count + acts }
  }

  static let week = Result { try play(seed: 5) }

  static let policyFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/policy").path

  static func play(seed: UInt64) throws -> Played {
    let replay = try Replay(seed: seed, policy: PolicyLoader.load(folder: policyFolder))
    var reader = DecisionReader(replay.log)
    var days: [PlayedDay] = []
    var told = 0
    var seen = CaseDay.Count()
    for number in 0..<7 {
      try replay.play(until: WeekTime.at(day: number + 1, minute: 0))
      if number == 6 { try replay.drain() }
      days.append(
        PlayedDay(
          number: number, decisions: try reader.read(),
          news: Array(replay.news[told...]), cases: replay.cases.since(seen),
          names: try PolicyNames(replay.log)))
      told = replay.news.count
      seen = replay.cases.count
    }
    let decisions = days.flatMap(\.decisions)
    return Played(
      world: replay.world, log: replay.log, news: replay.news, uncommitted: replay.uncommitted, days: days,
      decisions: decisions, referee: try Referee(replay.log, decisions), cases: replay.cases,
      acts: replay.acts)
  }

  /// Signals about events, without those that roles send each other.
  private static func events(_ log: MemoryLog) -> [MemoryRecord] {
    log.records("signals").filter { $0.header("ce_source") == "/answerable/intake" }
  }

  /// The outputs' own headers and JSON, read without the demo's code.
  private static func outputs(_ log: MemoryLog) -> [MemoryRecord] {
    events(log) + log.records("dead-letters")
  }

  @Test func everyEventOfTheWeekIsOnceInSignalsOrDeadLetters() throws {
    let replay = try Self.week.get()
    var sent: Set<String> = []
    for topic in ["feedback", "incidents", "case-updates", "remedies"] {
      for record in replay.log.records(topic) { sent.insert("\(topic)-\(record.partition)@\(record.offset)") }
    }
    let decided = Self.outputs(replay.log).map { record in
      func header(_ name: String) -> String { record.header(name) ?? "none" }
      return "\(header("cause-topic"))-\(header("cause-partition"))@\(header("cause-offset"))"
    }
    #expect(sent.count == replay.sent)
    #expect(decided.count == sent.count)
    #expect(Set(decided) == sent)
  }

  @Test func whatIsRefusedIsWhatWasSentWrong() throws {
    let played = try Self.week.get()
    let wrong = played.world.records.compactMap(\.mistake).map(\.code.rawValue)
    let refused = played.log.records("dead-letters").map { $0.header("reason") ?? "none" }
    #expect(refused.sorted() == wrong.sorted())
  }

  @Test func theRefereesCountsEqualARecount() throws {
    let played = try Self.week.get()
    var owners: [String: Int] = [:]
    var priorities: [String: Int] = [:]
    var epochs: [Int64: Int] = [:]
    var redactions = 0
    for record in Self.events(played.log) {
      let object = try JSONSerialization.jsonObject(with: Data(record.value ?? []))
      let signal = try #require(object as? [String: Any])
      if let owner = signal["owner"] as? String { owners[owner, default: 0] += 1 }
      if let priority = signal["priority"] as? String { priorities[priority, default: 0] += 1 }
      epochs[signal["epoch"] as? Int64 ?? -1, default: 0] += 1
      redactions += signal["redactions"] as? Int ?? 0
    }
    for record in played.log.records("dead-letters") {
      epochs[record.header("epoch").flatMap(Int64.init) ?? -1, default: 0] += 1
    }
    let referee = played.referee
    let load = referee.load
    #expect(Dictionary(uniqueKeysWithValues: load.teams.map { ($0.team, $0.count.all) }) == owners)
    #expect(
      priorities == [
        "P1": load.priorities[.p1], "P2": load.priorities[.p2], "P3": load.priorities[.p3],
        "P4": load.priorities[.p4],
      ])
    #expect(referee.byEpoch == epochs)
    #expect(referee.redactions == redactions)
    #expect(referee.assessed == owners.values.reduce(0, +))
    #expect(referee.total == played.sent)
    #expect(referee.isClean)
  }

  @Test func theRefereeSeesWhatIsMissingWhatIsTwiceAndWhatIsUnfounded() throws {
    let played = try Self.week.get()
    let first = try #require(played.decisions.first)
    let stranger = Decision(
      topic: first.topic, partition: 0, offset: 0, decidedAt: first.decidedAt,
      cause: .init(topic: "feedback", partition: 0, offset: 1 << 40), epoch: first.epoch,
      outcome: first.outcome, record: first.record)
    let tampered = Array(played.decisions.dropLast(2)) + [first, stranger]
    let referee = try Referee(played.log, tampered)
    #expect(referee.lost == 2)
    #expect(referee.doubled == 1)
    #expect(referee.unfounded == 1)
    #expect(!referee.isClean)
  }

  @Test func theRefereeSeesAnOwnerThatMayNotOwn() throws {
    let played = try Self.week.get()
    let index = try #require(played.decisions.firstIndex { $0.assessment != nil })
    let decision = played.decisions[index]
    guard case .assessed(let matter, var assessment) = decision.outcome else { return }
    // A subcontractor does the work; it answers for nothing.
    assessment.owner = "lift-service"
    var tampered = played.decisions
    tampered[index] = Decision(
      topic: decision.topic, partition: decision.partition, offset: decision.offset,
      decidedAt: decision.decidedAt, cause: decision.cause, epoch: decision.epoch,
      outcome: .assessed(matter, assessment), record: decision.record)
    #expect(try Referee(played.log, tampered).withoutOwner == 1)
  }

  @Test func everySignalOfTheWeekIsOnceInTheJournalAndItsNumbersHaveNoGap() throws {
    let played = try Self.week.get()
    let signals = played.log.records("signals").map { "signals-\($0.partition)@\($0.offset)" }
    var journalled: [String] = []
    var numbers: [Int: [Int]] = [:]
    for record in played.log.records("case-journal") {
      let value = try JSONSerialization.jsonObject(with: Data(record.value ?? [])) as? [String: Any] ?? [:]
      numbers[value["task"] as? Int ?? -1, default: []].append(value["number"] as? Int ?? -1)
      guard let cause = value["cause"] as? [String: Any], cause["kind"] as? String == "signal" else {
        continue
      }
      journalled.append("signals-\(cause["partition"] as? Int ?? -1)@\(cause["offset"] as? Int ?? -1)")
    }
    #expect(journalled.sorted() == signals.sorted())
    #expect(numbers.count == Int(DemoDeployment.catalogue.partitions))
    for task in numbers.values { #expect(task.sorted() == Array(1...task.count)) }
  }

  @Test func theRefereeOfCasesSeesWhatIsMissingTwiceAndUnfounded() throws {
    let played = try Self.week.get()
    let clean = CaseReferee(played.log, played.cases)
    #expect(clean.isClean && clean.signals == played.log.records("signals").count)
    let index = try #require(played.cases.journal.firstIndex { $0.kind == .feedback })
    var tampered = played.cases
    let taken = tampered.journal.remove(at: index)
    #expect(CaseReferee(played.log, tampered).lost == 1)
    #expect(CaseReferee(played.log, tampered).gaps == 1)
    tampered.journal += [taken, taken]
    #expect(CaseReferee(played.log, tampered).doubled == 1)
    var stranger = taken
    stranger.cause = .signal(
      .init(topic: "signals", partition: 0, offset: 1 << 40), eventID: "", occurredAt: 0)
    tampered.journal.append(stranger)
    #expect(CaseReferee(played.log, tampered).unfounded == 1)
  }

  @Test func theWeekHasGoodAndBadEndings() throws {
    let cases = CaseReferee(try Self.week.get().log, try Self.week.get().cases)
    #expect(cases.closed > 1000 && cases.open > 10 && cases.reopened > 10)
    for kind in ["rung", "promise-broken", "acknowledgement-lapsed", "silence"] {
      #expect(cases.escalations[kind, default: 0] > 0, "\(kind)")
    }
    #expect(!cases.refusals.isEmpty)
  }

  @Test func aWorkerKilledInATransactionLosesNothingAndOthersDecideWhatItHad() throws {
    let played = try Self.week.get()
    var story: [String] = []
    for news in played.news {
      switch news.what {
      case .policy: continue
      case .killed(let worker, let partitions, let uncommitted):
        #expect(worker == Crash.victim)
        #expect(partitions > 0)
        #expect(uncommitted >= 1)
        story.append("killed")
      case .takenOver(let workers, _):
        #expect(!workers.isEmpty && !workers.contains(Crash.victim))
        story.append("taken over")
      case .returned(let worker, let partitions):
        #expect(worker == Crash.victim)
        #expect(partitions > 0)
        story.append("returned")
      case .failed(let worker, let reason): Issue.record("worker \(worker) failed: \(reason)")
      }
    }
    #expect(story == ["killed", "taken over", "returned"])
    #expect(played.uncommitted > 0, "what it had written and not committed is seen by nobody")
    #expect(played.referee.longestWait >= DemoDeployment.sessionTimeout)
    #expect(played.referee.lost == 0 && played.referee.doubled == 0)
  }

  @Test func aPolicyPublishedOnThursdayDecidesFromThenOnAndNotBefore() throws {
    let played = try Self.week.get()
    let epochs = Set(played.decisions.map(\.epoch)).sorted()
    #expect(epochs.count == 2)
    for decision in played.decisions {
      #expect((decision.epoch == epochs.last) == (decision.decidedAt >= MidweekChange.time))
    }
    let invoices = played.decisions.filter {
      $0.matter?.touchpoint == "invoice" && $0.matter?.site == "geneva-1"
    }
    func owners(_ epoch: Int64?) -> Set<String> {
      Set(invoices.filter { $0.epoch == epoch }.compactMap(\.assessment?.owner))
    }
    #expect(!owners(epochs.first).contains("front-desk"))
    #expect(owners(epochs.last).contains("front-desk"))
  }

  @Test func theShippedPolicyHasTheTableThatIsEditedOnThursday() throws {
    let shipped = PolicyLoader.load(folder: Self.policyFolder)
    let changed = try #require(MidweekChange.made(in: shipped.files))
    #expect(changed.document?.revision != shipped.document?.revision)
    #expect(changed.findings == shipped.findings)
  }

  @Test func aPolicyWithoutThatTableStaysAsItIs() {
    let shipped = PolicyLoader.load(folder: Self.policyFolder)
    #expect(MidweekChange.made(in: shipped.files.filter { $0.name != MidweekChange.table }) == nil)
    let other = shipped.files.map { file in
      file.name == MidweekChange.table
        ? SourceFile(name: file.name, text: "site,owner\nlyon-1,billing\n") : file
    }
    #expect(MidweekChange.made(in: other) == nil)
  }
}
