// Owns where text goes: standard output, standard error, or memory in tests; buffered, safe from any thread.
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A place to print to.
public final class TextStream: Sendable {
  private enum Destination { case descriptor(Int32), memory }
  private struct State {
    var pending: [UInt8] = []
    /// The reader went away (`answerable watch | head`): nothing more will be written.
    var isBroken = false
  }

  private let destination: Destination
  private let state = Mutex(State())
  /// Whether it is a terminal.
  public let isTerminal: Bool
  /// Whether `styled` colours.
  public let hasColor: Bool
  /// Columns to fill. 100 where it is no terminal.
  public let width: Int

  private init(_ destination: Destination, isTerminal: Bool, hasColor: Bool, width: Int) {
    self.destination = destination
    self.isTerminal = isTerminal
    self.hasColor = hasColor
    self.width = width
  }

  /// A file descriptor of this process.
  public convenience init(descriptor: Int32, hasColor: Bool) {
    let isTerminal = isatty(descriptor) == 1
    var size = winsize()
    let hasSize = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    self.init(
      .descriptor(descriptor), isTerminal: isTerminal, hasColor: hasColor,
      width: hasSize ? min(max(Int(size.ws_col), 40), 160) : 100)
  }

  /// Memory, for tests and for output that is looked at before it is shown.
  public static func memory(hasColor: Bool = false, width: Int = 100) -> TextStream {
    TextStream(.memory, isTerminal: false, hasColor: hasColor, width: width)
  }

  func with(color: Bool) -> TextStream {
    switch destination {
    case .memory: self
    case .descriptor(let descriptor): TextStream(descriptor: descriptor, hasColor: color)
    }
  }

  /// What a memory stream holds.
  public var text: String { state.withLock { String(decoding: $0.pending, as: UTF8.self) } }

  /// True once the reader has gone away.
  public var isBroken: Bool { state.withLock { $0.isBroken } }

  /// Prints text; a terminal sees every whole line at once, a pipe 32 KiB at a time.
  public func write(_ text: String) {
    state.withLock { state in
      guard !state.isBroken else { return }
      state.pending.append(contentsOf: text.utf8)
      guard case .descriptor = destination else { return }
      if state.pending.count >= 32_768 || isTerminal && state.pending.last == 0x0A { flush(&state) }
    }
  }

  public func line(_ text: String = "") { write(text + "\n") }

  /// Writes out what is buffered.
  public func flush() {
    state.withLock { flush(&$0) }
  }

  private func flush(_ state: inout State) {
    guard case .descriptor(let descriptor) = destination else { return }
    state.pending.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else {
          state.isBroken = true
          return
        }
        start += written
      }
    }
    state.pending.removeAll(keepingCapacity: true)
  }
}
