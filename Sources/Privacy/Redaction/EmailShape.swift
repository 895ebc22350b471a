// Owns what an e-mail address looks like in free text (RFC 5322 dot-atoms and quoted names, RFC 6531 letters).

enum EmailShape {
  /// Names and domains longer than this are cut there (RFC 5321, 4.5.3.1: 64 and 255 octets).
  private static let longestName = 64
  private static let longestDomain = 255

  /// The address around the `@` at `at`, or nil. Looks no further back than `floor`.
  static func match(_ text: TextBytes, at: Int, floor: Int) -> Range<Int>? {
    guard let end = domainEnd(text, from: at &+ 1) else { return nil }
    let start = nameStart(text, before: at, floor: floor)
    return start < at ? start..<end : nil
  }

  /// Whether the text from `index` on goes on as the name of an address: `…@domain.tld`.
  static func continues(_ text: TextBytes, from index: Int) -> Bool {
    var position = index
    while position &- index < longestName {
      if text[position] == 0x40 { return domainEnd(text, from: position &+ 1) != nil }
      let length = nameCharacter(text, at: position)
      if length == 0 { return false }
      position &+= length
    }
    return false
  }

  private static func nameStart(_ text: TextBytes, before at: Int, floor: Int) -> Int {
    let limit = max(floor, at &- longestName)
    if text[at &- 1] == 0x22 {  // "any name"@example.com
      var position = at &- 2
      while position >= limit {
        if text[position] == 0x22 { return position }
        if text[position] == 0x0A { break }
        position &-= 1
      }
      return at
    }
    var position = at
    while position > limit {
      if isNameByte(text[position &- 1]) {
        position &-= 1
      } else {
        let length = text.foreignLetter(before: position)
        if length == 0 || position &- length < limit { break }
        position &-= length
      }
    }
    // Punctuation of the sentence around the address is not part of it.
    while position < at, text[position] == 0x2E || text[position] == 0x27 || text[position] == 0x2A {
      position &+= 1
    }
    return position
  }

  /// The end of `label.label.tld`, or nil when what follows is no domain with a dot.
  private static func domainEnd(_ text: TextBytes, from start: Int) -> Int? {
    if text[start] == 0x5B { return addressLiteralEnd(text, from: start &+ 1) }
    var position = start
    var labelStart = start
    var hasLetter = false
    var end: Int?
    let limit = start &+ longestDomain
    while position < limit {
      let byte = text[position]
      if TextBytes.isAlphanumeric(byte) {
        hasLetter = hasLetter || TextBytes.isLetter(byte)
        position &+= 1
      } else if byte == 0x2D, position > labelStart {
        position &+= 1
      } else if byte == 0x2E, position > labelStart {
        position &+= 1
        labelStart = position
        hasLetter = false
        continue
      } else {
        let length = text.foreignLetter(at: position)
        if length == 0 { break }
        hasLetter = true
        position &+= length
      }
      // A top-level label has two bytes or more and a letter: `3@2.50` is a price.
      if labelStart > start, hasLetter, position &- labelStart >= 2, text[position &- 1] != 0x2D {
        end = position
      }
    }
    return end
  }

  /// `[192.0.2.1]` or `[IPv6:…]`.
  private static func addressLiteralEnd(_ text: TextBytes, from start: Int) -> Int? {
    for position in start..<start &+ 50 {
      let byte = text[position]
      if byte == 0x5D { return position &- start >= 7 ? position &+ 1 : nil }
      guard TextBytes.isAlphanumeric(byte) || byte == 0x2E || byte == 0x3A else { return nil }
    }
    return nil
  }

  private static func nameCharacter(_ text: TextBytes, at index: Int) -> Int {
    isNameByte(text[index]) ? 1 : text.foreignLetter(at: index)
  }

  /// Letters, digits and the signs of a dot-atom, except those that more often stand before an address
  /// than inside one: `/ = ? & | { }` and the back quote.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    if TextBytes.isAlphanumeric(byte) { return true }
    switch byte {
    case 0x21, 0x23, 0x24, 0x25, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x7E: return true
    default: return false
    }
  }
}
