// Owns a task's decisions: its clock, its header, whether it may start, how far it restores, and who is stuck.
import Testing

@testable import Streams

@Suite struct TaskDecisionTests {
  private let source = TopicPartition(topic: "in", partition: 3)

  // MARK: Clock

  @Test func theClockIsAppendTimeWhileBehindAndWallTimeOnlyAtTheEnd() {
    var clock = TaskClock(now: 100)
    clock.tick(wall: 9_000)
    #expect(clock.now == 100)
    clock.record(500)
    clock.tick(wall: 9_000)
    #expect(clock.now == 500)
    clock.reachEnd()
    clock.tick(wall: 9_000)
    #expect(clock.now == 9_000)
  }

  @Test func theClockNeverGoesBack() {
    var clock = TaskClock(now: 100)
    clock.record(500)
    clock.record(300)
    #expect(clock.now == 500)
    clock.reachEnd()
    clock.tick(wall: 400)
    #expect(clock.now == 500)
  }

  // MARK: Header

  @Test func aHeaderSurvivesItsText() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<500 {
      var header = TaskHeader(next: Int64(random.below(Int.max)))
      header.transaction = Int64(random.below(Int.max))
      header.clock = Int64(random.below(Int.max))
      header.epoch = Int64(random.below(Int.max))
      header.layout = random.below(2) == 0 ? "" : String(random.next(), radix: 16)
      header.counters.records = Int64(random.below(Int.max))
      header.counters.journalled = Int64(random.below(Int.max))
      header.counters.deadLettered = Int64(random.below(Int.max))
      header.counters.forwarded = Int64(random.below(Int.max))
      #expect(header.text.utf8.count <= 512)
      #expect(try TaskHeader.parse(header.text) == header)
    }
  }

  @Test func aLaterFormatThatThisReaderUnderstandsIsReadAndOneItDoesNotIsRefused() throws {
    #expect(try TaskHeader.parse("2 1 7 9 0 0 - 1 2 3 4 extra")?.transaction == 7)
    #expect(throws: TaskHeader.Unreadable.tooNew(format: 2)) { try TaskHeader.parse("2 2 7 9") }
  }

  @Test(arguments: [
    "x", "1", "1 1 7", "1 1 7 9 0 0 - 1 2 3 x", "1 1 -7 9 0 0 - 1 2 3 4", "0 0 1 1 1 1 - 1 1 1 1",
  ])
  func textThatIsNoHeaderIsNotTakenForOne(text: String) {
    #expect(throws: TaskHeader.Unreadable.malformed) { try TaskHeader.parse(text) }
  }

  @Test func noTextIsNoHeader() throws { #expect(try TaskHeader.parse("") == nil) }

  // MARK: Start

  private func start(_ found: CommittedOffset?, layout: String = "", epoch: Int64? = nil) -> TaskStart {
    var role = TestWorld.counting
    role.layout = layout
    return TaskStart.decide(source: source, found: found, role: role, epoch: epoch)
  }

  private func committed(_ change: (inout TaskHeader) -> Void = { _ in }) -> CommittedOffset {
    var header = TaskHeader(next: 9)
    header.transaction = 4
    change(&header)
    return CommittedOffset(offset: 9, metadata: header.text)
  }

  private func refusal(_ start: TaskStart) -> String? {
    if case .refuse(let reason) = start { reason } else { nil }
  }

  @Test func aTaskWithoutAnOffsetRefusesAndNamesTheCommandThatSetsOne() throws {
    #expect(try #require(refusal(start(nil))).contains("answerable topics apply"))
  }

  @Test func anOffsetSetByHandIsAFreshStartUnderThisLayout() {
    var expected = TaskHeader(next: 5)
    expected.layout = "L"
    #expect(start(CommittedOffset(offset: 5, metadata: ""), layout: "L") == .start(expected))
  }

  @Test func anotherLayoutIsRefused() throws {
    #expect(
      try #require(refusal(start(committed { $0.layout = "A" }, layout: "B"))).contains("layout B here, A"))
    #expect(refusal(start(committed { $0.layout = "A" }, layout: "A")) == nil)
  }

  @Test func aHeaderFromALaterEpochWaits() {
    #expect(start(committed { $0.epoch = 17 }, epoch: 16) == .wait(epoch: 17))
    #expect(refusal(start(committed { $0.epoch = 17 }, epoch: 17)) == nil)
    #expect(start(committed { $0.epoch = 17 }, epoch: 17) != .wait(epoch: 17))
  }

  @Test func anOffsetThatDiffersFromItsHeaderIsRefused() throws {
    var offset = committed()
    offset.offset = 8
    #expect(try #require(refusal(start(offset))).contains("something else commits in this group"))
  }

  @Test func metadataOfAnotherProgramIsRefused() throws {
    let reason = refusal(start(CommittedOffset(offset: 9, metadata: "checkpoint 12")))
    #expect(try #require(reason).contains("another program commits in this group"))
  }

  private func disagreement(_ group: TaskHeader, _ restored: TaskHeader?) -> String? {
    TaskStart.disagreement(source: source, changelog: "changes", group: group, restored: restored)
  }

  private func header(_ transaction: Int64, _ next: Int64) -> TaskHeader {
    var header = TaskHeader(next: next)
    header.transaction = transaction
    return header
  }

  @Test func groupAndChangelogMustAgree() throws {
    #expect(disagreement(header(4, 9), header(4, 9)) == nil)
    #expect(disagreement(header(0, 0), nil) == nil)
    #expect(try #require(disagreement(header(4, 9), header(3, 7))).contains("disagree"))
    #expect(try #require(disagreement(header(4, 9), nil)).contains("changelog deleted"))
    #expect(try #require(disagreement(header(0, 0), header(3, 7))).contains("anew"))
  }

  // MARK: Restore

  @Test func aRestoreIsCompleteOnlyAtTheEndOfEverythingAppended() {
    var progress = RestoreProgress(start: 2, end: 7, at: 0)
    progress.read(3)
    progress.reached(5)
    #expect(!progress.isComplete)
    progress.reached(7)
    #expect(progress.isComplete)
    #expect(RestoreProgress.end([]) == .readUncommitted)
  }

  @Test func anEmptyChangelogIsRestoredAtOnce() {
    #expect(RestoreProgress(start: 4, end: 4, at: 0).isComplete)
  }

  // MARK: Rebalance

  private func partitions(_ numbers: Int32...) -> [TopicPartition] {
    numbers.map { TopicPartition(topic: "in", partition: $0) }
  }

  @Test func aRebalanceTouchesOnlyWhatItNames() {
    let owned = Set(partitions(0, 1))
    #expect(AssignmentChange.assigned(partitions(3, 2), owned: owned).create == partitions(2, 3))
    #expect(AssignmentChange.assigned(partitions(1), owned: owned).close == partitions(1))
    #expect(AssignmentChange.revoked(partitions(1, 5), owned: owned).close == partitions(1))
    #expect(AssignmentChange.revoked([], owned: owned).close.isEmpty)
  }

  @Test func anOpenTransactionIsCommittedOnARevocationAndAbortedOnALoss() {
    #expect(AssignmentChange.transaction(lost: false, state: .open) == .commit)
    #expect(AssignmentChange.transaction(lost: true, state: .open) == .abort)
    #expect(AssignmentChange.transaction(lost: false, state: .aborting) == .none)
    #expect(AssignmentChange.transaction(lost: true, state: .idle) == .none)
  }

  // MARK: Watchdog

  @Test func aStuckWorkerIsReportedOnceAndOnceMoreWhenItTurnsAgain() {
    var dog = Watchdog(limit: 1_000)
    #expect(dog.look(lastBeat: 0, now: 999) == nil)
    #expect(dog.look(lastBeat: 0, now: 1_000) == .stuck(milliseconds: 1_000))
    #expect(dog.look(lastBeat: 0, now: 2_000) == nil)
    #expect(dog.look(lastBeat: 2_000, now: 2_001) == .unstuck)
    #expect(dog.look(lastBeat: 2_000, now: 2_002) == nil)
  }
}
