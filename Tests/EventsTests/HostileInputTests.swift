// Tests that whatever bytes arrive are decoded or refused with a reason, and the next good event is decoded.
import Events
import Testing

@Suite struct HostileInputTests {
  private static func feedback(text: String) -> String {
    """
    {"id":"a","occurredAt":"2026-03-03T09:12:00Z","source":"s","subject":{"kind":"customer","id":"c"},"text":"\(text)"}
    """
  }

  private static func decodedText(_ escaped: String) throws -> [UInt8] {
    try decode(.feedback, feedback(text: escaped)) { event in
      guard case .feedback(let feedback) = event.body else { throw Unexpected() }
      return Array(feedback.text.bytes)
    }
  }

  @Test(arguments: [
    ("\\ud83d\\ude42", "🙂"), ("🙂", "🙂"), ("e\u{301}", "e\u{301}"), ("\\u00e9", "é"), ("a\\u0000b", "a\u{0}b"),
    ("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\u{8}\u{c}\n\r\t"), ("\u{2028}", "\u{2028}"),
    ("\u{10FFFF}", "\u{10FFFF}"),
    ("\u{202E}abc", "\u{202E}abc"),
  ])
  func unicodeIsDecodedAsItWasMeant(_ escaped: String, _ meant: String) throws {
    #expect(try Self.decodedText(escaped) == Array(meant.utf8))
  }

  @Test(arguments: [
    "\\ud800", "\\udc00", "\\ud800x", "\\ud800\\u0041", "\\ude42\\ud83d", "\\u12g4", "\\x41", "\\", "a\nb",
    "\u{0}",
  ])
  func aStringThatIsNotOneIsRefused(_ escaped: String) {
    let refusal = refusal(.feedback, Self.feedback(text: escaped))
    #expect(refusal?.code == .invalidJSON)
  }

  @Test(
    arguments: [
      [0xC3, 0x28], [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefused(_ bytes: [UInt8]) {
    let parts = Self.feedback(text: "@").utf8.split(separator: UInt8(ascii: "@"))
    let value = Array(parts[0]) + bytes + Array(parts[1])
    #expect(refusal(.feedback, value)?.code == .invalidUTF8)
  }

  @Test(arguments: [
    ("", EventRefusal.Code.empty), (" \n\t ", .empty), ("null", .wrongType), ("[]", .wrongType),
    ("\"x\"", .wrongType),
    ("7", .wrongType), ("true", .wrongType), ("{", .invalidJSON), ("{}{}", .invalidJSON),
    ("{},", .invalidJSON),
    ("{\"a\":1,}", .invalidJSON), ("{'a':1}", .invalidJSON), ("{\"a\":01}", .invalidJSON),
    ("{\"a\":NaN}", .invalidJSON), ("{\"a\":1e999}", .outOfRange), ("{\"a\":-}", .invalidJSON),
    ("{\"a\":99999999999999999999999}", .outOfRange), ("// x\n{}", .invalidJSON), ("nul", .invalidJSON),
  ])
  func whatIsNoObjectIsRefused(_ text: String, _ code: EventRefusal.Code) {
    let refusal = refusal(.feedback, text)
    #expect(refusal?.code == code)
    #expect(refusal?.reason.isEmpty == false)
  }

  @Test func aTombstoneIsRefusedAsEmpty() {
    #expect(throws: EventRefusal(.empty, field: "", reason: "the value is empty")) {
      try EventDecoder().decode(.feedback, value: nil)
    }
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    try decode(.feedback, [0xEF, 0xBB, 0xBF] + Array(Samples.feedback.utf8)) { #expect($0.id == "fb-1042") }
    #expect(refusal(.feedback, [0xEF, 0xBB, 0xBF])?.code == .empty)
    #expect(refusal(.feedback, [0xFF, 0xFE] + Array(Samples.feedback.utf8)) != nil)
  }

  @Test func everyTruncationIsRefusedAndTheNextEventDecoded() throws {
    let decoder = EventDecoder()
    for kind in EventKind.allCases {
      let good = Array(Samples.of(kind).utf8)
      good.withUnsafeBytes { bytes in
        for length in 0..<bytes.count {
          #expect(throws: EventRefusal.self) {
            try decoder.decode(kind, value: UnsafeRawBufferPointer(rebasing: bytes[..<length]))
          }
          #expect(throws: Never.self) { try decoder.decode(kind, value: bytes) }
        }
      }
    }
  }

  @Test func nestingIsAllowedToItsLimitAndRefusedBeyond() {
    func nested(_ depth: Int) -> String {
      Samples.feedback.replacing(
        "\"text\"",
        with: "\"x\":\(String(repeating: "[", count: depth))\(String(repeating: "]", count: depth)),\"text\"")
    }
    #expect(refusal(.feedback, nested(60)) == nil)
    #expect(
      refusal(.feedback, nested(64))
        == EventRefusal(.tooDeep, field: "", reason: "is nested deeper than 64 levels"))
    #expect(refusal(.feedback, nested(1_000_000))?.code == .tooDeep)
    #expect(refusal(.feedback, String(repeating: "[", count: 1_000_000)) != nil)
  }

  @Test func aMistakeBelowManyLevelsIsNamedByTheFieldThatHoldsThemAll() {
    let deep = String(repeating: "{\"text\":", count: 50)
    let found = refusal(.feedback, "{\"rating\":\(deep)1e999")
    #expect(found?.code == .outOfRange)
    #expect(found?.field == "rating.text.text")
  }

  @Test func bracketsAloneAreTooDeepWhateverElseIsWrong() {
    for brackets in [String(repeating: "[", count: 1_000_000), String(repeating: "{\"id\":", count: 200_000)]
    {
      #expect(refusal(.feedback, brackets + "\"not closed")?.code == .tooDeep)
    }
  }

  @Test func aTextOfAMebibyteIsDecodedAndOneCharacterMoreRefused() throws {
    for character in ["x", "é", "\\u00e9"] {
      let full = String(repeating: character, count: 1 << 20)
      let plain = character == "x" ? "x" : "é"
      #expect(try Self.decodedText(full).count == plain.utf8.count << 20)
      #expect(
        refusal(.feedback, Self.feedback(text: full + character))
          == EventRefusal(.tooLong, field: "text", reason: "is longer than 1048576 characters"))
    }
  }

