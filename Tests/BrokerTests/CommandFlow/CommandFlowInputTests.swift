// Owns what becomes of input that a stock client produced: well-formed in every form, and broken in every way. Each is
// decided where it stands, and what comes right after it is not touched.
import FaultKit
import Foundation
import Testing

@Suite(.serialized, .realBroker) struct CommandFlowInputTests {
  /// A good event about a guest.
  private static func good(_ id: String, text: String = "Fine.", more: String = "") -> [UInt8] {
    Array(
      #"{"id":"\#(id)","occurredAt":"2026-03-02T09:00:00Z","source":"survey-tool","touchpoint":"invoice","#
        .appending(#""site":"lyon-1","subject":{"kind":"customer","id":"guest-1"},"rating":{"kind":"nps","#)
        .appending(#""value":3},"text":"\#(text)"\#(more)}"#).utf8)
  }

  /// Arrays in each other, that many.
  private static func nested(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
  }

  /// Something broken, and why it is refused: `code` or `code field`.
  private struct Broken {
    var name: String
    var record: StockRecord
    var reason: String

    init(
      _ name: String, _ value: [UInt8]?, _ reason: String, key: [UInt8]? = Array("k".utf8),
      headers: [(String, [UInt8]?)] = []
    ) {
      self.name = name
      self.reason = reason
      record = StockRecord("feedback", partition: 0, key: key, value: value, headers: headers)
    }
  }

  private static func broken() throws -> [Broken] {
    let whole = good("fb-whole", text: "Merci beaucoup 👍")
    var all = [
      Broken("a tombstone", nil, "empty"), Broken("no bytes", [], "empty"),
      Broken("spaces", [0x20, 0x0A], "empty"),
      Broken("no key", Array("{}".utf8), "missing-field id", key: nil),
      Broken("a key that is no text", Array("{}".utf8), "missing-field id", key: [0xFF, 0x00, 0xFE]),
      Broken("an array", Array("[]".utf8), "wrong-type"), Broken("a text", Array(#""x""#.utf8), "wrong-type"),
      Broken("a number", Array("7".utf8), "wrong-type"), Broken("null", Array("null".utf8), "wrong-type"),
      Broken("no JSON", Array("hello".utf8), "invalid-json"),
      Broken("two values", whole + whole, "invalid-json"),
      Broken(
        "bytes that are no UTF-8", Self.good("fb-x").map { $0 == UInt8(ascii: "F") ? 0xFF : $0 },
        "invalid-utf-8"),
      Broken("a NUL", Array("{\u{0}}".utf8), "invalid-json"),
      Broken("UTF-16", Array("{}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "invalid-json"),
      Broken(
        "100,000 arrays in each other", Self.nested(100_000), "too-deep"),
      Broken(
        "a deep field nobody knows",
        Self.good(
          "fb-x", more: ",\"x\":" + String(decoding: Self.nested(70), as: UTF8.self)),
        "too-deep"),
      Broken("a field twice", Self.good("fb-x", more: #","site":"lyon-2""#), "duplicate-field site"),
      Broken(
        "a huge number", Self.good("fb-x").replacing("\"value\":3", "\"value\":1e400"),
        "out-of-range rating.value"),
      Broken(
        "a long integer", Self.good("fb-x").replacing("\"value\":3", "\"value\":99999999999999999999999"),
        "out-of-range rating.value"),
      Broken(
        "a text of two megabytes, almost",
        Self.good("fb-x", text: String(repeating: "a", count: (1 << 20) + 1)), "too-long text"),
      Broken("a megabyte of nothing", [UInt8](repeating: 0x20, count: 1 << 20), "empty"),
      Broken(
        "a CloudEvent of another version", whole, "invalid-cloudevent ce_specversion",
        headers: [("ce_specversion", Array("0.3".utf8))]),
      Broken(
        "a batch of CloudEvents", Array("[]".utf8), "invalid-cloudevent content-type",
        headers: [("content-type", Array("application/cloudevents-batch+json".utf8))]),
      Broken(
        "headers named like a dead letter's own", Array("{}".utf8), "missing-field id",
        headers: [("reason", Array("mine".utf8)), ("x", nil), ("x", [0xFF]), ("epoch", [])]),
    ]
    for length in stride(from: 1, to: whole.count, by: 23) {
      all.append(Broken("cut at \(length)", Array(whole[..<length]), "invalid-json"))
    }
    let mistakes = try String(contentsOfFile: FlowDeployment.events + "/mistakes.ndjson", encoding: .utf8)
    for (number, line) in mistakes.split(separator: "\n").enumerated() {
      let expected = String(line.dropFirst(#"{"expect":""#.count).prefix { $0 != "\"" })
      all.append(Broken("mistakes.ndjson:\(number + 1)", Array(line.utf8), expected))
    }
    return all
  }

  @Test func whatIsBrokenIsADeadLetterWithItsReasonAndTheNextEventIsASignal() throws {
    let deployment = try FlowDeployment()
    try deployment.start(partitions: 1)
    let broken = try Self.broken()
    let records = broken.enumerated().flatMap { index, broken in
      [
        broken.record,
        StockRecord("feedback", partition: 0, key: Array("good".utf8), value: Self.good("good-\(index)")),
      ]
    }
    let places = try deployment.produce(records)
    #expect(places.map(\.offset) == (0..<Int64(records.count)).map { $0 })

    let decisions = try deployment.decisions(records.count)
    #expect(decisions.count == records.count)
    let byOffset = Dictionary(grouping: decisions) { $0.cause?.offset ?? -1 }
    for (index, expected) in broken.enumerated() {
      let letter = try #require(byOffset[Int64(2 * index)]?.first, "\(expected.name)")
      #expect(letter.topic == deployment.prefix + "dead-letters", "\(expected.name)")
      let field = letter.header("reason-field") ?? ""
      let reason = (letter.header("reason") ?? "") + (field.isEmpty ? "" : " \(field)")
      // Where JSON breaks off, the field at hand is a hint.
      #expect(
        reason == expected.reason || expected.name.hasPrefix("cut") && reason.hasPrefix(expected.reason),
        "\(expected.name): \(letter.header("reason-text") ?? "")")
      #expect(
        letter.valueBytes == expected.record.valueBytes, "\(expected.name): the bytes are the original ones")
      #expect(letter.keyBytes == expected.record.keyBytes, "\(expected.name): so is the key")
      let signal = try #require(byOffset[Int64(2 * index + 1)]?.first)
      #expect(signal.json?["causeId"] as? String == "good-\(index)", "after \(expected.name)")
    }
    #expect(
      try deployment.validate(decisions)
        == [#"{"signal": \#(broken.count), "dead-letter": \#(broken.count)}"#])

    // The operator's view of the same.
    let list = try deployment.answerable("dead-letters", "list", "--json")
    #expect(list.status == 0 && list.err == "", "\(list.err)")
    #expect(list.lines.count == broken.count)
    let table = try deployment.answerable("dead-letters", "list")
    #expect(table.lines.last == "\(broken.count) dead letters", "\(table.out)")
    let cut = broken.filter { $0.reason.hasPrefix("duplicate-field") }.count
    #expect(
      try deployment.answerable("dead-letters", "list", "--reason", "duplicate-field").lines.last
        == "\(cut) dead letters")
    #expect(
      try deployment.answerable("dead-letters", "list", "--topic", "remedies").out == "0 dead letters\n")
    #expect(
      try deployment.answerable("dead-letters", "list", "-n", "1").lines.last
        == "\(broken.count) dead letters, the newest 1 shown")
    #expect(deployment.drain() == 0)
  }

  @Test func aDeadLetterIsShownWholeAndReplayedAsItCame() throws {
    let deployment = try FlowDeployment()
    try deployment.start(partitions: 1)
    let value = #"{"id":"fb-2","site":"lyon-1","site":"lyon-2","rating":{"value":0.10,"kind":"nps"}}"#
    _ = try deployment.produce([
      StockRecord(
        "feedback", partition: 0, key: nil, value: Array(value.utf8),
        headers: [("reason", Array("mine".utf8)), ("traceparent", nil)])
    ])
    _ = try deployment.decisions(1)
    let show = try deployment.answerable("dead-letters", "show", "0:0")
    #expect(show.status == 0, "\(show.story)")
    for part in [
      "refused  duplicate-field: site\n", "came in  \(deployment.prefix)feedback-0@0\n",
      "by       intake, policy epoch 0\n",
      "key      (none)\n", "header   reason: mine\n", "header   traceparent: (no value)\n",
      "  \"site\": \"lyon-1\",\n  \"site\": \"lyon-2\",\n", "    \"value\": 0.10,\n",
    ] { #expect(show.out.contains(part), "\(part)\n\(show.out)") }
    #expect(try deployment.answerable("dead-letters", "show", "0:99").status == 1)
    #expect(try deployment.answerable("dead-letters", "show", "zero").status == 64)

    let trial = try deployment.answerable("dead-letters", "replay", "--all", "--dry-run")
    #expect(trial.status == 0 && trial.out == "1 would be sent again\n", "\(trial.story)")
    let replay = try deployment.answerable("dead-letters", "replay", "0:0", "0:99")
    #expect(replay.status == 1 && replay.out == "1 sent again\n", "\(replay.story)")
    #expect(replay.err == "0:99: there is no such dead letter\n")
    let letters = try deployment.decisions(2)
    let again = try #require(letters.first { $0.cause?.offset != 0 })
    #expect(again.valueBytes == Array(value.utf8))
    #expect(again.keyBytes == nil)
    #expect(again.header("replayed-from") == "0:0")
    #expect(again.header("original-reason") == "mine")
    #expect(again.headers.contains(["traceparent", nil]))
    #expect(try deployment.validate(letters) == [#"{"signal": 0, "dead-letter": 2}"#])
    #expect(try deployment.answerable("dead-letters", "replay").status == 64)
  }

  @Test func eventsOfAStockClientAreTakenInEveryForm() throws {
    let deployment = try FlowDeployment()
    try deployment.start(partitions: 1)
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    let data = String(decoding: Self.good("bare-1"), as: UTF8.self)
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let leftOut =
      #"{"subject":{"kind":"customer","id":"guest-1"},"site":"lyon-1","rating":{"kind":"nps","value":3}}"#
    let binary: [(String, [UInt8]?)] = [
      ("ce_specversion", bytes("1.0")), ("ce_id", bytes("binary-1")), ("ce_source", bytes("/survey")),
      ("ce_type", bytes("com.example.feedback")), ("ce_time", bytes("2026-03-02T09:00:00Z")),
      ("content-type", bytes("application/json; charset=utf-8")), ("traceparent", bytes(trace)),
    ]
    func envelope(_ id: String, _ data: String) -> [UInt8] {
      bytes(
        #"{"specversion":"1.0","id":"\#(id)","source":"/survey","type":"com.example.feedback","#
          + #""time":"2026-03-02T09:00:00Z","datacontenttype":"application/json",\#(data)}"#)
    }
    let structured = ("content-type", bytes("application/cloudevents+json; charset=utf-8") as [UInt8]?)
    let encoded = Data(bytes(leftOut)).base64EncodedString()
    let hello = "Привет, 世界 👩‍👩‍👧 \\u00e9 \\ud83d\\udc4d e\u{301} \u{202E}שלום"
    let records = [
      StockRecord("feedback", key: bytes("guest-1"), value: bytes(data)),
      StockRecord("feedback", key: nil, value: bytes(leftOut), headers: binary),
      StockRecord(
        "feedback", key: bytes("k"), value: envelope("structured-1", #""data":\#(leftOut)"#),
        headers: [structured]),
      StockRecord(
        "feedback", key: bytes("k"), value: envelope("structured-2", #""data_base64":"\#(encoded)""#),
        headers: [structured]),
      StockRecord(
        "feedback", key: bytes("k"),
        value: envelope("structured-3", #""traceparent":"\#(trace)","data":\#(leftOut)"#)),
      StockRecord("feedback", key: bytes("k"), value: Self.good("unicode-1", text: hello)),
      StockRecord(
        "feedback", key: bytes("k"), value: Self.good("long-1", text: String(repeating: "é", count: 500_000))),
    ]
    _ = try deployment.produce(records)
    let signals = try deployment.decisions(records.count)
    #expect(
      signals.allSatisfy { $0.topic.hasSuffix("signals") },
      "\(signals.compactMap { $0.header("reason-text") })")
    #expect(try deployment.validate(signals) == [#"{"signal": \#(records.count), "dead-letter": 0}"#])
    let byID = Dictionary(uniqueKeysWithValues: signals.map { ($0.json?["causeId"] as? String ?? "", $0) })
    #expect(
      Set(byID.keys) == [
        "bare-1", "binary-1", "structured-1", "structured-2", "structured-3", "unicode-1", "long-1",
      ])
    // Whom it is about decides the key, not the form it came in.
    #expect(Set(signals.map(\.key)).count == 1)
    #expect(byID["binary-1"]?.header("traceparent") == trace)
    #expect(byID["structured-3"]?.header("traceparent") == trace)
    let text = (byID["unicode-1"]?.json?["event"] as? [String: Any])?["text"] as? String
    #expect(text == "Привет, 世界 👩‍👩‍👧 é 👍 e\u{301} \u{202E}שלום")
    let long = (byID["long-1"]?.json?["event"] as? [String: Any])?["text"] as? String
    // Taken whole; a signal carries the beginning and says so.
    #expect(long == String(repeating: "é", count: 8_192))
    #expect(byID["long-1"]?.json?["textTruncated"] as? Bool == true)
  }

  @Test func aFileWithMistakesIsSentWithoutThemAndEachIsTold() throws {
    let deployment = try FlowDeployment()
    try deployment.start(partitions: 1)
    let lines = [
      String(decoding: Self.good("fb-1"), as: UTF8.self), "", #"{"id":"fb-2"}"#,
      String(decoding: Self.good("fb-3"), as: UTF8.self) + "\r", "nonsense",
    ]
    let file = deployment.folder.appendingPathComponent("feedback.ndjson")
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    let sent = try deployment.answerable("send", "feedback.ndjson")
    #expect(sent.status == 1 && sent.out == "2 sent, 2 refused\n", "\(sent.story)")
    #expect(
      sent.err.hasPrefix(
        "feedback.ndjson:3: missing-field: occurredAt: is missing\nfeedback.ndjson:5: invalid-json: "),
      "\(sent.err)")
    let input = try deployment.answerable("send", "-", "--kind", "feedback", "--json", input: lines[0])
    #expect(input.status == 0 && input.out == "{\"checked\":1,\"refused\":0,\"sent\":1}\n", "\(input.story)")
    let raw = try deployment.answerable("send", "--raw", "feedback.ndjson", "--json")
    #expect(raw.status == 0 && raw.lines.count == 3, "\(raw.story)")
    #expect(raw.lines.last == #"{"checked":4,"refused":2,"sent":4}"#)
    let decisions = try deployment.decisions(7)
    #expect(decisions.filter { $0.topic.hasSuffix("dead-letters") }.count == 2)
  }
}

extension [UInt8] {
  /// The first `text` replaced.
  fileprivate func replacing(_ text: String, _ other: String) -> [UInt8] {
    Array(String(decoding: self, as: UTF8.self).replacingOccurrences(of: text, with: other).utf8)
  }
}
