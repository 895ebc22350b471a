// Owns the parts that several values of the state are made of: words, texts, case ids, lists.
import Events
import StateBytes

/// What an encoder writes with: bytes, and the words of the task.
struct StateEncoder {
  let out: StateWriter
  let words: WordTable

  /// A text that many values share. Nothing is 0; a text in full is 1, its length and its bytes; a word is its number + 2.
  @inline(__always)
  func word(_ text: ByteSlice) {
    if text.isEmpty { return out.byte(0) }
    if let number = words.number(text) { return out.unsigned(number &+ 2) }
    out.byte(1)
    out.text(text)
  }

  /// A case id in its short form where it has one. Nothing is 0, the short form 1; of any other text, its length + 1
  /// and its bytes.
  func caseID(_ text: ByteSlice) {
    if text.isEmpty { return out.byte(0) }
    if let id = CaseBytes(text) {
      out.byte(1)
      id.subject.write(to: out)
      return out.unsigned(UInt64(id.number))
    }
    out.unsigned(UInt64(truncatingIfNeeded: text.count) &+ 1)
    out.raw(text.bytes)
  }

  func count(_ count: Int) { out.unsigned(UInt64(truncatingIfNeeded: count)) }
}

/// What a decoder reads with. Words lie in the table; other texts are copied into the scratch, since what is read moves.
struct StateDecoder {
  var reader: StateReader
  let words: WordTable
  let scratch: Scratch

  init(_ bytes: UnsafeRawBufferPointer, of what: StaticString, _ words: WordTable, _ scratch: Scratch)
    throws(StateFailure)
  {
    reader = try StateReader(bytes, of: what)
    self.words = words
    self.scratch = scratch
  }

  @inline(__always)
  mutating func word() -> ByteSlice {
    let code = reader.unsigned()
    if code == 0 { return ByteSlice() }
    if code == 1 { return text() }
    guard let text = words.text(code &- 2) else {
      reader.damage()
      return ByteSlice()
    }
    return text
  }

  mutating func text() -> ByteSlice { ByteSlice(scratch.keep(reader.text().bytes)) }

  mutating func caseID() -> ByteSlice {
    let code = reader.unsigned()
    switch code {
    case 0: return ByteSlice()
    case 1:
      let id = CaseBytes(subject: SubjectBytes(&reader), number: reader.uint32())
      return reader.isDamaged ? ByteSlice() : id.text(scratch)
    default: return ByteSlice(scratch.keep(reader.raw(Int(clamping: code &- 1))))
    }
  }
}

extension EventKind {
  /// Its number in the state.
  var stateNumber: UInt8 {
    switch self {
    case .feedback: 0
    case .incident: 1
    case .caseUpdate: 2
    case .remedy: 3
    }
  }

  /// `number` has two bits.
  init(stateNumber number: UInt64) {
    switch number & 3 {
    case 0: self = .feedback
    case 1: self = .incident
    case 2: self = .caseUpdate
    default: self = .remedy
    }
  }
}

extension Respondent {
  /// Its number in the state.
  var stateNumber: UInt8 {
    switch self {
    case .customer: 0
    case .employee: 1
    case .partner: 2
    }
  }

  init?(stateNumber number: UInt64) {
    switch number {
    case 0: self = .customer
    case 1: self = .employee
    case 2: self = .partner
    default: return nil
    }
  }
}
