// Tests that bytes which are not JSON are refused with the place of the mistake.
import Events
import Testing

@Suite struct JSONFaultTests {
  @Test(arguments: [
    ("{", "ends too early at byte 1"), ("{}x", "goes on after the value's end at byte 2"),
    ("{\"id\" 1}", "id: a colon is missing at byte 6"),
    ("{\"id\":1 \"a\":2}", "id: a comma or a closing bracket is missing at byte 8"),
    ("{\"id\":1,}", "id: a field name in quotes is missing at byte 8"),
    ("{id:1}", "a field name in quotes is missing at byte 1"),
    ("{\"labels\":[1,]}", "labels[1]: a value is missing or not one of JSON's at byte 13"),
    ("{\"labels\":[1,2}", "labels[1]: a comma or a closing bracket is missing at byte 14"),
    ("{\"rating\":{\"value\":tru}}", "rating.value: a value is missing or not one of JSON's at byte 19"),
    ("{\"rating\":{\"value\":01}}", "rating.value: a number is malformed at byte 19"),
    ("{\"rating\":{\"value\":1.}}", "rating.value: a number is malformed at byte 19"),
    ("{\"text\":\"a\\q\"}", "text: an unknown escape at byte 10"),
    ("{\"text\":\"abc", "text: a string is not closed at byte 12"),
    ("{\"text\":\"\\ud800\"}", "text: half a surrogate pair stands alone at byte 9"),
    ("{\"text\":\"\\udc00\"}", "text: half a surrogate pair stands alone at byte 9"),
    ("{\"text\":\"\\u12x4\"}", "text: a \\u escape needs four hexadecimal digits at byte 9"),
    ("{\"text\":\"a\nb\"}", "text: a raw control character in a string at byte 10"),
    ("{\"jane@example.com\":tru}", "a value is missing or not one of JSON's at byte 20"),
  ])
  func theMistakeIsFound(_ text: String, _ expected: String) {
    #expect(refusal(.feedback, text)?.description == "invalid-json: " + expected)
  }

  @Test func theFirstByteThatIsNotUTF8IsFound() {
    #expect(
      refusal(.feedback, Array("{\"é\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8))?.description.hasSuffix(
        "at byte 7") == true)
  }

  @Test func whateverIsNotJSONHasAPlace() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<5000 {
      var bytes = Array(Samples.remedy.utf8)
      for _ in 0..<3 { bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() % 0x60) &+ 0x20 }
      guard let refusal = refusal(.remedy, bytes), refusal.code == .invalidJSON else { continue }
      #expect(refusal.reason.contains("at byte "), "\(refusal) in \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
