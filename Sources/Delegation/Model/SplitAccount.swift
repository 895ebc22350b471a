// Owns what somebody, a case or a cause asked for lately, so that several remedies are judged by their sum.
import Events
import StateBytes

/// What was asked for by one person, for one case or one cause, of one action: pending, approved or paid.
public struct SplitAccount {
  public struct Entry: Hashable {
    /// A hash of the claim's id; 0 for several that were put together.
    public var claim: UInt64 = 0
    public var at: Int64 = 0
    public var amount: Int64 = 0
    public var currency = ByteSlice()
    public init() {}
  }

  /// More are put together: the two oldest of one currency become one, which counts as long as the later of them.
  public static let mostEntries = 32

  public var entries: [Entry] = []
  public init() {}

  /// Forgets what is older than the window.
  mutating func prune(before time: Int64) { entries.removeAll { $0.at <= time } }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    entries.sort { ($0.at, $0.claim) < ($1.at, $1.claim) }
    while entries.count > Self.mostEntries, merge() {}
    // As many currencies as entries: nobody asks like that.
    while entries.count > Self.mostEntries { entries.removeFirst() }
  }

  /// Takes a claim out again. Where it was put together with others, out of that sum.
  mutating func remove(claim: UInt64, at time: Int64, amount: Int64, currency: ByteSlice) {
    if let index = entries.firstIndex(where: { $0.claim == claim }) {
      entries.remove(at: index)
    } else if let index = entries.firstIndex(where: {
      $0.claim == 0 && $0.currency == currency && $0.at >= time
    }) {
      entries[index].amount = max(0, minus(entries[index].amount, amount))
      if entries[index].amount == 0 { entries.remove(at: index) }
    }
  }

  private mutating func merge() -> Bool {
    for first in entries.indices {
      guard
        let second = entries[(first + 1)...].firstIndex(where: { $0.currency == entries[first].currency })
      else { continue }
      entries[second].amount = plus(entries[second].amount, entries[first].amount)
      entries[second].claim = 0
      entries.remove(at: first)
      return true
    }
    return false
  }
}
