// What a commit comes to, from the error, the time and the log lines.
import Testing

@testable import Kafka

struct CommitOutcomeTests {
  private func error(_ errorClass: ErrorClass) -> KafkaError {
    KafkaError(code: .timedOut, errorClass: errorClass, operation: "commit transaction", reason: "")
  }

  private func decide(
    _ error: KafkaError? = nil, after elapsed: Duration = .milliseconds(30), trouble: String? = nil
  ) -> CommitOutcome {
    CommitOutcome.decide(
      error: error, elapsed: elapsed, requestTimeout: .seconds(10), coordinatorTrouble: trouble)
  }

  @Test func aQuickQuietCommitIsCommitted() {
    #expect(decide() == .committed)
    #expect(decide(after: .milliseconds(9999)) == .committed)
  }

  @Test func aSuccessThatTookAsLongAsARequestMayTakeIsUnknown() {
    guard case .unknown(let doubt) = decide(after: .seconds(10)) else {
      Issue.record("not unknown")
      return
    }
    #expect(doubt.code == .timedOut)
    #expect(doubt.reason.contains("outcome unknown"))
  }

  @Test func aSuccessWhileTheCoordinatorWentAwayIsUnknown() {
    guard case .unknown(let doubt) = decide(trouble: "TxnCoordinator/1: Disconnected") else {
      Issue.record("not unknown")
      return
    }
    #expect(doubt.reason.contains("Disconnected"))
  }

  @Test func anErrorDecidesByItsClass() {
    #expect(decide(error(.fenced)) == .fenced(error(.fenced)))
    #expect(decide(error(.fatal)) == .fatal(error(.fatal)))
    #expect(decide(error(.abortable)) == .mustAbort(error(.abortable)))
    #expect(decide(error(.retriable)) == .unknown(error(.retriable)))
  }

  @Test func aCertainRefusalStaysCertainHoweverLongItTook() {
    #expect(decide(error(.abortable), after: .seconds(60)) == .mustAbort(error(.abortable)))
    #expect(decide(error(.fenced), trouble: "x") == .fenced(error(.fenced)))
  }
}
