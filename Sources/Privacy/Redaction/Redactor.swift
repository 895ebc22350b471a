// Owns the pass over a text that replaces e-mail addresses, telephone, card and account numbers.

/// Takes personal data out of free text. One per thread: it keeps its working memory from text to text.
///
/// What is found is replaced by a fixed word in brackets, so that a reader sees what stood there and a second
/// pass changes nothing. Names, postal addresses and numbers spelt out in words stay: no pattern finds those
/// without taking ordinary words with them.
public struct Redactor {
  public let rules: RedactionRules
  private var run = DigitRun()
  private var passage: [UInt8] = []

  public init(_ rules: RedactionRules = RedactionRules()) { self.rules = rules }

  /// Appends `text` (UTF-8) to `output` with what the rules name replaced. A text without `@` and with fewer
  /// than seven digits is copied after one look. Any bytes are safe; invalid UTF-8 is
  /// passed through.
  @discardableResult
  public mutating func redact(
    _ text: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> RedactionCounts {
    guard Suspicion.isWarranted(text) else {
      output.append(contentsOf: text.bindMemory(to: UInt8.self))
      return RedactionCounts()
    }
    let start = output.count
    var counts = scan(TextBytes(bytes: text), into: &output)
    // What stood glued to a passage may show itself once that is gone. Ends: each pass removes an `@` or digits.
    var found = counts.total
    while found > 0 {
      passage.removeAll(keepingCapacity: true)
      passage.append(contentsOf: output[start...])
      output.removeSubrange(start...)
      let again = rescan(into: &output)
      counts = counts + again
      found = again.total
    }
    return counts
  }

  private mutating func rescan(into output: inout [UInt8]) -> RedactionCounts {
    let text = passage
    return text.withUnsafeBytes { scan(TextBytes(bytes: $0), into: &output) }
  }

  private mutating func scan(_ text: TextBytes, into output: inout [UInt8]) -> RedactionCounts {
    var counts = RedactionCounts()
    var copied = 0
    var position = 0

    func replace(_ range: Range<Int>, by token: StaticString) {
      append(text, copied..<range.lowerBound, to: &output)
      output.append(contentsOf: UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount))
      copied = range.upperBound
      position = range.upperBound
    }

    while position < text.count {
      let byte = text[position]
      if byte == 0x40 {
        if rules.emails, let range = EmailShape.match(text, at: position, floor: copied) {
          replace(range, by: "[e-mail]")
          counts.emails &+= 1
        } else {
          position &+= 1
        }
      } else if TextBytes.isLetter(byte) {
        let atEdge = position == copied || !text.isWord(before: position)
        if atEdge, rules.ibans, TextBytes.isDigit(text[position &+ 2]),
          let range = IBANShape.match(text, at: position)
        {
          replace(range, by: "[iban]")
          counts.ibans &+= 1
        } else {
          position &+= 1
          while TextBytes.isLetter(text[position]) { position &+= 1 }
        }
      } else if TextBytes.isDigit(byte) || byte == 0x2B || byte == 0x28 {
        let boundary = position == copied
        guard run.read(text, at: position, boundary: boundary), let lastGroup = run.groups.last else {
          position &+= 1
          continue
        }
        let end = lastGroup.end
        var first = 0
        var fresh = !run.glued
        while first < run.groups.count {
          let group = run.groups[first]
          if fresh || group.spaced || group.opened, let found = find(text, from: first, floor: copied) {
            let range = found.range
            if run.groups.count == first &+ found.groups, isName(text, range) { break }
            replace(range, by: found.token)
            counts = counts + found.counts
            first &+= found.groups
            fresh = true
          } else if let date = PhoneShape.dateLength(text, run, from: first), fresh || group.spaced {
            first &+= date
            fresh = true
          } else {
            first &+= 1
            fresh = false
          }
        }
        position = max(position, end)
      } else {
        position &+= 1
      }
    }
    append(text, copied..<text.count, to: &output)
    return counts
  }

  /// Through a typed buffer, which is copied at once where a raw one is copied byte by byte.
  private func append(_ text: TextBytes, _ range: Range<Int>, to output: inout [UInt8]) {
    output.append(
      contentsOf: UnsafeRawBufferPointer(rebasing: text.bytes[range]).bindMemory(to: UInt8.self))
  }

  private struct Finding {
    var range: Range<Int>
    var groups: Int
    var token: StaticString
    var counts: RedactionCounts
  }

  /// The card or telephone number that starts with group `first` of the run.
  private func find(_ text: TextBytes, from first: Int, floor: Int) -> Finding? {
    let group = run.groups[first]
    if rules.cards, !(first == 0 && run.plus), let taken = CardShape.match(text, run, from: first) {
      return Finding(
        range: group.start..<run.groups[first &+ taken &- 1].end, groups: taken, token: "[card]",
        counts: RedactionCounts(cards: 1))
    }
    guard rules.phones else { return nil }
    let cue = PhoneCue.before(text, group.start, runStart: run.start, floor: floor)
    guard let taken = PhoneShape.match(text, run, from: first, cue: cue) else { return nil }
    var start = first == 0 ? run.start : group.start
    if first > 0, group.opened { start = group.start &- 1 }
    // An opening parenthesis whose partner stands behind the number encloses it and stays.
    let end = run.groups[first &+ taken &- 1].end
    if text[start] == 0x28, text[end] == 0x29, !closes(text, start..<end) { start &+= 1 }
    return Finding(
      range: start..<end, groups: taken, token: "[phone]", counts: RedactionCounts(phones: 1))
  }

  private func closes(_ text: TextBytes, _ range: Range<Int>) -> Bool {
    for position in range where text[position] == 0x29 { return true }
    return false
  }

  /// Whether a number is only the start of an e-mail address: `0612345678@example.com`.
  private func isName(_ text: TextBytes, _ range: Range<Int>) -> Bool {
    guard rules.emails else { return false }
    for position in range where text.space(at: position) > 0 { return false }
    return EmailShape.continues(text, from: range.upperBound)
  }
}
