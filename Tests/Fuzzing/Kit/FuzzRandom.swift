// Owns the random numbers that inputs are made of: the same for the same seed, everywhere.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
public struct FuzzRandom: RandomNumberGenerator {
  private var state: UInt64
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

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
