// Owns measuring several pieces of work in turn on one thread, so that a change of the machine's speed meets all.

/// Pieces of work over the same events.
struct Contest {
  struct Entry {
    let name: String
    /// Handles every event once.
    let work: () throws -> Void
  }

  /// Nanoseconds of processor time an event, the median of all rounds, by name.
  ///
  /// Each round gives every entry the same share of `seconds`; the first is not counted.
  static func run(_ entries: [Entry], events: Int, seconds: Double, rounds: Int = 9) throws -> [String:
    Double]
  {
    let share = seconds * 1e9 / Double(entries.count * (rounds + 1))
    var found: [String: [Double]] = [:]
    for round in 0...rounds {
      for entry in entries {
        let start = ProcessFigures.threadNanoseconds
        var passes = 0
        var spent: Int64 = 0
        repeat {
          try entry.work()
          passes += 1
          spent = ProcessFigures.threadNanoseconds - start
        } while Double(spent) < share
        if round > 0 { found[entry.name, default: []].append(Double(spent) / Double(passes * events)) }
      }
    }
    return found.compactMapValues(\.median)
  }
}

/// Keeps the optimiser from dropping work whose result nobody uses.
@inline(never)
func consume<T>(_ value: T) {}
