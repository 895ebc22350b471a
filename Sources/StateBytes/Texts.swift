// Owns the texts that a decision makes: ids, reasons, rules. They live until the next decision.
import Events

/// Makes texts in memory that stays where it is until `reset`. Confined to one thread.
package final class Texts {
  private let scratch = Scratch()
  // Unchecked: one thread, and what builds a text makes no other meanwhile.
  @exclusivity(unchecked) private var builder = TextBuilder()

  package init() {}

  deinit { builder.deallocate() }

  package func reset() { scratch.reset() }

  /// A copy that outlives what it was borrowed from.
  package func keep(_ text: ByteSlice) -> ByteSlice { ByteSlice(scratch.keep(text.bytes)) }

  /// Pieces, one after the other.
  @inline(__always)
  package func make(_ build: (inout TextBuilder) -> Void) -> ByteSlice {
    builder.clear()
    build(&builder)
    return ByteSlice(scratch.keep(builder.bytes))
  }

  /// `CASE-a3`, `CASE-e7`, `CLAIM-d2`.
  package func numbered(_ id: ByteSlice, _ letter: ByteSlice, _ number: Int64) -> ByteSlice {
    make {
      $0.add(id)
      $0.add(letter)
      $0.add(number)
    }
  }
}

/// Bytes that become a text. Memory is reused; whoever owns it gives it back.
package struct TextBuilder {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity = 512
  private var count = 0

  fileprivate init() { start = .allocate(capacity: capacity) }

  fileprivate func deallocate() { start.deallocate() }
  fileprivate mutating func clear() { count = 0 }
  fileprivate var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  package mutating func add(_ text: ByteSlice) {
    guard let source = text.bytes.baseAddress else { return }
    reserve(text.count)
    UnsafeMutableRawPointer(start + count).copyMemory(from: source, byteCount: text.count)
    count &+= text.count
  }

  package mutating func add(_ number: Int64) {
    reserve(20)
    if number < 0 {
      start[count] = UInt8(ascii: "-")
      count &+= 1
    }
    var digits = 1
    var rest = number.magnitude
    while rest >= 10 {
      digits &+= 1
      rest /= 10
    }
    rest = number.magnitude
    var place = count &+ digits
    count = place
    for _ in 0..<digits {
      place &-= 1
      start[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if capacity &- count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(capacity &* 2, count &+ more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}
