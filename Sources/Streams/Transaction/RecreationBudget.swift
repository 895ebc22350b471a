// Owns how often a producer may be replaced before the worker gives up and leaves it to its supervisor.

/// At most so many replacements within a sliding window.
struct RecreationBudget: Sendable, Hashable {
  let limit: Int
  /// Milliseconds.
  let window: Int64
  private var spent: [Int64] = []

  init(limit: Int, window: Int64) {
    self.limit = limit
    self.window = window
  }

  /// Takes one replacement at `now` (monotonic milliseconds). Returns how many lie within the window, this
  /// one included; nil when the budget is spent.
  mutating func take(at now: Int64) -> Int? {
    spent.removeAll { now &- $0 >= window }
    if spent.count >= limit { return nil }
    spent.append(now)
    return spent.count
  }
}
