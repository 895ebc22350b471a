// Owns the guarantees of the sample events: each one decodes under its contract, and each mistake is refused
// with the reason that it names itself.
import Events
import Foundation
import Privacy
import Secrets
import Testing

@testable import answerable

struct SampleEventsTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/events")

  private static func lines(_ file: String) throws -> [[UInt8]] {
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map(Array.init)
  }

  private static let files: [(String, EventKind)] = [
    ("feedback.ndjson", .feedback), ("incidents.ndjson", .incident), ("case-updates.ndjson", .caseUpdate),
    ("remedies.ndjson", .remedy),
  ]

  private static func decode<R>(
    _ line: [UInt8], _ kind: EventKind, _ decoder: EventDecoder, _ body: (Event) -> R
  ) throws(EventRefusal) -> R {
    var refusal: EventRefusal?
    let result = line.withUnsafeBytes { bytes -> R? in
      do throws(EventRefusal) {
        return body(try decoder.decode(kind, value: bytes))
      } catch {
        refusal = error
        return nil
      }
    }
    guard let result else { throw refusal ?? EventRefusal(.empty, field: "", reason: "nothing came back") }
    return result
  }

  @Test(arguments: files)
  func everySampleDecodes(file: String, kind: EventKind) throws {
    let decoder = EventDecoder()
    let lines = try Self.lines(file)
    #expect(lines.count >= 12)
    var ids: Set<String> = []
    for (number, line) in lines.enumerated() {
      do throws(EventRefusal) {
        ids.insert(try Self.decode(line, kind, decoder) { $0.id.string })
      } catch {
        Issue.record("\(file):\(number + 1): \(error)")
      }
    }
    #expect(ids.count == lines.count, "an id stands twice")
  }

  @Test func everyMistakeIsRefusedWithTheReasonItNames() throws {
    let decoder = EventDecoder()
    for (number, line) in try Self.lines("mistakes.ndjson").enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      let expected = String(text.dropFirst("{\"expect\":\"".count).prefix { $0 != "\"" })
      do throws(EventRefusal) {
        let id = try Self.decode(line, .feedback, decoder) { $0.id.string }
        Issue.record("mistakes.ndjson:\(number + 1): \(id) was taken, expected \(expected)")
      } catch {
        let found = error.field.isEmpty ? error.code.rawValue : "\(error.code.rawValue) \(error.field)"
        #expect(found == expected, "mistakes.ndjson:\(number + 1): \(error.reason)")
      }
    }
  }

  @Test func theMistakesShowEveryReasonOneLineCanHave() throws {
    let shown = Set(
      try Self.lines("mistakes.ndjson").map { line in
        String(String(decoding: line, as: UTF8.self).dropFirst(11).prefix { $0 != "\"" && $0 != " " })
      })
    // An empty value is no line, one of 8 MiB no sample, an editor would repair invalid UTF-8, and only remedies are
    // signed.
    let impossible: Set<EventRefusal.Code> = [.empty, .tooLarge, .invalidUTF8, .badSignature]
    #expect(shown == Set(EventRefusal.Code.allCases.filter { !impossible.contains($0) }.map(\.rawValue)))
  }

  @Test(arguments: ["case-updates.ndjson", "remedies.ndjson"])
  func theCasesOfTheSamplesAreAboutTheirSubjects(file: String) throws {
    let keys = try SubjectKeyMaker(secret: DemoDeployment.secret)
    var known: Set<String> = []
    let decoder = EventDecoder()
    func learn(_ subject: Subject) {
      var key: [UInt8] = []
      do { try keys.key(kind: subject.kind.bytes, id: subject.id.bytes, into: &key) } catch { return }
      known.insert(String(decoding: key, as: UTF8.self))
    }
    for line in try Self.lines("feedback.ndjson") {
      try Self.decode(line, .feedback, decoder) { event in
        if case .feedback(let feedback) = event.body { learn(feedback.subject) }
      }
    }
    for line in try Self.lines("incidents.ndjson") {
      try Self.decode(line, .incident, decoder) { event in
        guard case .incident(let incident) = event.body else { return }
        var site = Subject()
        site.kind = ByteSlice("site")
        site.id = incident.site
        learn(incident.subject ?? site)
      }
    }
    let kind: EventKind = file == "remedies.ndjson" ? .remedy : .caseUpdate
    for (number, line) in try Self.lines(file).enumerated() {
      let caseID = try Self.decode(line, kind, decoder) { event in
        switch event.body {
        case .caseUpdate(let update): update.caseID.string
        case .remedy(let remedy): remedy.caseID.string
        case .feedback, .incident: ""
        }
      }
      if !caseID.isEmpty {
        #expect(known.contains(String(caseID.dropLast(2))), "\(file):\(number + 1)")
      }
    }
  }
}
