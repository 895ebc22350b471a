// Owns what a test needs to write state and read it back: words, a writer, memory for texts.

import Events
import StateBytes
@testable import Casework

struct CodecDesk {
  let words = WordTable()
  let scratch = Scratch()

  private func write(_ format: StateFormat, _ body: (StateEncoder) -> Void) -> [UInt8] {
    let encoder = StateEncoder(out: StateWriter(format), words: words)
    body(encoder)
    return Array(encoder.out.bytes)
  }

  func encode(_ item: Case, _ format: StateFormat = .current) -> [UInt8] { write(format) { $0.encode(item) } }
  func encode(_ account: SubjectAccount, _ format: StateFormat = .current) -> [UInt8] {
    write(format) { $0.encode(account) }
  }
  func encode(_ account: OwnerAccount, _ format: StateFormat = .current) -> [UInt8] {
    write(format) { $0.encode(account) }
  }
  func encode(_ record: TaskRecord, _ format: StateFormat = .current) -> [UInt8] {
    write(format) { record.write(to: $0.out) }
  }

  /// Reads into a case that held something else before: nothing of it may stay.
  func decodeCase(_ bytes: [UInt8], id: CaseID, into used: Case? = nil) throws -> Case {
    var item = used ?? Case(id: id)
    item.id = id
    try bytes.withUnsafeBytes { try StateDecoder.decode($0, into: &item, words, scratch) }
    return item
  }
  func decodeSubject(_ bytes: [UInt8], into used: SubjectAccount = SubjectAccount()) throws -> SubjectAccount
  {
    var account = used
    try bytes.withUnsafeBytes { try StateDecoder.decode($0, into: &account, words, scratch) }
    return account
  }
  func decodeOwner(_ bytes: [UInt8], into used: OwnerAccount = OwnerAccount()) throws -> OwnerAccount {
    var account = used
    try bytes.withUnsafeBytes { try StateDecoder.decode($0, into: &account, words, scratch) }
    return account
  }
  func decodeTask(_ bytes: [UInt8]) throws -> TaskRecord {
    try bytes.withUnsafeBytes { try TaskRecord($0) }
  }
}
