// Owns the guarantees of what a play waits for before it goes on: no event is taken for decided that is not.
import FaultKit
import Roles
import Streams
import Testing

struct OpenDecisionsTests {
  private func signal(_ offset: Int64, of event: String, in open: inout OpenDecisions) {
    see(.signals, offset, #"{"causeId":"\#(event)"}"#, in: &open)
  }

  private func journal(of offset: Int64, in open: inout OpenDecisions) {
    see(
      .caseJournal, 0, #"{"cause":{"kind":"signal","topic":"signals","partition":1,"offset":\#(offset)}}"#,
      in: &open)
  }

  private func see(_ topic: Topic, _ offset: Int64, _ value: String, in open: inout OpenDecisions) {
    open.see(
      topic, at: TopicPartition(topic: topic.rawValue, partition: 1), offset: offset, value: Array(value.utf8)
    )
  }

  @Test func anEventIsDecidedOnceItsSignalIsJournalled() {
    var open = OpenDecisions()
    #expect(!open.isDecided(["fb-1"]) && open.isEmpty)
    signal(7, of: "fb-1", in: &open)
    #expect(!open.isDecided(["fb-1"]) && !open.isDecided([]) && !open.isEmpty)
    journal(of: 6, in: &open)
    #expect(!open.isDecided(["fb-1"]))
    journal(of: 7, in: &open)
    #expect(open.isDecided(["fb-1"]) && !open.isDecided(["fb-2"]))
  }

  @Test func whatIsReadInAnotherOrderIsDecidedToo() {
    var open = OpenDecisions()
    journal(of: 7, in: &open)
    signal(7, of: "fb-1", in: &open)
    #expect(open.isDecided(["fb-1"]) && open.isEmpty)
  }

  @Test func aClaimWaitsForItsOwnAnswer() {
    var open = OpenDecisions()
    func answer(_ topic: Topic, _ offset: Int) {
      see(
        .delegations, 0, #"{"cause":{"topic":"\#(topic.rawValue)","partition":1,"offset":\#(offset)}}"#,
        in: &open)
    }
    see(.claims, 3, #"{"claim":"c-1-r1"}"#, in: &open)
    answer(.claims, 2)
    answer(.signals, 3)
    see(.delegations, 1, #"{"answer":"lapsed"}"#, in: &open)
    #expect(!open.isDecided([]))
    answer(.claims, 3)
    #expect(open.isDecided([]))
  }

  @Test func othersAreWaitedForOnlyWhereEverythingIs() {
    var open = OpenDecisions(others: ["walk-in-"])
    signal(1, of: "walk-in-7", in: &open)
    #expect(open.isDecided([]) && !open.isEmpty && open.count == 0)
    signal(2, of: "fb-1", in: &open)
    #expect(!open.isDecided([]) && open.count == 1)
  }
}
