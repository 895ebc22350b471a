// Tests that what the runtime writes on a dead letter is what the contract reads.
import Events
import Testing

@testable import Streams

@Suite struct DeadLetterContractTests {
  @Test func theRuntimeWritesTheHeadersOfTheContract() {
    #expect(DeadLetterBuilder.names.map { "\($0)" } == DeadLetter.headerNames)
  }
}
