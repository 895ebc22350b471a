import Streams
import Testing

@testable import Roles

@Suite struct OffsetSetTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aSetOfBitsIsASetOfNumbers(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    func random(below limit: Int64) -> Int64 { Int64.random(in: 0..<limit, using: &generator) }
    let base = random(below: 1 << 40)
    var bits = OffsetSet()
    var other = OffsetSet()
    var (plain, plainOther) = (Set<Int64>(), Set<Int64>())
    for _ in 0..<400 {
      let number = base + random(below: 140_000) / (1 + random(below: 300))
      #expect(bits.insert(number) == plain.insert(number).inserted)
      if random(below: 2) == 0 {
        other.insert(number + 1)
        plainOther.insert(number + 1)
      }
    }
    #expect(bits.count == Int64(plain.count))
    #expect(bits.first == plain.min() && bits.last == plain.max())
    var left: [Int64] = []
    bits.forEach(notIn: other) {
      left.append($0)
      return true
    }
    #expect(left == plain.subtracting(plainOther).sorted())
    for _ in 0..<50 {
      let from = base + random(below: 140_000) - 100
      let to = from + random(below: 3_000)
      #expect(bits.next(from: from) == plain.filter { $0 >= from }.min())
      #expect(bits.count(in: from..<to) == Int64(plain.filter { (from..<to).contains($0) }.count))
      #expect(bits.firstMissing(from: from, through: to) == (from...to).first { !plain.contains($0) })
    }
  }

  @Test func inARowOfNumbersTheOneThatIsMissingIsFound() {
    for missing in [0, 1, 63, 64, 65, 65_535, 65_536, 99_999] as [Int64] {
      var bits = OffsetSet()
      for number in 0..<100_000 as Range<Int64> where number != missing { bits.insert(number) }
      #expect(bits.firstMissing(from: 0, through: 99_999) == missing)
      #expect(bits.firstMissing(from: missing + 1, through: 99_999) == nil)
    }
  }
}
