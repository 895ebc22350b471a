// Owns the guarantee that the cheap way to count decision times gives what the plain one would.
import Testing

@testable import Streams

struct DecisionTimesTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func timesAreThoseOfEachRecord(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var times = DecisionTimes()
    var counted = DurationHistogram()
    var plain = DurationHistogram()
    var wall: Int64 = 1_800_000_000_000
    for _ in 0..<20 {
      times.begin(wall)
      let began = wall
      var timestamps: [Int64] = []
      for _ in 0..<50 {
        wall += Int64(random.below(4))
        timestamps.append(wall - Int64(random.below(3_000)))
        times.add(timestamps.last ?? 0)
      }
      wall += Int64(random.below(80))
      // Every other transaction is aborted: nothing of it counts.
      if (wall - began) % 2 == 0 { continue }
      times.commit(wall, into: &counted)
      for timestamp in timestamps { plain.add(wall - timestamp) }
    }
    #expect(counted == plain)
  }

  @Test func oldRecordsKeepTheirSumAndCount() {
    var times = DecisionTimes()
    var counted = DurationHistogram()
    times.begin(10_000_000)
    times.add(9_000_000)
    times.add(9_999_990)
    times.commit(10_000_100, into: &counted)
    #expect(counted.count == 2)
    #expect(counted.sum == 1_000_100 + 110)
    #expect(counted.counts.last == 1)
  }

  @Test func aTimestampFromTheFutureCountsAsNoTimeAtAllAndNoneIsNotCounted() {
    var times = DecisionTimes()
    var counted = DurationHistogram()
    times.begin(10_000_000)
    times.add(10_500_000)
    times.add(.max)
    times.add(-1)
    times.commit(10_000_001, into: &counted)
    #expect(counted.count == 2)
    #expect(counted.sum == 0)
  }
}
