// Owns the laws of remembering: what decays never rises, loses half in each half-life, and adds what its lines say.
import Foundation
import Testing

@testable import Policy

@Suite struct MemoryProperties {
  private static func rules(_ seed: UInt64) -> (MemoryRules, SeededGenerator) {
    var casework = RandomCasework(seed: seed)
    return (casework.memory(), SeededGenerator(seed: seed))
  }

  @Test(arguments: UInt64(1)...40)
  func decayIsMonotonicInTimeAndInValue(_ seed: UInt64) {
    var (memory, random) = Self.rules(seed)
    for _ in 0..<50 {
      let values = [Int32.random(in: 0...12_000, using: &random), .random(in: 0...12_000, using: &random)]
        .sorted()
      let times = [1, 2].map { Int64.random(in: 0...(memory.halfLife * $0), using: &random) }.sorted()
      #expect(memory.decay(values[1], elapsed: times[0]) >= memory.decay(values[1], elapsed: times[1]))
      #expect(memory.decay(values[0], elapsed: times[0]) <= memory.decay(values[1], elapsed: times[0]))
      #expect(memory.decay(-values[1], elapsed: times[0]) == -memory.decay(values[1], elapsed: times[0]))
    }
    // Every moment of a short half-life, so that no step of the table is passed over.
    memory.halfLife = 1_000
    let course = (0...3_000).map { memory.decay(10_000, elapsed: $0) }
    #expect(zip(course, course.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test(arguments: UInt64(1)...40)
  func eachHalfLifeTakesHalf(_ seed: UInt64) {
    var (memory, random) = Self.rules(seed)
    for _ in 0..<50 {
      let value = Int32.random(in: 0...Int32.max, using: &random)
      #expect(memory.decay(value, elapsed: 0) == value)
      #expect(memory.decay(value, elapsed: -1) == value)
      for halvings in 1...40 {
        let left = Double(memory.decay(value, elapsed: memory.halfLife * Int64(halvings)))
        #expect(abs(left - Double(value) / pow(2, Double(halvings))) <= 1)
      }
    }
  }

  @Test(arguments: UInt64(1)...40)
  func decayFollowsTheCurveAsCloselyAsItSays(_ seed: UInt64) {
    var (memory, random) = Self.rules(seed)
    for _ in 0..<200 {
      let value = Int32.random(in: 0...(random.once(in: 2) ? 10_000 : .max), using: &random)
      let elapsed = Int64.random(in: 0...(memory.halfLife * 3), using: &random)
      let exact = Double(value) * exp2(-Double(elapsed) / Double(memory.halfLife))
      let left = Double(memory.decay(value, elapsed: elapsed))
      #expect(abs(left - exact) <= 0.5 + Double(value) / 32_768, "\(value) after \(elapsed)")
    }
  }

  @Test(arguments: UInt64(1)...40)
  func twoStepsAreOneStepUpToTheirRounding(_ seed: UInt64) {
    var (memory, random) = Self.rules(seed)
    for _ in 0..<200 {
      let value = Int32.random(in: 0...(random.once(in: 2) ? 10_000 : .max), using: &random)
      let first = Int64.random(in: 0...memory.halfLife, using: &random)
      let second = Int64.random(in: 0...memory.halfLife, using: &random)
      let once = memory.decay(value, elapsed: first + second)
      let twice = memory.decay(memory.decay(value, elapsed: first), elapsed: second)
      #expect(
        abs(Int64(once) - Int64(twice)) <= 2 + Int64(value) / 10_000, "\(value): \(first) and \(second)")
    }
  }

  @Test(arguments: UInt64(1)...40)
  func anAccountAddsWhatTheLinesSay(_ seed: UInt64) {
    let (memory, _) = Self.rules(seed)
    let line = memory.adds.map { PolicyDocument.LinePoint(x: Int64($0.account) * 100, points: $0.points) }
    for account in stride(from: Int32(-500), through: 11_000, by: 13) {
      #expect(
        Int(memory.points(of: account)) == ReferenceNumbers.onLine(line, at: Int64(account)), "\(account)")
    }
  }

  /// A document may be any that can be decoded.
  @Test func numbersThatNoCheckWouldPassDoNotTrap() {
    var memory = MemoryRules()
    for halfLife in [Int64.min, -1, 0, 1, .max] {
      memory.halfLife = halfLife
      for elapsed in [Int64.min, -1, 0, 1, .max] {
        for value in [Int32.min, -1, 0, 1, .max] {
          #expect(memory.decay(value, elapsed: elapsed).magnitude <= value.magnitude)
        }
      }
    }
    let ends: [MemoryRules.Point] = [.init(account: .min, points: .min), .init(account: .max, points: .max)]
    let points = [[], [ends[0]], ends, ends.reversed(), [ends[0], ends[0]]].map { adds in
      memory.adds = adds
      return memory.points(of: 0)
    }
    #expect(points == [0, .min, 0, .max, .min])
  }
}
