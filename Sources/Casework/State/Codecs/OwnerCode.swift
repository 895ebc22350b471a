// Owns how an owner's account is written into the state and read from it.
import Events
import StateBytes

extension StateEncoder {
  /// Writes an account. Its owner is its key. Times are told from the beginning of the window.
  func encode(_ account: OwnerAccount) {
    let base = account.windowFrom
    out.begin()
    out.signed(base)
    out.signed(Int64(account.inWindow))
    out.signed(account.digestCount)
    count(account.digestCases.count)
    for id in account.digestCases { caseID(id) }
    out.signed(account.digests)
    out.time(account.heldUntil, from: base)
    out.text(account.heldReason)
    out.text(account.heldBy)
    out.signed(Int64(account.deferredNow))
    out.signed(account.deferredTotal)
    count(account.heldCases.count)
    for id in account.heldCases { caseID(id) }
    out.signed(Int64(account.pageFrom))
    out.signed(Int64(account.pageTo))
    out.signed(Int64(account.wakeTo))
    out.end()
  }

  /// Writes a page of cases that are held.
  func encode(page: [ByteSlice]) {
    out.begin()
    count(page.count)
    for id in page { caseID(id) }
    out.end()
  }
}

extension StateDecoder {
  /// Reads an account into one whose list is reused.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, into account: inout OwnerAccount, _ words: WordTable, _ scratch: Scratch
  ) throws(StateFailure) {
    var decoder = try StateDecoder(bytes, of: "an owner", words, scratch)
    decoder.read(&account)
    try decoder.reader.end("an owner")
  }

  private mutating func read(_ account: inout OwnerAccount) {
    let base = reader.signed()
    account.windowFrom = base
    account.inWindow = reader.int32()
    account.digestCount = reader.signed()
    account.digestCases.removeAll(keepingCapacity: true)
    for _ in 0..<reader.elements(ofAtLeast: 1) { account.digestCases.append(caseID()) }
    account.digests = reader.signed()
    account.heldUntil = reader.time(from: base)
    account.heldReason = text()
    account.heldBy = text()
    account.deferredNow = reader.int32()
    account.deferredTotal = reader.signed()
    account.heldCases.removeAll(keepingCapacity: true)
    for _ in 0..<reader.elements(ofAtLeast: 1) { account.heldCases.append(caseID()) }
    // Of the first format: what the account does not list was not kept.
    let hasPages = reader.format >= 2
    account.pageFrom = hasPages ? reader.int32() : 0
    account.pageTo = hasPages ? reader.int32() : 0
    account.wakeTo = hasPages ? reader.int32() : 0
  }

  /// Reads a page of cases that are held.
  static func decode(
    page bytes: UnsafeRawBufferPointer, _ words: WordTable, _ scratch: Scratch
  ) throws(StateFailure) -> [ByteSlice] {
    var decoder = try StateDecoder(bytes, of: "held cases", words, scratch)
    var page: [ByteSlice] = []
    for _ in 0..<decoder.reader.elements(ofAtLeast: 1) { page.append(decoder.caseID()) }
    try decoder.reader.end("held cases")
    return page
  }
}
