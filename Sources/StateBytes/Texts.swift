// Owns the texts that a decision makes: ids, reasons, rules. They live until the next decision.
import Events

/// Makes texts in memory that stays where it is until `reset`. Confined to one thread.
package final class Texts {
  private let scratch = Scratch()
  // Unchecked: one thread, and what builds a text makes no other meanwhile.
  @exclusivity(unchecked) private var bytes: [UInt8] = []

  package init() { bytes.reserveCapacity(512) }

  package func reset() { scratch.reset() }

  /// A copy that outlives what it was borrowed from.
  package func keep(_ text: ByteSlice) -> ByteSlice { ByteSlice(scratch.keep(text.bytes)) }

  /// Pieces, one after the other.
  package func make(_ build: (inout [UInt8]) -> Void) -> ByteSlice {
    bytes.removeAll(keepingCapacity: true)
    build(&bytes)
    return bytes.withUnsafeBytes { ByteSlice(scratch.keep($0)) }
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

extension [UInt8] {
  package mutating func add(_ text: ByteSlice) { append(contentsOf: text.bytes) }

  package mutating func add(_ number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = count
    repeat {
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }
}
