// Owns chance in the demo's world: a seeded generator of integers, the same on every machine and toolchain.

/// SplitMix64 (Steele, Lea, Flood 2014) with the few draws the world needs. Nothing of the standard library's
/// random algorithms is used: those may change between toolchains, and a seed has to mean one week for ever.
struct Chance: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for one part of the world, so that a change in one part does not stir the others.
  init(seed: UInt64, part: StaticString) {
    var mixed = seed
    part.withUTF8Buffer { for byte in $0 { mixed = (mixed ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 } }
    state = mixed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// An integer of 0..<`bound`; 0 when `bound` is 1 or less.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// An integer of the closed range.
  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  /// True in `share` of a thousand cases.
  mutating func perMille(_ share: Int) -> Bool { below(1000) < share }

  /// One of a list that is not empty.
  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

  /// An index, each as often as its weight says.
  mutating func weighted(_ weights: [Int]) -> Int {
    var left = below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return weights.count - 1
  }

  /// `count` decimal digits.
  mutating func digits(_ count: Int) -> [Int] { (0..<count).map { _ in below(10) } }
}
