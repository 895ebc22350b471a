// Owns where text goes: standard output, standard error, or memory in tests; buffered, safe from any thread.
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A place to print to.
public final class TextStream: Sendable {
  private let sink: Sink
  /// Whether it is a terminal.
  public let isTerminal: Bool
  /// Whether `styled` colours.
  public let hasColor: Bool
  /// Columns to fill. 100 where it is no terminal.
  public let width: Int

  private init(_ sink: Sink, isTerminal: Bool, hasColor: Bool, width: Int) {
    self.sink = sink
    self.isTerminal = isTerminal
    self.hasColor = hasColor
    self.width = width
  }

  /// A file descriptor of this process.
  public convenience init(descriptor: Int32) {
    let isTerminal = isatty(descriptor) == 1
    var size = winsize()
    let hasSize = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    self.init(
      Sink(descriptor, isTerminal: isTerminal), isTerminal: isTerminal, hasColor: false,
      width: hasSize ? min(max(Int(size.ws_col), 40), 160) : 100)
  }

  /// Memory, for tests and for output that is looked at before it is shown; `isTerminal` makes it look like one.
  public static func memory(isTerminal: Bool = false, hasColor: Bool = false, width: Int = 100) -> TextStream
  {
    TextStream(Sink(nil, isTerminal: isTerminal), isTerminal: isTerminal, hasColor: hasColor, width: width)
  }

  /// The same place, with or without colour.
  func with(color: Bool) -> TextStream {
    TextStream(sink, isTerminal: isTerminal, hasColor: color, width: width)
  }

  /// What a memory stream holds.
  public var text: String { sink.text }

  /// True once the reader has gone away (`answerable watch | head`): nothing more is written.
  public var isBroken: Bool { sink.isBroken }

  /// Prints text; a terminal sees every whole line at once, a pipe 32 KiB at a time.
  public func write(_ text: String) { sink.write(text) }

  public func line(_ text: String = "") { write(text + "\n") }

  /// Writes out what is buffered.
  public func flush() { sink.flush() }
}

/// What is buffered, and where it goes. Shared by streams that differ in colour only.
private final class Sink: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var isBroken = false
  }

  /// Nil for memory.
  private let descriptor: Int32?
  private let isTerminal: Bool
  private let state = Mutex(State())
  private static let pipeBuffer = 32_768

  init(_ descriptor: Int32?, isTerminal: Bool) {
    self.descriptor = descriptor
    self.isTerminal = isTerminal
  }

  var text: String { state.withLock { String(decoding: $0.pending, as: UTF8.self) } }
  var isBroken: Bool { state.withLock { $0.isBroken } }

  func write(_ text: String) {
    state.withLock { state in
      guard !state.isBroken else { return }
      state.pending.append(contentsOf: text.utf8)
      if state.pending.count >= Self.pipeBuffer || isTerminal && state.pending.last == 0x0A { flush(&state) }
    }
  }

  func flush() {
    state.withLock { flush(&$0) }
  }

  private func flush(_ state: inout State) {
    guard let descriptor else { return }
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