  @Test func whatIsLargerThanTheLimitIsRefusedBeforeItIsRead() {
    let value = Array(Self.feedback(text: String(repeating: "x", count: 8 << 20)).utf8)
    #expect(
      refusal(.feedback, value) == EventRefusal(.tooLarge, field: "", reason: "is larger than 8388608 bytes"))
  }

  @Test func aLargeEventBetweenSmallOnesChangesNothing() throws {
    let decoder = EventDecoder()
    let small = Array(Samples.feedback.utf8)
    let large = Array(Self.feedback(text: String(repeating: "é", count: 1 << 20)).utf8)
    for round in 0..<3 {
      let largeID = try large.withUnsafeBytes { try decoder.decode(.feedback, value: $0).id.string }
      #expect(largeID == "a", "round \(round)")
      for _ in 0..<300 {
        let smallID = try small.withUnsafeBytes { try decoder.decode(.feedback, value: $0).id.string }
        #expect(smallID == "fb-1042", "round \(round)")
      }
    }
  }

  @Test func randomBytesNeverCrashTheDecoder() {
    var random = SeededGenerator(seed: 99)
    let decoder = EventDecoder()
    var refused = 0
    for index in 0..<100_000 {
      var bytes: [UInt8]
      let kind = EventKind.allCases[index & 3]
      if index % 4 == 0 {
        bytes = (0..<Int(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      } else {
        bytes = Array(Samples.of(kind).utf8)
        for _ in 0...(random.next() % 4) {
          let at = Int(random.next() % UInt64(bytes.count))
          switch random.next() % 3 {
          case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
          case 1: bytes.remove(at: at)
          default: bytes.insert(Array("{}[]\",:\\0".utf8)[Int(random.next() % 9)], at: at)
          }
        }
      }
      do {
        _ = try bytes.withUnsafeBytes { try decoder.decode(kind, value: $0) }
      } catch { refused += 1 }
    }
    #expect(refused > 50_000 && refused < 100_000)
  }
}
