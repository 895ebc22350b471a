// Owns `send` as far as it goes without Kafka: which files it takes, what it refuses and why.
import Console
import Foundation
import Testing

@Suite struct SendCommandTests {
  @Test func helpTellsTheFormsAFileMayHave() {
    let run = CommandRun("send", "--help")
    let text = run.out.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(run.out.contains("Usage: answerable send FILE… [OPTION…]"))
    for word in [
      "feedback.ndjson", "--kind", "--raw", "--dry-run", "--json", "standard input", "[ANSWERABLE_BROKERS]",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test func theSampleEventsWouldAllBeSent() {
    let run = CommandRun("send", "--dry-run", Shipped.events)
    #expect(run.code == .success)
    #expect(run.out.hasSuffix(" would be sent, 0 refused\n"))
    #expect(
      run.err
        == "\(Shipped.events)/mistakes.ndjson: skipped: its name does not say what it holds (send it by itself, with --kind)\n"
    )
  }

  @Test func eachMistakeIsToldWithItsLineFieldAndReason() throws {
    let file = Shipped.events + "/mistakes.ndjson"
    let run = CommandRun("send", "--dry-run", "--kind", "feedback", file)
    #expect(run.code == .negative)
    #expect(run.out == "0 would be sent, 28 refused\n")
    #expect(run.errorLines.count == 28)
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    for (number, (line, told)) in zip(lines, run.errorLines).enumerated() {
      let expected = line.dropFirst(#"{"expect":""#.count).prefix { $0 != "\"" }.split(separator: " ")
      #expect(told.hasPrefix("\(file):\(number + 1): \(expected.joined(separator: ": ")): "), "\(told)")
    }
    // Nothing of what people wrote stands in a message.
    #expect(!run.err.contains("guest-1"))
  }

  @Test func aScriptGetsEachMistakeAsAnObject() throws {
    let scratch = try Scratch()
    let file = try scratch.file("remedies.ndjson", "{\"id\":\"r-1\"}\nnonsense\n")
    let run = CommandRun("send", "--dry-run", "--json", file)
    #expect(run.err == "")
    #expect(run.lines.count == 3)
    struct Refused: Decodable, Equatable {
      var file: String
      var line: Int
      var reason: String
      var field: String?
    }
    let refused = try run.lines.prefix(2).map { try JSONDecoder().decode(Refused.self, from: Data($0.utf8)) }
    #expect(
      refused == [
        Refused(file: file, line: 1, reason: "missing-field", field: "occurredAt"),
        Refused(file: file, line: 2, reason: "invalid-json", field: nil),
      ])
    #expect(run.lines.last == #"{"checked":2,"refused":2,"sent":0}"#)
  }

  @Test func whatAFileHoldsIsSaidByItsNameOrByTheOption() throws {
    let scratch = try Scratch()
    let odd = try scratch.file("survey.ndjson", "")
    let unnamed = CommandRun("send", "--dry-run", odd)
    #expect(unnamed.code == .usage)
    #expect(
      unnamed.err.contains(
        "its name says none of feedback, incidents, case-updates, remedies\nSay what it holds with --kind"))
    #expect(CommandRun("send", "--dry-run", odd, "--kind", "incident").out == "0 would be sent, 0 refused\n")
    let mistyped = CommandRun("send", "--dry-run", odd, "--kind", "incidents")
    #expect(
      mistyped.err.contains(
        "\"incidents\" is none of feedback, incident, case-update, remedy (did you mean \"incident\"?)"))
    #expect(CommandRun("send", "--dry-run", scratch.path).code == .noInput)
  }

  @Test func aFileThatIsNotThereIsSaid() {
    let run = CommandRun("send", "--dry-run", "/nowhere/feedback.ndjson")
    #expect(run.err == "answerable: /nowhere/feedback.ndjson: there is no such file\n")
    #expect(run.code == .noInput)
    #expect(
      CommandRun("send").err
        == "answerable: FILE is missing: Files or folders of events, one JSON object a line.\nTry: answerable send --help\n"
    )
  }
}
