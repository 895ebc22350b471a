// Owns the random numbers that inputs are made of: the same for the same seed, everywhere.
import Streams

/// The draws that mutations need.
public struct FuzzRandom: RandomNumberGenerator {
  private var random: SeededRandom
  public init(seed: UInt64) { random = SeededRandom(seed: seed) }

  public mutating func next() -> UInt64 { random.next() }

  /// From 0 up to, not including, `limit`; 0 where that is not above 0.
  mutating func below(_ limit: Int) -> Int {
    limit > 0 ? Int(truncatingIfNeeded: next() % UInt64(limit)) : 0
  }

  /// True once in `times`, on average.
  mutating func once(in times: Int) -> Bool { below(times) == 0 }

  /// One of the choices, which are not none.
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }
}
