// Owns what an IBAN looks like: country, length, checksum (ISO 13616; the registry of SWIFT).

enum IBANShape {
  /// The account number that starts at `start` (the first letter of the country), or nil. Reads over the
  /// single spaces and dashes people group it with.
  static func match(_ text: TextBytes, at start: Int) -> Range<Int>? {
    guard TextBytes.isLetter(text[start]), TextBytes.isLetter(text[start &+ 1]),
      TextBytes.isDigit(text[start &+ 2]), TextBytes.isDigit(text[start &+ 3])
    else { return nil }
    let length = registeredLength(text[start] & 0xDF, text[start &+ 1] & 0xDF)
    guard length > 0 else { return nil }

    // mod 97 of the account, then of the country and check digits, which move to the end.
    var remainder = 0
    var head = 0
    var taken = 0
    var position = start
    while taken < length {
      let byte = text[position]
      if TextBytes.isAlphanumeric(byte) {
        if taken < 4 {
          head = append(byte, to: head)
        } else {
          remainder = append(byte, to: remainder) % 97
        }
        taken &+= 1
        position &+= 1
      } else {
        let gap = taken >= 2 ? max(text.space(at: position), text.dash(at: position)) : 0
        guard gap > 0, TextBytes.isAlphanumeric(text[position &+ gap]) else { return nil }
        position &+= gap
      }
    }
    guard !text.isWord(at: position) else { return nil }
    return (remainder &* 1_000_000 &+ head) % 97 == 1 ? start..<position : nil
  }

  /// Digits count as themselves, letters as 10…35 whatever their case.
  private static func append(_ byte: UInt8, to value: Int) -> Int {
    TextBytes.isDigit(byte) ? value &* 10 &+ Int(byte &- 0x30) : value &* 100 &+ Int((byte & 0xDF) &- 55)
  }

  private static func registeredLength(_ first: UInt8, _ second: UInt8) -> Int {
    let index = Int(first &- 0x41) &* 26 &+ Int(second &- 0x41)
    return index < lengths.count ? Int(lengths[index]) : 0
  }

  /// Length by country, indexed by its two letters; 0 where a country has no IBAN.
  private static let lengths: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 26 * 26)
    for entry in registry.split(separator: " ") {
      let code = Array(entry.utf8)
      guard code.count == 4 else { continue }
      table[Int(code[0] - 0x41) * 26 + Int(code[1] - 0x41)] = (code[2] - 0x30) * 10 + code[3] - 0x30
    }
    return table
  }()

  /// The IBAN registry, release 99: country and length.
  private static let registry = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 \
    EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 \
    KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 \
    PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 \
    UA29 VA22 VG24 XK20 YE30
    """
}
