// Owns how fast the week goes by on a terminal: evenly over its half minute, and not at all elsewhere.
import Console
import Foundation

/// Waits between lines so that the whole week lasts as long as it should, whatever the machine needs in between.
struct Pace {
  /// Seconds for the week; 0 waits nowhere.
  static let week = 28.0

  private let seconds: Double
  private let start = ContinuousClock.now

  init(seconds: Double) { self.seconds = seconds }

  /// Waits so that `weight` of what is left of the day takes its share of the time that is left of it.
  ///
  /// - Parameters:
  ///   - day: 0 for Monday.
  ///   - left: The weight of everything still to be shown of that day, this included.
  func wait(_ weight: Int, left: Int, day: Int) {
    guard seconds > 0, left > 0 else { return }
    let end = seconds * Double(day + 1) / 7
    let share = (end - elapsed) * Double(weight) / Double(left)
    var rest = min(2, share)
    // In slices, so that Ctrl-C is heard.
    while rest > 0, !StopSignals.isRequested {
      Thread.sleep(forTimeInterval: min(rest, 0.05))
      rest -= 0.05
    }
  }

  private var elapsed: Double {
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }
}
