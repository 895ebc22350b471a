// Owns the laws of a subject's memory, over random lives.
import Events
import Streams
import Testing

@Suite struct MemoryProperties {
  private struct Moment {
    var score: Int32
    var after: Int64
    var touchpoint: String
  }

  private func life(_ seed: UInt64, moments: Int = 12) -> [Moment] {
    var random = SeededRandom(seed: seed)
    return (0..<moments).map { _ in
      Moment(
        score: Int32(random.below(101)), after: random.below(20 * 86_400).seconds,
        touchpoint: ["booking", "room", "lift", "invoice", "unknown"][random.below(5)])
    }
  }

  private func live(_ moments: [Moment]) throws -> [Told] {
    let desk = try Desk()
    return moments.map { moment in
      desk.advance(by: moment.after)
      return desk.feedback {
        $0.score = moment.score
        $0.touchpoint = moment.touchpoint
      }
    }
  }

  @Test(arguments: 0..<60)
  func anAccountIsBetweenZeroAndAHundred(seed: UInt64) throws {
    for told in try live(life(seed, moments: 30)) {
      #expect((0...100).contains(try #require(told.memoryBefore)))
      #expect((0...100).contains(try #require(told.memoryAfter)))
      #expect((0...100).contains(try #require(told.score)))
    }
  }

  @Test(arguments: 0..<60)
  func worseMomentsNeverMakeABetterMemory(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 1_000)
    let mild = life(seed)
    let worse = mild.map { moment in
      var worse = moment
      worse.score = min(100, moment.score + Int32(random.below(40)))
      return worse
    }
    for (a, b) in zip(try live(mild), try live(worse)) {
      #expect(try #require(a.memoryAfter) <= (try #require(b.memoryAfter)))
    }
  }

  @Test(arguments: 0..<60)
  func whatMemoryAddsIsNeverNegative(seed: UInt64) throws {
    for (moment, told) in zip(life(seed), try live(life(seed))) {
      #expect(try #require(told.score) >= moment.score)
    }
  }

  @Test(arguments: 0..<60)
  func betweenMomentsAMemoryNeverGrows(seed: UInt64) throws {
    var last: Int32 = 0
    for told in try live(life(seed)) {
      #expect(try #require(told.memoryBefore) <= last)
      last = try #require(told.memoryAfter)
    }
  }

  @Test(arguments: 0..<60)
  func theOrderOfTwoPainsAtOneTimeDoesNotMatter(seed: UInt64) throws {
    var moments = life(seed, moments: 2)
    moments[1].after = 0
    for index in 0..<2 { moments[index].score = max(20, moments[index].score) }
    let there = try live(moments).last?.memoryAfter ?? 0
    let back =
      try live(
        [moments[1], moments[0]].map { moment in
          var moment = moment
          moment.after = 0
          return moment
        }
      ).last?.memoryAfter ?? 0
    #expect(abs(there - back) <= 1)
  }

  @Test(arguments: 0..<30)
  func theSameLifeGivesTheSameMemory(seed: UInt64) throws {
    let once = try live(life(seed)).map(\.memoryAfter)
    let twice = try live(life(seed)).map(\.memoryAfter)
    #expect(once == twice)
  }
}
