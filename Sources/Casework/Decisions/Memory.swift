// Owns what a subject remembers: a fading account of peaks and of what came last, and what it adds to a score.
import Events
import Policy
import StateBytes

/// The account is made of the worst moment and of what came lately, both fading with the policy's half-life; people judge
/// an experience by its peak and its end, not by its average.
///
/// Source: Kahneman, Fredrickson, Schreiber, Redelmeier, "When More Pain Is Preferred to Less", Psychological Science
/// 1993.
enum Memory {
  /// 100 points, in hundredths.
  static let full: Int32 = 10_000

  /// Lets an account fade until a moment; time that goes back changes nothing.
  static func fade(_ memory: inout MemoryAccount, to now: Int64, _ rules: MemoryRules) {
    guard now > memory.at else { return }
    let elapsed = minus(now, memory.at)
    memory.at = now
    if memory.peak == 0 && memory.recent == 0 && memory.brokenPromises == 0 { return }
    memory.peak = rules.decay(memory.peak, elapsed: elapsed)
    memory.recent = rules.decay(memory.recent, elapsed: elapsed)
    memory.brokenPromises = rules.decay(memory.brokenPromises, elapsed: elapsed)
  }

  /// The account as one number, 0…10,000.
  static func account(_ memory: MemoryAccount, _ rules: MemoryRules) -> Int32 {
    let share = Int64(min(100, max(0, rules.peakShare)))
    let sum = Int64(memory.peak) &* share &+ Int64(memory.recent) &* (100 &- share)
    return Int32(clamping: max(0, min(Int64(full), sum / 100)))
  }

  /// The account in points, 0…100, as people read it.
  static func points(_ memory: MemoryAccount, _ rules: MemoryRules) -> Int32 { account(memory, rules) / 100 }

  /// A moment as bad as a score says, weighted by where it happened. Half of it closes the gap between what is recent and
  /// the worst there can be: moments add up, never beyond it, and in any order to the same. One that is better than the
  /// policy's base takes a quarter of what is recent away, and never touches the peak.
  static func add(score: Int32, base: Int32, weight: Int64, to memory: inout MemoryAccount) {
    let excess = Int64(score) &- Int64(base)
    if excess <= 0 {
      if excess < 0 { memory.recent &-= memory.recent / 4 }
      return
    }
    let pain = Int32(clamping: min(Int64(full), excess &* 100 &* max(0, min(weight, 10_000)) / 1_000))
    memory.peak = max(memory.peak, pain)
    let gap = Int64(full) &- Int64(memory.recent)
    memory.recent &+= Int32(clamping: (gap &* Int64(pain) &+ Int64(full)) / (2 &* Int64(full)))
  }

  /// How many broken promises are not forgotten yet.
  static func brokenPromises(_ memory: MemoryAccount) -> Int32 { (memory.brokenPromises &+ 50) / 100 }

  static func breakPromise(_ memory: inout MemoryAccount) {
    memory.brokenPromises = min(full, memory.brokenPromises &+ 100)
  }

  /// It was kept after all.
  static func mendPromise(_ memory: inout MemoryAccount) {
    memory.brokenPromises = max(0, memory.brokenPromises &- 100)
  }

  /// Whether a contribution is one of those that `contributions` adds, which stand last.
  static func isOfMemory(_ name: ByteSlice) -> Bool {
    name == memoryName || name == repeatedName || name == brokenName
  }
  private static var memoryName: ByteSlice { "memory" }
  private static var repeatedName: ByteSlice { "contact repeated" }
  private static var brokenName: ByteSlice { "promise broken" }

  /// Adds what is remembered to a score; each part has a name and a reason that people can read.
  static func contributions(
    _ memory: MemoryAccount, repeated: Int32, _ rules: MemoryRules, _ texts: Texts,
    into list: inout [Signal.Contribution]
  ) -> Int32 {
    var sum: Int32 = 0
    let account = account(memory, rules)
    let points = rules.points(of: account)
    if points != 0 {
      sum &+= points
      let because = texts.make {
        $0.add("account ")
        $0.add(Int64(account / 100))
        $0.add(", peak ")
        $0.add(Int64(memory.peak / 100))
      }
      list.append(.init(name: memoryName, points: points, because: because))
    }
    if repeated > 0 && rules.repeatedContact != 0 {
      let points = rules.repeatedContact &* min(3, repeated)
      sum &+= points
      let because = texts.make {
        $0.add(Int64(repeated) &+ 1)
        $0.add(" contacts unanswered")
      }
      list.append(.init(name: repeatedName, points: points, because: because))
    }
    let broken = brokenPromises(memory)
    if broken > 0 && rules.brokenPromise != 0 {
      let points = rules.brokenPromise &* min(3, broken)
      sum &+= points
      let because = texts.make {
        $0.add(Int64(broken))
        $0.add(broken == 1 ? " promise broken" : " promises broken")
      }
      list.append(.init(name: brokenName, points: points, because: because))
    }
    return sum
  }
}
