// Owns the laws of timers: the order they fire in, one for each key, and aborts that leave no trace.
import Testing

@testable import Streams

@Suite struct TimerQueueTests {
  private func key(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }

  @Test(arguments: 0..<20)
  func itIsASortedMapWhoseTransactionsCommitOrLeaveNoTrace(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let queue = TimerQueue(limit: 1_000)
    var model: [[UInt8]: Int64] = [:]
    var popped = ContiguousArray<UInt8>()
    for _ in 0..<150 {
      let before = model
      for _ in 0..<random.below(30) {
        let key = key(random.below(50))
        switch random.below(4) {
        case 0:
          key.withUnsafeBytes { queue.cancel($0) }
          model[key] = nil
        case 1:
          let now = Int64(random.below(100))
          let first = model.min { ($0.value, Text($0.key)) < ($1.value, Text($1.key)) }
          let due = queue.pop(at: now, into: &popped)
          if let first, first.value <= now {
            #expect(due == first.value)
            #expect(Array(popped) == first.key)
            model[first.key] = nil
          } else {
            #expect(due == nil)
          }
        default:
          let due = Int64(random.below(100))
          try key.withUnsafeBytes { try queue.set($0, due: due) }
          model[key] = due
        }
      }
      if random.below(3) == 0 {
        queue.rollBack()
        model = before
      } else {
        queue.commit()
      }
      let expected = model.sorted { ($0.value, Text($0.key)) < ($1.value, Text($1.key)) }
      #expect(queue.sorted().map(\.key) == expected.map(\.key))
      #expect(queue.sorted().map(\.due) == expected.map(\.value))
      #expect(queue.firstDue == expected.first?.value)
    }
  }

  /// Orders keys as bytes.
  private struct Text: Comparable {
    let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    static func < (a: Text, b: Text) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
  }

  @Test func timersOfOneMomentFireInTheOrderOfTheirKeysHoweverTheyWereSet() throws {
    for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
      let queue = TimerQueue(limit: 10)
      for number in order { try key(number).withUnsafeBytes { try queue.set($0, due: 5) } }
      var fired: [[UInt8]] = []
      var buffer = ContiguousArray<UInt8>()
      while queue.pop(at: 5, into: &buffer) != nil { fired.append(Array(buffer)) }
      #expect(fired == [key(1), key(2), key(3)])
    }
  }

  @Test func aTimerSetAgainForTheSameMomentIsNoChange() throws {
    let queue = TimerQueue(limit: 10)
    try key(1).withUnsafeBytes { try queue.set($0, due: 5) }
    queue.commit()
    try key(1).withUnsafeBytes { try queue.set($0, due: 5) }
    var changes = 0
    queue.forEachChange { _, _ in changes += 1 }
    #expect(changes == 0)
  }

  @Test func theCapRefusesANewTimerAndStillMovesAnOldOne() throws {
    let queue = TimerQueue(limit: 1)
    try key(1).withUnsafeBytes { try queue.set($0, due: 5) }
    #expect(throws: StateCap.timers) { try key(2).withUnsafeBytes { try queue.set($0, due: 5) } }
    try key(1).withUnsafeBytes { try queue.set($0, due: 6) }
    #expect(queue.firstDue == 6)
  }
}
