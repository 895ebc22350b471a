// Tests that the AsyncAPI document declares every header that is written.
import Events
import Foundation
import Testing

@Suite struct HeaderContractTests {
  @Test func everyHeaderThatIsEncodedIsDeclaredAndEveryOneThatIsDeclaredIsWritten() throws {
    var random = SeededGenerator(seed: 43)
    for message in Written.allCases {
      var written: Set<String> = []
      for _ in 0..<300 { written.formUnion(message.headers(&random)) }
      let declared = try Self.declared(of: message.rawValue)
      #expect(written.union(Self.added(to: message)) == declared, "\(message)")
    }
  }

  @Test(arguments: ["feedback", "incident", "caseUpdate", "remedy"])
  func whatAReplayAddsIsDeclared(message: String) throws {
    let headers = [
      ("ce_type", DeadLetter.type), ("ce_id", "intake:feedback:3:7"), ("reason", "empty"),
      ("cause-topic", "feedback"), ("cause-partition", "3"), ("cause-offset", "7"), ("cause-timestamp", "0"),
      ("role", "intake"), ("epoch", "17"), ("replayed-from", "0:1"),
    ]
    let letter = try DeadLetter(
      headers: headers.map { DeadLetter.Header(name: $0.0, value: Array($0.1.utf8)) })
    let again = letter.headersOfReplay(from: "3:17")
    #expect(again == [DeadLetter.Header(name: "replayed-from", value: Array("3:17".utf8))])
    #expect(try Self.declared(of: message).isSuperset(of: again.map(\.name)))
  }

  @Test(arguments: AddedHeader.allCases)
  func everyHeaderThatACommandAddsIsDeclaredSomewhere(header: AddedHeader) throws {
    #expect(try Self.messages().keys.contains { try Self.declared(of: $0).contains(header.rawValue) })
  }

  private static func added(to message: Written) -> Set<String> {
    message == .delegation ? [AddedHeader.copiedFrom.rawValue] : []
  }

  private static func messages() throws -> [String: [String: Any]] {
    let bytes = try #require(Schemas.file("asyncapi"))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let components = try #require(document["components"] as? [String: Any])
    return try #require(components["messages"] as? [String: [String: Any]])
  }

  private static func declared(of message: String) throws -> Set<String> {
    let headers = try #require(try messages()[message]?["headers"] as? [String: Any])
    // Those of a dead letter are a schema of its own.
    return Set((headers["properties"] as? [String: Any] ?? [:]).keys)
  }
}

/// What roles write, by the names of AsyncAPI's messages.
private enum Written: String, CaseIterable {
  case signal, assignment, escalation, journal, claim, delegation

  func headers(_ random: inout SeededGenerator) -> [String] {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    func names(_ record: EncodedRecord) -> [String] {
      record.headers.map { String(decoding: $0.name, as: UTF8.self) }
    }
    switch self {
    case .signal:
      let encoder = SignalEncoder()
      return names(encoder.encode(RandomSignal.make(&random, arena)))
    case .assignment:
      let encoder = AssignmentEncoder()
      return names(encoder.encode(RandomOutput.assignment(&random, arena)))
    case .escalation:
      let encoder = EscalationEncoder()
      return names(encoder.encode(RandomOutput.escalation(&random, arena)))
    case .journal:
      let encoder = JournalEncoder()
      return names(encoder.encode(RandomOutput.journal(&random, arena)))
    case .claim:
      let encoder = ClaimEncoder()
      return names(encoder.encode(RandomOutput.claim(&random, arena)))
    case .delegation:
      let encoder = DelegationEncoder()
      return names(encoder.encode(RandomOutput.delegation(&random, arena)))
    }
  }
}
