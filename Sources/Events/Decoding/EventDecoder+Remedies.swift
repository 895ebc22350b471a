// Owns the reading of what remedies are made of: amounts, claims, what supports them, who signed.

extension EventDecoder {
  /// An amount of at least one minor unit, and its currency. `level` is that of its own fields.
  func money(
    _ object: ObjectReader, path: StaticString = "amount.", level: Int = 2
  ) throws(EventRefusal) -> (minor: Int64, currency: ByteSlice) {
    guard let node = object.node(.amount) else { throw object.missing(.amount) }
    let amount = try reader(object.document, at: node, vocabulary.amount, path: path, level: level)
    let minor = try amount.requiredInteger(.minor, 1...JSONDocument.exact)
    return (minor, try currency(amount))
  }

  func currency(_ object: ObjectReader) throws(EventRefusal) -> ByteSlice {
    let currency = try object.required(.currency, .name)
    guard currency.count == 3, currency.bytes.allSatisfy({ $0 &- 0x41 < 26 }) else {
      throw EventRefusal(
        .unknownValue, field: object.full(.currency),
        reason: "is not an ISO 4217 code: three capital letters")
    }
    return currency
  }

  /// What an act about a remedy names: the case's id, `-r`, and a number.
  func claim(_ object: ObjectReader) throws(EventRefusal) -> ByteSlice {
    let claim = try object.required(.claim, .id)
    if Claim.caseID(of: claim).isEmpty {
      throw EventRefusal(
        .unknownValue, field: "claim",
        reason: "is not a claim, which is its case's id, -r and a number: take it from the answer")
    }
    return claim
  }

  /// An act about a claim with an amount; without one, all of it is meant.
  func paid(
    _ object: ObjectReader, _ act: (ByteSlice, Int64, ByteSlice) -> Act
  ) throws(EventRefusal) -> Act {
    let claim = try claim(object)
    guard object.node(.amount) != nil else { return act(claim, 0, ByteSlice()) }
    let amount = try money(object)
    return act(claim, amount.minor, amount.currency)
  }

  /// Kinds of what is shown to support a remedy, in order: words, or objects of which the kind is taken.
  func evidence(_ object: ObjectReader) throws(EventRefusal) -> [ByteSlice] {
    guard let start = object.node(.evidence) else { return [] }
    let document = object.document
    guard document.kind(start) == .array else {
      throw Refuse.wrongType("evidence", expected: "an array", found: document.kind(start))
    }
    var kinds: [ByteSlice] = []
    let end = document.next(start) &- 1
    var cursor = start &+ 1
    while cursor < end {
      if kinds.count == Remedy.mostEvidence {
        throw EventRefusal(
          .tooLong, field: "evidence", reason: "has more than \(Remedy.mostEvidence) entries")
      }
      do throws(EventRefusal) {
        kinds.append(try kind(document, cursor))
      } catch {
        throw Refuse.inEntry(kinds.count, of: "evidence", error)
      }
      cursor = document.next(cursor)
    }
    return kinds
  }

  private func kind(_ document: JSONDocument, _ node: Int) throws(EventRefusal) -> ByteSlice {
    guard document.kind(node) == .string else {
      guard document.kind(node) == .object else {
        throw Refuse.wrongType(
          "evidence[]", expected: "a string or an object", found: document.kind(node))
      }
      let entry = try reader(document, at: node, vocabulary.evidence, path: "evidence[].", level: 2)
      _ = try entry.text(.ref, .id)
      return try entry.required(.kind, .name)
    }
    let text = document.text(node)
    if text.isEmpty { throw EventRefusal(.missingField, field: "evidence[]", reason: "is empty") }
    if let fault = TextLimit.name.fault(in: text, readable: true) {
      throw Refuse.text(fault, at: "evidence[]", .name)
    }
    return ByteSlice(text)
  }

  /// Nil where there is none. Whether it is right is not asked here.
  func signature(_ object: ObjectReader) throws(EventRefusal) -> Remedy.Signature? {
    guard let node = object.node(.signature) else { return nil }
    let reader = try reader(
      object.document, at: node, vocabulary.signature, path: "signature.", level: 2)
    var signature = Remedy.Signature()
    signature.key = try reader.required(.key, .name)
    signature.value = try reader.required(.value, .name)
    guard signature.value.count == 86, signature.value.bytes.allSatisfy(Self.isBase64URL) else {
      throw EventRefusal(
        .unknownValue, field: "signature.value",
        reason: "is not 64 bytes in base64url without padding, which are 86 characters")
    }
    return signature
  }

  private static func isBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
