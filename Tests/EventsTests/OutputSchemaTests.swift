// Tests that the schemas of what casework publishes and what its encoders and decoders do are one contract.
import Events
import Foundation
import Testing

@Suite(.enabled(if: IndependentValidator.isPresent, Comment(rawValue: IndependentValidator.absent)))
struct OutputSchemaTests {
  private static let contracts = Wire.allCases

  @Test func everyOutputThatIsEncodedIsValid() throws {
    var random = SeededGenerator(seed: 41)
    var lines: [String] = []
    for index in 0..<2500 {
      let contract = Self.contracts[index % Self.contracts.count]
      lines.append(line(contract, String(decoding: contract.random(&random), as: UTF8.self)))
    }
    let verdicts = try IndependentValidator.verdicts(lines)
    let invalid = lines.indices.filter { !verdicts[$0] }
    #expect(invalid.isEmpty, "\(invalid.count) are invalid: \(invalid.prefix(2).map { lines[$0] })")
    #expect(verdicts.count == 2500)
  }

  @Test func anOutputThatIsAlmostRightIsRefusedByTheDecoderExactlyWhereTheSchemaRefusesIt() throws {
    var random = SeededGenerator(seed: 42)
    var lines: [String] = []
    var refusals: [EventRefusal?] = []
    for index in 0..<5000 {
      let contract = Self.contracts[index % Self.contracts.count]
      let bytes = contract.random(&random)
      var tree = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)).without("traceparent")
      let node = Int.random(in: 1..<tree.nodes, using: &random)
      tree = tree.changing(node) { Mutator.changedOutput($0, &random) } ?? tree
      lines.append(line(contract, tree.text))
      refusals.append(contract.refusal(Array(tree.text.utf8)))
    }
    let verdicts = try IndependentValidator.verdicts(lines)
    try #require(verdicts.count == lines.count)
    let differing = lines.indices.filter { verdicts[$0] != (refusals[$0] == nil) }
    #expect(
      differing.isEmpty,
      """
      \(differing.count) verdicts differ: \
      \(differing.prefix(4).map { "\(lines[$0].prefix(1200)) → \(refusals[$0]?.description ?? "decoded")" })
      """)
    let good = verdicts.count { $0 }
    #expect(good > 500 && good < 4500, "both verdicts occur often enough to mean something: \(good) of 5000")
  }

  @Test func everyFieldSaysWhoIsShownItAndPersonalDataIsNoExecutives() throws {
    for contract in Projection.Contract.allCases {
      let schema = try #require(Schemas.file(contract.rawValue))
      let root = try #require(JSONSerialization.jsonObject(with: Data(schema)) as? [String: Any])
      check(root, path: contract.rawValue)
    }
  }

  private func check(_ schema: [String: Any], path: String) {
    for (name, property) in schema["properties"] as? [String: [String: Any]] ?? [:] {
      let audiences = property["x-audience"] as? [String] ?? []
      #expect(audiences.contains("owner"), "\(path).\(name) is not for its owner")
      #expect(audiences.allSatisfy { Audience(rawValue: $0) != nil }, "\(path).\(name): \(audiences)")
      if ["people", "actor", "what", "note", "standsInFor", "requester", "decider", "by"].contains(name) {
        #expect(!audiences.contains("executive"), "\(path).\(name) is personal")
      }
      check(property["items"] as? [String: Any] ?? property, path: "\(path).\(name)")
    }
  }

  private func line(_ contract: Wire, _ value: String) -> String {
    "{\"schema\":\"\(contract.rawValue)\",\"value\":\(value)}"
  }
}

/// The contracts of what roles write, by the names of their schemas.
private enum Wire: String, CaseIterable {
  case assignment, escalation, journal, delegation, claim

  func random(_ random: inout SeededGenerator) -> [UInt8] {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    switch self {
    case .assignment:
      let encoder = AssignmentEncoder()
      return [UInt8](encoder.encode(RandomOutput.assignment(&random, arena)).value)
    case .escalation:
      let encoder = EscalationEncoder()
      return [UInt8](encoder.encode(RandomOutput.escalation(&random, arena)).value)
    case .journal:
      let encoder = JournalEncoder()
      return [UInt8](encoder.encode(RandomOutput.journal(&random, arena)).value)
    case .delegation:
      let encoder = DelegationEncoder()
      return [UInt8](encoder.encode(RandomOutput.delegation(&random, arena)).value)
    case .claim:
      let encoder = ClaimEncoder()
      return [UInt8](encoder.encode(RandomOutput.claim(&random, arena)).value)
    }
  }

  func refusal(_ bytes: [UInt8]) -> EventRefusal? {
    bytes.withUnsafeBytes { value in
      do throws(EventRefusal) {
        switch self {
        case .assignment: _ = try AssignmentDecoder().decode(value)
        case .escalation: _ = try EscalationDecoder().decode(value)
        case .journal: _ = try JournalDecoder().decode(value)
        case .delegation: _ = try DelegationDecoder().decode(value)
        case .claim: _ = try ClaimDecoder().decode(value)
        }
        return nil
      } catch {
        return error
      }
    }
  }
}

extension JSONValue {
  /// Readers pass over a trace context that is none; the schema says what is written.
  fileprivate func without(_ name: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.0 != name })
  }
}

extension Mutator {
  /// A change that a reader of outputs has to notice where the schema does. Null and "" are not among them: readers
  /// take them for absent, and nobody writes them.
  fileprivate static func changedOutput(_ value: JSONValue, _ random: inout SeededGenerator) -> JSONValue? {
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: return nil
    case 2: return ([.bool(true), 7, "word", [], [:]] as [JSONValue]).randomElement(using: &random)!
    case 3:
      return .number(
        ["0", "1", "2.5", "-1", "1e1", "101", "9007199254740992"].randomElement(using: &random)!)
    case 4:
      return .string(
        [
          "timer", "digest", "retraction", "request", "approved", "held", "EUR", "P1", "feedback",
          "2026-03-03", "a\nb", "2026-12-31T23:59:60Z",
        ]
        .randomElement(using: &random)!)
    default:
      let length = [64, 65, 128, 129, 256, 257, 4096, 4097].randomElement(using: &random)!
      return .string(String(repeating: ["a", "🙂"].randomElement(using: &random)!, count: length))
    }
  }
}
