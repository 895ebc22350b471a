// Owns the memory of a compiled policy: tables and texts that are written once and never move.
import Events

/// A row of plain values in an arena: an array without reference counting, for the hot path.
///
/// Safe to share: the arena writes it before anyone else sees it, nobody writes it after, and whoever holds
/// it holds the policy that owns the arena.
struct Table<Element: BitwiseCopyable>: @unchecked Sendable {
  private let start: UnsafePointer<Element>?
  let count: Int

  fileprivate init(_ start: UnsafePointer<Element>?, count: Int) {
    self.start = start
    self.count = count
  }

  /// `index` comes from the policy itself, never from an event; checked in debug builds.
  @inline(__always)
  subscript(index: Int32) -> Element {
    assert(index >= 0 && Int(index) < count)
    return start.unsafelyUnwrapped[Int(index)]
  }

  /// The address of a row, for cursors that walk it.
  @inline(__always)
  func pointer(_ index: Int32) -> UnsafePointer<Element> { start.unsafelyUnwrapped + Int(index) }
}

/// A text in an arena.
struct ArenaText: @unchecked Sendable, BitwiseCopyable {
  // Immutable memory of the arena, which lives as long as the policy that hands this out.
  let start: UnsafeRawPointer?
  let count: Int32

  @inline(__always)
  var slice: ByteSlice { ByteSlice(UnsafeRawBufferPointer(start: start, count: Int(count))) }
}

/// Allocates what a policy compiles to and frees it with the policy.
///
/// `@unchecked`: only the compiler, on one thread, allocates; afterwards the arena is held and never called.
final class Arena: @unchecked Sendable {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var texts: [String: ArenaText] = [:]

  func table<Element: BitwiseCopyable>(_ values: [Element]) -> Table<Element> {
    guard !values.isEmpty else { return Table(nil, count: 0) }
    let block = UnsafeMutablePointer<Element>.allocate(capacity: values.count)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { block.initialize(from: base, count: source.count) }
    }
    blocks.append(UnsafeMutableRawPointer(block))
    return Table(block, count: values.count)
  }

  /// Each text once, however often it is asked for.
  func text(_ string: String) -> ArenaText {
    if let known = texts[string] { return known }
    let text = bytes(Array(string.utf8))
    texts[string] = text
    return text
  }

  /// Bytes that are no text.
  func bytes(_ bytes: [UInt8]) -> ArenaText {
    guard !bytes.isEmpty else { return ArenaText(start: nil, count: 0) }
    return ArenaText(start: UnsafeRawPointer(table(bytes).pointer(0)), count: Int32(clamping: bytes.count))
  }

  /// Called when compiling is over: the index of texts is only needed until then.
  func seal() { texts = [:] }

  deinit { for block in blocks { block.deallocate() } }
}
