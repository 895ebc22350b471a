// Owns walking several ascending lists of rules as one, in memory that is reused from event to event.

/// Lists that an event's values lead to, merged: each rule once, the lowest number first.
struct RuleWalk: BitwiseCopyable {
  /// A place in one list.
  private struct Cursor: BitwiseCopyable {
    var next: UnsafePointer<Int32>
    var end: UnsafePointer<Int32>
  }

  private var cursors: UnsafeMutablePointer<Cursor>
  private var capacity: Int
  private var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    cursors = .allocate(capacity: capacity)
  }

  func free() { cursors.deallocate() }

  /// Forgets all lists and makes room for so many.
  mutating func begin(atMost lists: Int) {
    count = 0
    guard lists > capacity else { return }
    cursors.deallocate()
    cursors = .allocate(capacity: lists)
    capacity = lists
  }

  @inline(__always)
  mutating func add(_ postings: RuleIndex.Postings, _ index: RuleIndex) {
    guard postings.count > 0 else { return }
    let start = index.rules.pointer(postings.start)
    (cursors + count).initialize(to: Cursor(next: start, end: start + Int(postings.count)))
    count &+= 1
  }

  /// The lowest rule number that any list stands at; every list that stands there moves on, and one that is at its
  /// end is dropped.
  @inline(__always)
  mutating func next() -> Int32? {
    guard count > 0 else { return nil }
    var lowest = Int32.max
    for index in 0..<count { lowest = min(lowest, cursors[index].next.pointee) }
    var index = 0
    while index < count {
      if cursors[index].next.pointee == lowest {
        cursors[index].next += 1
        if cursors[index].next == cursors[index].end {
          count &-= 1
          cursors[index] = cursors[count]
          continue
        }
      }
      index &+= 1
    }
    return lowest
  }
}
