// Owns the progress line: what a person sees of anything that takes longer than a second, and nobody else.

/// What the progress line says at a moment. Decides only: `Progress` prints.
public struct ProgressMeter: Sendable, Hashable {
  public let label: String
  /// Nil when the end is not known.
  public let total: Int?
  private var lastShown: Double?

  /// Seconds before anything is shown, and between two changes.
  private static let patience = 1.0
  private static let interval = 0.1

  public init(_ label: String, total: Int? = nil) {
    self.label = label
    self.total = total
  }

  /// The line to show `seconds` after the start with `done` steps behind; nil when there is none to show.
  public mutating func line(done: Int, at seconds: Double) -> String? {
    guard seconds >= Self.patience, seconds - (lastShown ?? -1) >= Self.interval else { return nil }
    lastShown = seconds
    let rate = Int((Double(done) / max(seconds, 0.001)).rounded())
    guard let total, total > 0 else { return "\(label) \(done) · \(rate)/s" }
    let percent = min(100, done * 100 / total)
    let left = rate > 0 ? " · \((max(0, total - done) + rate - 1) / rate) s left" : ""
    return "\(label) \(done) of \(total) (\(percent) %) · \(rate)/s\(left)"
  }

  /// Whether a line stands on the terminal.
  public var isShown: Bool { lastShown != nil }
}

/// Prints a progress line on standard error where that is a terminal.
public struct Progress {
  private var meter: ProgressMeter
  private let stream: TextStream
  private let start = ContinuousClock.now

  public init(_ label: String, total: Int? = nil, _ terminal: Terminal) {
    meter = ProgressMeter(label, total: total)
    stream = terminal.err
  }

  /// Tells how far the work is. Cheap enough for every step.
  public mutating func update(_ done: Int) {
    guard stream.isTerminal else { return }
    let elapsed = start.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    guard let line = meter.line(done: done, at: seconds) else { return }
    stream.write("\r\u{1B}[K" + TextWidth.cut(line, to: stream.width - 1))
    stream.flush()
  }

  /// Takes the line away.
  public mutating func finish() {
    guard stream.isTerminal, meter.isShown else { return }
    stream.write("\r\u{1B}[K")
    stream.flush()
  }
}
