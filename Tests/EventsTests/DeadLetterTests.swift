// Tests that a dead letter's headers say why, where from, and what it was sent with.
import Events
import Foundation
import Testing

@Suite struct DeadLetterTests {
  private let headers = [
    ("ce_specversion", "1.0"), ("ce_type", "answerable.dead-letter"), ("ce_id", "intake:feedback:3:7"),
    ("ce_source", "/answerable/intake"), ("reason", "missing-field"), ("reason-field", "rating.value"),
    ("reason-text", "is missing"), ("cause-topic", "feedback"), ("cause-partition", "3"),
    ("cause-offset", "7"),
    ("cause-timestamp", "1772529120000"), ("role", "intake"), ("epoch", "17"), ("x-tenant", "a"),
    ("original-ce_id", "fb-1"), ("original-flavour", "kept"),
  ].map { DeadLetter.Header(name: $0.0, value: Array($0.1.utf8)) }

  @Test func everyHeaderIsRead() throws {
    let letter = try DeadLetter(headers: headers)
    #expect(letter.id == "intake:feedback:3:7")
    #expect(letter.reason == "missing-field")
    #expect(letter.field == "rating.value")
    #expect(letter.text == "is missing")
    #expect(letter.topic == "feedback")
    #expect(letter.partition == 3)
    #expect(letter.offset == 7)
    #expect(letter.timestamp == 1_772_529_120_000)
    #expect(letter.role == "intake")
    #expect(letter.epoch == 17)
    #expect(letter.truncatedFrom == nil)
  }

  @Test func theOriginalHeadersComeBackUnderTheirOwnNames() throws {
    let letter = try DeadLetter(headers: headers + [DeadLetter.Header(name: "no-value", value: nil)])
    #expect(letter.original.map(\.name) == ["x-tenant", "ce_id", "original-flavour", "no-value"])
    #expect(letter.original[1].value == Array("fb-1".utf8))
    #expect(letter.original[3].value == nil)
  }

  @Test func headersThatHadThePrefixWhenTheyWereSentLoseOneOnly() throws {
    let names = ["original-original-reason", "original-original-original-ce_id", "original-x"]
    let letter = try DeadLetter(headers: headers + names.map { DeadLetter.Header(name: $0, value: []) })
    #expect(
      letter.original.map(\.name).suffix(3) == ["original-reason", "original-original-ce_id", "original-x"])
  }

  @Test(
    arguments: DeadLetter.headerNames.filter {
      !["ce_specversion", "ce_source", "reason-field", "reason-text", "truncated-from"].contains($0)
    })
  func aMissingHeaderIsNamed(_ name: String) {
    #expect(throws: EventRefusal(.missingField, field: name, reason: "is missing")) {
      try DeadLetter(headers: headers.filter { $0.name != name })
    }
  }

  @Test func aNumberThatIsNoneIsNamed() {
    let bad = headers.map { $0.name == "cause-offset" ? DeadLetter.Header(name: $0.name, value: [0x78]) : $0 }
    #expect(throws: EventRefusal(.wrongType, field: "cause-offset", reason: "must be a whole number")) {
      try DeadLetter(headers: bad)
    }
  }

  @Test func theSchemaListsTheSameHeadersAndCodes() throws {
    let bytes = try #require(Schemas.file("dead-letter"))
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(properties.keys) == Set(DeadLetter.headerNames))
    let forms = try #require(properties["reason"]?["anyOf"] as? [[String: Any]])
    let listed = try #require(forms[0]["oneOf"] as? [[String: String]]).compactMap { $0["const"] }
    #expect(Set(listed) == Set(EventRefusal.Code.allCases.map(\.rawValue)))
    let document = String(decoding: try #require(Schemas.file("asyncapi")), as: UTF8.self)
    for code in EventRefusal.Code.allCases { #expect(document.contains("`\(code.rawValue)`")) }
  }
}
