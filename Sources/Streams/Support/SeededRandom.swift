// Owns the one source of pseudo-randomness for simulations and property tests: same seed, same numbers,
// on every machine.

/// SplitMix64: 64 bits of state, any seed is good, and a stream can be split off for each part of a
/// simulation so that drawing more in one part does not change another.
///
/// Source: Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SeededRandom: RandomNumberGenerator, Sendable, Hashable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in `0 ..< bound`; 0 when `bound` is not positive. The standard library's own ranges are not
  /// used: how they consume a generator may change between its releases, and seeds must not.
  public mutating func below(_ bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True `perMille` times out of a thousand.
  public mutating func chance(perMille: Int) -> Bool { below(1000) < perMille }

  /// An independent stream for one part of a simulation.
  public mutating func split() -> SeededRandom { SeededRandom(seed: next()) }
}
