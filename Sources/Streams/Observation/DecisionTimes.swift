// Owns how long decisions took, from a record's timestamp to the commit of its decision, at the price of one
// addition a record.

/// Collects the timestamps of the open transaction's records, and turns them into durations once it has committed.
///
/// Each millisecond around the transaction's beginning has a slot of its own, so a record costs one addition and a
/// commit a walk over the slots used; nothing is allocated in between. Records older than the slots reach are
/// counted by their age when the transaction began: their bucket may be one too low, their sum is exact.
struct DecisionTimes: Sendable {
  /// Milliseconds before and after the beginning that have slots.
  private static let before: Int64 = 4_096
  private static let after: Int64 = 1_024

  private var slots = ContiguousArray<UInt32>(repeating: 0, count: Int(before + after))
  /// The slots used, when `low` is not above `high`.
  private var low = Int.max
  private var high = -1
  private var began: Int64 = 0
  private var first: Int64 = 0
  private var old = DurationHistogram()

  /// A transaction begins at this wall time; what the last one has left is dropped.
  mutating func begin(_ wall: Int64) {
    clear()
    began = wall
    first = wall &- Self.before
  }

  /// One record with this timestamp, milliseconds since 1970. A negative one stands for none and is not counted.
  @inline(__always)
  mutating func add(_ timestamp: Int64) {
    let slot = timestamp &- first
    guard slot >= 0, slot < slots.count else { return addOutside(timestamp) }
    let index = Int(truncatingIfNeeded: slot)
    slots[index] &+= 1
    if index < low { low = index }
    if index > high { high = index }
  }

  private mutating func addOutside(_ timestamp: Int64) {
    if timestamp < 0 { return }
    if timestamp < first { return old.add(began &- timestamp) }
    // A clock that runs ahead of this machine's.
    slots[slots.count - 1] &+= 1
    low = min(low, slots.count - 1)
    high = slots.count - 1
  }

  /// The transaction committed at this wall time.
  mutating func commit(_ wall: Int64, into times: inout DurationHistogram) {
    if low <= high {
      for index in low...high where slots[index] > 0 {
        times.add(wall &- (first &+ Int64(index)), number: Int64(slots[index]))
      }
    }
    if old.count > 0 { times.add(old, later: max(0, wall &- began)) }
    clear()
  }

  private mutating func clear() {
    if low <= high {
      for index in low...high { slots[index] = 0 }
    }
    low = .max
    high = -1
    if old.count > 0 { old = DurationHistogram() }
  }
}
