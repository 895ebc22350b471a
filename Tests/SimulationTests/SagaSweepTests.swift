// Owns the promise that a remedy comes to the same wherever a transaction on its way is aborted.
import Simulation
import Testing

@Suite struct SagaSweepTests {
  private static let saga = Result { try SagaSweep() }

  /// Every fourth call, another mishap from one to the next; `simulate --saga` tries all of them everywhere.
  @Test(arguments: 0..<8)
  func whereverATransactionIsAbortedARemedyComesToTheSame(number: Int) throws {
    let saga = try Self.saga.get()
    let calm = try saga.calm(try #require(saga.stories.indices.contains(number) ? saga.stories[number] : nil))
    var swept = 0
    for (place, call) in calm.calls.enumerated() where place % 4 == number % 4 {
      let mishaps = SagaMishap.all(at: call.call)
      if let finding = try saga.disturb(calm, at: call, mishaps[place / 4 % mishaps.count]) {
        Issue.record("\(finding)")
      }
      swept += 1
    }
    #expect(swept >= calm.calls.count / 4)
  }

  /// The log holds as many records, and workers told of as many commits.
  @Test func theCallsOfAStoryAreAllThereAre() throws {
    let saga = try Self.saga.get()
    for story in saga.stories {
      let calm = try saga.calm(story)
      #expect(calm.calls.count { $0.call == .produce || $0.call == .flush } == calm.published, "\(story)")
      #expect(calm.calls.count { $0.call == .commit } == calm.commits, "\(story)")
      for role in 0..<3 {
        for call in SagaCall.kinds where role > 0 || call != .flush {
          #expect(
            calm.calls.contains { $0.role == role && $0.call == call }, "\(story): role \(role) \(call)")
        }
      }
    }
  }

  @Test(arguments: [PlantedBug.skippedAbort, .stateOutside, .commitBeforeFlush, .overlayDropped])
  func theSweepFindsAWorkerThatBreaksItsTransactions(bug: PlantedBug) throws {
    let saga = try SagaSweep(bug: bug)
    let calm = try saga.calm(saga.stories[0])
    let found = try calm.calls.contains { call in
      try SagaMishap.all(at: call.call).contains { try saga.disturb(calm, at: call, $0) != nil }
    }
    #expect(found)
  }

  @Test func storiesGoEveryWayThroughTheSaga() throws {
    let saga = try Self.saga.get()
    #expect(saga.stories.count == 8, "each story is swept by the test above")
    let words = Set(saga.stories.flatMap(\.answers))
    #expect(
      words == [
        "approved", "referred", "declined", "cancelled", "expired", "settled", "returned", "lapsed",
        "refused",
      ])
  }
}
