// Owns how remedies are written into a case and a subject's account, and read from them.
import Events
import StateBytes

extension StateEncoder {
  /// Times are told from when the case opened.
  func encodeRemedies(_ item: Case) {
    out.unsigned(UInt64(item.nextRemedy))
    count(item.remedies.count)
    for remedy in item.remedies {
      out.unsigned(UInt64(remedy.number))
      out.byte(remedy.state.rawValue | (remedy.isCancelling ? 0x80 : 0))
      word(remedy.action)
      out.signed(remedy.amount)
      word(remedy.currency)
      word(remedy.root)
      out.text(remedy.requester)
      out.text(remedy.decider)
      out.time(remedy.at, from: item.openedAt)
      out.time(remedy.expiresAt, from: item.openedAt)
    }
  }

  /// What the same request made again depends on: one for each remedy, in their order. A bit says that it may be made
  /// again at once, the next that another amount was asked for than stands there now.
  func encodeAskedAgain(_ item: Case) {
    for remedy in item.remedies {
      let isOther = remedy.asked != remedy.amount
      out.byte((remedy.mayBeAskedAgain ? 1 : 0) | (isOther ? 2 : 0))
      if isOther { out.signed(remedy.asked) }
    }
  }

  func encode(_ given: [GivenRemedy], from base: Int64) {
    count(given.count)
    for remedy in given {
      out.unsigned(UInt64(remedy.caseNumber))
      out.unsigned(UInt64(remedy.number))
      out.byte(remedy.isOpen ? 1 : 0)
      word(remedy.action)
      out.signed(remedy.amount)
      word(remedy.currency)
      word(remedy.root)
      out.time(remedy.at, from: base)
    }
  }
}

extension StateDecoder {
  mutating func readRemedies(_ item: inout Case, _ parts: CaseParts) {
    item.nextRemedy = 1
    item.remedies.removeAll(keepingCapacity: true)
    guard parts.contains(.remedies) else { return }
    item.nextRemedy = reader.uint32()
    for _ in 0..<reader.elements(ofAtLeast: 10) {
      var remedy = RemedyEntry()
      remedy.number = reader.uint32()
      let state = reader.byte()
      remedy.state = reader.value(UInt64(state & 0x7F), RemedyState.pending)
      remedy.isCancelling = state & 0x80 != 0
      remedy.action = word()
      remedy.amount = reader.signed()
      remedy.asked = remedy.amount
      remedy.currency = word()
      remedy.root = word()
      remedy.requester = text()
      remedy.decider = text()
      remedy.at = reader.time(from: item.openedAt)
      remedy.expiresAt = reader.time(from: item.openedAt)
      item.remedies.append(remedy)
    }
  }

  mutating func readAskedAgain(_ item: inout Case, _ parts: CaseParts) {
    guard parts.contains(.askedAgain) else { return }
    for index in item.remedies.indices {
      let bits = reader.byte()
      item.remedies[index].mayBeAskedAgain = bits & 1 != 0
      if bits & 2 != 0 { item.remedies[index].asked = reader.signed() }
    }
  }

  mutating func readGiven(_ given: inout [GivenRemedy], from base: Int64) {
    for _ in 0..<reader.elements(ofAtLeast: 8) {
      var remedy = GivenRemedy()
      remedy.caseNumber = reader.uint32()
      remedy.number = reader.uint32()
      remedy.isOpen = reader.byte() != 0
      remedy.action = word()
      remedy.amount = reader.signed()
      remedy.currency = word()
      remedy.root = word()
      remedy.at = reader.time(from: base)
      given.append(remedy)
    }
  }
}
