// Owns the keys of delegation's state: a letter for what stands under it, then whose it is.
import Events
import StateBytes

/// Keys, as bytes:
///
/// | key | what |
/// |---|---|
/// | `b` budget 0 holder | a pot's account; without holder where the budget is one pot |
/// | `k` claim | a claim |
/// | `p` hash | what a person, a case or a cause asked for of one action lately, by a hash of eight bytes |
/// | `n` | the task's own record |
///
/// The timer of a claim or a sum has the same key.
struct StateKey {
  enum Letter {
    static let pot = UInt8(ascii: "b")
    static let claim = UInt8(ascii: "k")
    static let sum = UInt8(ascii: "p")
    static let task = UInt8(ascii: "n")
  }

  private let writer = StateWriter()

  /// Valid until the next key is made, as all of them.
  func pot(_ pot: Pot) -> UnsafeRawBufferPointer {
    begin(Letter.pot)
    writer.raw(pot.budget.bytes)
    writer.byte(0)
    writer.raw(pot.holder.bytes)
    return writer.bytes
  }

  func claim(_ id: ByteSlice) -> UnsafeRawBufferPointer {
    begin(Letter.claim)
    writer.raw(id.bytes)
    return writer.bytes
  }

  func sum(_ hash: UInt64) -> UnsafeRawBufferPointer {
    begin(Letter.sum)
    writer.fixed(hash)
    return writer.bytes
  }

  func task() -> UnsafeRawBufferPointer {
    begin(Letter.task)
    return writer.bytes
  }

  private func begin(_ letter: UInt8) {
    writer.beginBare()
    writer.byte(letter)
  }
}

/// Whose a timer is, as its key says it.
enum ParsedTimerKey {
  case claim(ByteSlice)
  case sum(UInt64)

  /// Nil for bytes that are no key of a timer.
  init?(_ key: UnsafeRawBufferPointer) {
    var reader = StateReader(bare: key)
    switch reader.byte() {
    case StateKey.Letter.claim:
      guard reader.left > 0 else { return nil }
      self = .claim(ByteSlice(reader.raw(reader.left)))
    case StateKey.Letter.sum: self = .sum(reader.fixed())
    default: return nil
    }
    if reader.isDamaged || reader.left > 0 { return nil }
  }
}
