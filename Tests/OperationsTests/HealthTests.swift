// Owns the guarantee that health says no with a reason exactly when something is wrong.
import Streams
import Testing

@testable import Operations

struct HealthTests {
  private func ready(_ workers: WorkerSnapshot...) -> Health {
    Health.ready(["intake": workers], stuckAfter: 60_000)
  }
  private func live(_ workers: WorkerSnapshot...) -> Health {
    Health.live(["intake": workers], stuckAfter: 60_000)
  }

  @Test func aProcessWhoseWorkersTakePartIsReadyAndLive() {
    #expect(ready(.of(.running, tasks: [.of("feedback", 0)]), .of(.running)).isGood)
    #expect(live(.of(.running)).text == "live")
    #expect(ready(.of(.running)).text == "ready")
  }

  @Test(
    arguments: [
      (.starting, "intake-0 is starting: it has not been let into Kafka yet"),
      (.waiting, "intake-0 waits for a policy: none is published yet (`answerable policy publish`)"),
      (.draining, "intake-0 is leaving"), (.stopped, "intake-0 has stopped"),
    ] as [(WorkerState, String)])
  func aWorkerThatDoesNotTakePartIsNotReadyButAlive(_ state: WorkerState, _ text: String) {
    #expect(ready(.of(state)) == Health(isGood: false, text: text))
    #expect(live(.of(state)).isGood)
  }

  @Test func aFailedWorkerIsNeitherReadyNorAlive() {
    let text = "intake-1 failed: the producer was replaced 3 times"
    let workers = [WorkerSnapshot.of(.running), .of(.failed("the producer was replaced 3 times"))]
    #expect(Health.ready(["intake": workers], stuckAfter: 60_000) == Health(isGood: false, text: text))
    #expect(Health.live(["intake": workers], stuckAfter: 60_000) == Health(isGood: false, text: text))
  }

  @Test func aLoopThatDoesNotTurnIsStuck() {
    #expect(live(.of(.running, silence: 59_999)).isGood)
    #expect(
      live(.of(.running, silence: 61_000)).text == "intake-0 is stuck: its loop has not turned for 61 s")
    #expect(!ready(.of(.running, silence: 60_000)).isGood)
    #expect(live(.of(.stopped, silence: 1_000_000)).isGood, "one that has ended turns no more")
  }

  @Test func aPartitionThatWaitsForAPersonMakesTheWorkerUnready() {
    let tasks: [TaskSnapshot] = [
      .of("feedback", 0), .of("feedback", 3, .refused("set the\noffset back")),
      .of("remedies", 1, .failed("bad")),
    ]
    #expect(
      ready(.of(.running, tasks: tasks)).text
        == "intake-0 cannot start feedback-3: set the offset back (and 1 more partition)")
    #expect(live(.of(.running, tasks: tasks)).isGood, "a restart would not help it")
  }

  @Test func severalReasonsAreOneLine() {
    #expect(
      ready(.of(.draining), .of(.draining), .of(.running)).text == "intake-0 is leaving (and 1 more worker)")
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func readinessAgreesWithTheWorkersOwnAndIsOneLine(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let workers = ["a": [random.snapshot()], "b": [random.snapshot(), random.snapshot()]]
    let health = Health.ready(workers, stuckAfter: 60_000)
    #expect(health.isGood == workers.values.joined().allSatisfy(\.isReady))
    #expect(!health.text.isEmpty && !health.text.contains(where: \.isNewline))
  }
}
