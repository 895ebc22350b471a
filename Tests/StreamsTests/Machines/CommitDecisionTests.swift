// Owns when a transaction is committed, what an unknown commit turns out to be, how often a producer is replaced,
// and when a record is held to be at fault.
import Kafka
import Testing

@testable import Streams

@Suite struct CommitDecisionTests {
  @Test func aDrainedTransactionIsCommittedAtOnce() {
    let rule = CommitRule(interval: 100, bytes: 1_000)
    #expect(rule.decide(opened: 0, produced: 10, drained: true, now: 1) == .commit)
  }

  @Test func aBusyTransactionIsCommittedAfterTheInterval() {
    let rule = CommitRule(interval: 100, bytes: 1_000)
    #expect(rule.decide(opened: 50, produced: 10, drained: false, now: 51) == .wait(99))
    #expect(rule.decide(opened: 50, produced: 10, drained: false, now: 150) == .commit)
  }

  @Test func aLargeTransactionIsCommittedAtOnce() {
    let rule = CommitRule(interval: 100, bytes: 1_000)
    #expect(rule.decide(opened: 0, produced: 999, drained: false, now: 1) == .wait(99))
    #expect(rule.decide(opened: 0, produced: 1_000, drained: false, now: 1) == .commit)
  }

  @Test func commitsOfDrainedTransactionsKeepOneCommitsLengthApart() {
    var rule = CommitRule(interval: 100, bytes: 1_000)
    rule.committed(from: 1_000, to: 1_040)
    #expect(rule.decide(opened: 1_041, produced: 1, drained: true, now: 1_050) == .wait(30))
    #expect(rule.decide(opened: 1_041, produced: 1, drained: true, now: 1_080) == .commit)
  }

  @Test func aVeryLongCommitDoesNotDelayTheNextBeyondTheInterval() {
    var rule = CommitRule(interval: 100, bytes: 1_000)
    rule.committed(from: 0, to: 5_000)
    #expect(rule.decide(opened: 5_001, produced: 1, drained: true, now: 5_050) == .wait(51))
    #expect(rule.decide(opened: 5_001, produced: 1, drained: true, now: 5_101) == .commit)
  }

  @Test func aProducerIsReplacedThreeTimesInFiveMinutesAndNoMore() {
    var budget = RecreationBudget(limit: 3, window: 300_000)
    #expect(budget.take(at: 0) == 1)
    #expect(budget.take(at: 100_000) == 2)
    #expect(budget.take(at: 200_000) == 3)
    #expect(budget.take(at: 299_999) == nil)
    #expect(budget.take(at: 300_000) == 3)
    #expect(budget.take(at: 300_001) == nil)
  }

  private func header(_ transaction: Int64, _ next: Int64) -> TaskHeader {
    var header = TaskHeader(next: next)
    header.transaction = transaction
    return header
  }

  @Test func ourNumberInTheGroupMeansTheCommitHappened() {
    #expect(
      CommitResolution.decide(found: header(5, 9), foundOffset: 9, base: header(4, 7), pending: header(5, 9))
        == .committed)
  }

  @Test func thePreviousNumberMeansItDidNot() {
    #expect(
      CommitResolution.decide(found: header(4, 7), foundOffset: 7, base: header(4, 7), pending: header(5, 9))
        == .aborted)
  }

  @Test func anyOtherNumberMeansSomebodyElseHasWritten() {
    let (base, pending) = (header(4, 7), header(5, 9))
    #expect(
      CommitResolution.decide(found: header(6, 12), foundOffset: 12, base: base, pending: pending) == .foreign
    )
    // The same number with another content is another's transaction as well.
    #expect(
      CommitResolution.decide(found: header(5, 8), foundOffset: 8, base: base, pending: pending) == .foreign)
    #expect(CommitResolution.decide(found: nil, foundOffset: nil, base: base, pending: pending) == .foreign)
  }

  @Test func beforeTheFirstCommitAnOffsetWithoutAHeaderIsThePreviousOne() {
    let base = TaskHeader(next: 3)
    #expect(
      CommitResolution.decide(found: nil, foundOffset: 3, base: base, pending: header(1, 5)) == .aborted)
    #expect(
      CommitResolution.decide(found: nil, foundOffset: 0, base: base, pending: header(1, 5)) == .foreign)
  }

  private func error(_ code: Int32) -> KafkaError {
    KafkaError(code: .init(rawValue: code), errorClass: .abortable, operation: "commit", reason: "r")
  }

  private func blames(
    _ streak: inout AbortStreak, _ error: KafkaError, items: Int, milliseconds: Int64
  ) -> Bool {
    streak.aborted(error, items: items, milliseconds: milliseconds)
  }

  @Test func identicalRefusalsLeadToASearchThatFindsTheRecord() {
    var streak = AbortStreak(limit: 3)
    for _ in 0..<2 {
      #expect(blames(&streak, error(10), items: 40, milliseconds: 5) == false)
      #expect(!streak.isSearching)
    }
    #expect(blames(&streak, error(10), items: 40, milliseconds: 5) == false)
    #expect(streak.isSearching)
    streak.committed(items: 1)
    for _ in 1..<AbortStreak.aloneLimit {
      #expect(blames(&streak, error(10), items: 1, milliseconds: 5) == false)
    }
    #expect(blames(&streak, error(10), items: 1, milliseconds: 5) == true)
  }

  @Test func theSearchEndsOnceTheAbortedRangeIsThrough() {
    var streak = AbortStreak(limit: 1)
    _ = streak.aborted(error(10), items: 2, milliseconds: 5)
    #expect(streak.isSearching)
    streak.committed(items: 1)
    #expect(streak.isSearching)
    streak.committed(items: 1)
    #expect(!streak.isSearching)
    #expect(streak.backoff == 0)
  }

  @Test(arguments: [Int32(22), 25, 27, -142])
  func aRebalanceNeverPutsTheBlameOnARecord(code: Int32) {
    var streak = AbortStreak(limit: 3)
    for _ in 0..<50 { #expect(blames(&streak, error(code), items: 1, milliseconds: 5) == false) }
    #expect(!streak.isSearching)
  }

  @Test func aDeliveryTimeOutNeverPutsTheBlameOnARecord() {
    var streak = AbortStreak(limit: 3)
    for _ in 0..<50 { #expect(blames(&streak, error(-149), items: 1, milliseconds: 9_000) == false) }
    #expect(!streak.isSearching)
  }

  @Test func repeatedAbortsKeepFurtherAndFurtherApartUpToASecond() {
    var streak = AbortStreak(limit: 3)
    let waits = (0..<12).map { _ in
      _ = streak.aborted(error(22), items: 1, milliseconds: 0)
      return streak.backoff
    }
    #expect(waits == [0, 10, 20, 40, 80, 160, 320, 640, 1_000, 1_000, 1_000, 1_000])
  }
}
