// Owns chance that can be played again.

/// SplitMix64 (public domain, Sebastiano Vigna).
struct Seed {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &+ 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
  mutating func once(in chances: Int) -> Bool { below(chances) == 0 }
  mutating func one<T>(of all: [T]) -> T? { all.isEmpty ? nil : all[below(all.count)] }
}
