// Owns the keys of casework's state: a letter for what stands under it, then whose it is.
import Events
import StateBytes

/// Keys, as bytes:
///
/// | key | what |
/// |---|---|
/// | `s` subject | a subject's account |
/// | `c` subject number | a case; the number as written by `StateWriter.unsigned` |
/// | `o` team | an owner's account; without a team that of all |
/// | `h` number team | a page of cases that a hold of that owner, or of all, puts off; its number has four bytes |
/// | `l` hash | the shape of a ladder, by its hash of eight bytes |
/// | `i` number | a word, by its number of four bytes |
/// | `n` | the task's own record |
/// | `m` | how far what people did has been read |
///
/// A subject is its key's letter and the sixteen bytes that its hexadecimal digits stand for. The timer of a case, a
/// subject or an owner has the same key.
struct StateKey {
  enum Letter {
    static let subject = UInt8(ascii: "s")
    static let caseOf = UInt8(ascii: "c")
    static let owner = UInt8(ascii: "o")
    static let page = UInt8(ascii: "h")
    static let ladder = UInt8(ascii: "l")
    static let word = UInt8(ascii: "i")
    static let task = UInt8(ascii: "n")
    static let evidence = UInt8(ascii: "m")
  }

  private let writer = StateWriter()

  /// Valid until the next key is made, as all of them.
  mutating func subject(_ subject: SubjectBytes) -> UnsafeRawBufferPointer { make(Letter.subject, subject) }

  mutating func caseOf(_ subject: SubjectBytes, _ number: UInt32) -> UnsafeRawBufferPointer {
    _ = make(Letter.caseOf, subject)
    writer.unsigned(UInt64(number))
    return writer.bytes
  }

  mutating func owner(_ team: ByteSlice) -> UnsafeRawBufferPointer {
    begin(Letter.owner)
    writer.raw(team.bytes)
    return writer.bytes
  }

  mutating func page(_ number: Int32, of team: ByteSlice) -> UnsafeRawBufferPointer {
    begin(Letter.page)
    withUnsafeBytes(of: number.bigEndian) { writer.raw($0) }
    writer.raw(team.bytes)
    return writer.bytes
  }

  mutating func ladder(_ hash: UInt64) -> UnsafeRawBufferPointer {
    begin(Letter.ladder)
    writer.fixed(hash)
    return writer.bytes
  }

  mutating func word(_ number: UInt32) -> UnsafeRawBufferPointer {
    begin(Letter.word)
    withUnsafeBytes(of: number.bigEndian) { writer.raw($0) }
    return writer.bytes
  }

  mutating func task() -> UnsafeRawBufferPointer {
    begin(Letter.task)
    return writer.bytes
  }

  mutating func evidence() -> UnsafeRawBufferPointer {
    begin(Letter.evidence)
    return writer.bytes
  }

  private mutating func make(_ letter: UInt8, _ subject: SubjectBytes) -> UnsafeRawBufferPointer {
    begin(letter)
    subject.write(to: writer)
    return writer.bytes
  }

  private func begin(_ letter: UInt8) {
    writer.beginBare()
    writer.byte(letter)
  }
}

/// Whose a timer is, as its key says it.
enum ParsedTimerKey {
  case caseOf(SubjectBytes, UInt32)
  case subject(SubjectBytes)
  case owner(ByteSlice)

  /// Nil for bytes that are no key of a timer.
  init?(_ key: UnsafeRawBufferPointer) {
    var reader = StateReader(bare: key)
    switch reader.byte() {
    case StateKey.Letter.caseOf:
      let subject = SubjectBytes(&reader)
      self = .caseOf(subject, reader.uint32())
    case StateKey.Letter.subject: self = .subject(SubjectBytes(&reader))
    case StateKey.Letter.owner: self = .owner(ByteSlice(reader.raw(reader.left)))
    default: return nil
    }
    if reader.isDamaged || reader.left > 0 { return nil }
  }
}
