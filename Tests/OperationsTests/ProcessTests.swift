// Owns what is read of the process and of silent clients.
import Kafka
import Synchronization
import Testing

@testable import Operations

struct ProcessTests {
  @Test func theProcessIsReadFromProc() throws {
    let fields = (4...52).map { String($0) }.joined(separator: " ")
    let usage = ProcessUsage(
      stat: "7 (a) b (c) R \(fields)\n", bootTime: 1_000, ticks: 100, page: 4_096)
    let read = try #require(usage)
    #expect(read.cpuSeconds == 0.29)
    #expect(read.startTime == 1000.22)
    #expect(read.threads == 20)
    #expect(read.virtualBytes == 23)
    #expect(read.residentBytes == 24 * 4_096)
  }

  @Test(arguments: ["", "7 (x", "7 (x) R 1 2 3", "7 (x) R " + String(repeating: "y ", count: 60)])
  func aTextThatIsNotProcsIsNone(_ text: String) {
    #expect(ProcessUsage(stat: text, bootTime: 1, ticks: 100, page: 4_096) == nil)
  }

  @Test func thisProcessTakesMemoryAndFiles() throws {
    let usage = try #require(ProcessUsage.current())
    #expect(usage.residentBytes > 1 << 20)
    #expect(usage.openFiles >= 3)
    #expect(usage.openFilesLimit >= usage.openFiles)
    #expect(usage.startTime > 1_500_000_000)
  }

  /// A clock that a test moves.
  private final class Hand: Sendable {
    private let offset = Mutex<Duration>(.zero)
    private let start = ContinuousClock.now
    var now: ContinuousClock.Instant { offset.withLock { start + $0 } }
    func advance(_ duration: Duration) { offset.withLock { $0 += duration } }
  }

  @Test func aClientThatFellSilentIsForgotten() {
    let hand = Hand()
    let board = StatisticsBoard(passingTo: nil) { hand.now }
    func report(_ client: String) {
      board.statistics(StatisticsReport(client: client, json: Array("{\"name\":\"\(client)\"}".utf8)))
    }
    report("a")
    report("b")
    board.statistics(StatisticsReport(client: "broken", json: []))
    #expect(Set(board.current().map(\.client)) == ["a", "b"])
    hand.advance(.seconds(15))
    report("b")
    hand.advance(.seconds(15))
    #expect(board.current().map(\.client) == ["b"])
  }
}
