// Owns the transition tables of the three state machines, compared with the diagrams above their enums.
import Testing

@testable import Streams

@Suite struct LifecycleTests {
  @Test func aWorkerPassesOnlyAlongItsDiagram() {
    let states: [WorkerState] = [.starting, .waiting, .running, .draining, .stopped, .failed("x")]
    let events: [WorkerState.Event] = [.ready, .broadcast, .drain, .left, .fail("x")]
    let table: [[WorkerState?]] = [
      [.waiting, nil, .draining, nil, .failed("x")],
      [nil, .running, .draining, nil, .failed("x")],
      [nil, nil, .draining, nil, .failed("x")],
      [nil, nil, nil, .stopped, .failed("x")],
      [nil, nil, nil, nil, nil],
      [nil, nil, nil, nil, nil],
    ]
    #expect(states.map { state in events.map { state.next($0) } } == table)
  }

  @Test func aTaskPassesOnlyAlongItsDiagram() {
    let states: [TaskState] = [.created, .restoring, .running, .failed("x"), .refused("x"), .closed]
    let events: [TaskState.Event] = [.offsetRead, .restored, .refuse("x"), .stop("x"), .wipe, .close]
    let table: [[TaskState?]] = [
      [.restoring, nil, .refused("x"), nil, nil, .closed],
      [nil, .running, .refused("x"), nil, .created, .closed],
      [nil, nil, nil, .failed("x"), .created, .closed],
      [nil, nil, nil, nil, nil, .closed],
      [nil, nil, nil, nil, nil, .closed],
      [nil, nil, nil, nil, nil, nil],
    ]
    #expect(states.map { state in events.map { state.next($0) } } == table)
  }

  @Test func aTransactionPassesOnlyAlongItsDiagram() {
    let states: [TransactionState] = [.idle, .open, .committing, .aborting, .broken, .resolving, .dead]
    let events: [TransactionState.Event] = [
      .begin, .commit, .committed, .abort, .aborted, .breakDown, .replaced, .resolved, .exhausted,
    ]
    let table: [[TransactionState?]] = [
      [.open, nil, nil, nil, nil, .broken, nil, nil, nil],
      [nil, .committing, nil, .aborting, nil, .broken, nil, nil, nil],
      [nil, nil, .idle, .aborting, nil, .broken, nil, nil, nil],
      [nil, nil, nil, nil, .resolving, .broken, nil, nil, nil],
      [nil, nil, nil, nil, nil, .broken, .resolving, nil, .dead],
      [nil, nil, nil, nil, nil, .broken, nil, .idle, nil],
      [nil, nil, nil, nil, nil, nil, nil, nil, nil],
    ]
    #expect(states.map { state in events.map { state.next($0) } } == table)
  }

  @Test func recordsAreProcessedOnlyInsideOrBetweenTransactions() {
    let states: [TransactionState] = [.idle, .open, .committing, .aborting, .broken, .resolving, .dead]
    #expect(states.map(\.accepts) == [true, true, false, false, false, false, false])
  }
}
