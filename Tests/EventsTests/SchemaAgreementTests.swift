// Tests that what is published and what the code does are one contract, by a validator that shares no code.
import Events
import Foundation
import Testing

@Suite(.enabled(if: IndependentValidator.isPresent, Comment(rawValue: IndependentValidator.absent)))
struct SchemaAgreementTests {
  @Test func theDecoderAndTheSchemasGiveTheSameVerdict() throws {
    var mutator = Mutator(seed: 20_260_303)
    var lines: [String] = []
    var refusals: [EventRefusal?] = []
    for index in 0..<8000 {
      let kind = EventKind.allCases[index % EventKind.allCases.count]
      let value = mutator.event(kind).text
      lines.append("{\"schema\":\"\(kind.rawValue)\",\"value\":\(value)}")
      refusals.append(refusal(kind, value))
    }
    let verdicts = try IndependentValidator.verdicts(lines)
    try #require(verdicts.count == lines.count)
    let differing = lines.indices.filter { verdicts[$0] != (refusals[$0] == nil) }
    #expect(
      differing.isEmpty,
      """
      \(differing.count) verdicts differ: \
      \(differing.prefix(5).map { "\(lines[$0].prefix(900)) → \(refusals[$0]?.description ?? "decoded")" })
      """)
    let good = verdicts.count { $0 }
    #expect(good > 1000 && good < 7000, "both verdicts occur often enough to mean something: \(good) of 8000")
  }

  @Test func everySignalThatIsEncodedIsValid() throws {
    var random = SeededGenerator(seed: 77)
    let encoder = SignalEncoder()
    var lines: [String] = []
    for _ in 0..<1000 {
      let arena = Arena()
      let signal = RandomSignal.make(&random, arena)
      let text = String(decoding: encoder.encode(signal).value, as: UTF8.self)
      lines.append("{\"schema\":\"signal\",\"value\":\(text)}")
      withExtendedLifetime(arena) {}
    }
    let verdicts = try IndependentValidator.verdicts(lines)
    let invalid = lines.indices.filter { !verdicts[$0] }
    #expect(invalid.isEmpty, "\(invalid.count) are invalid: \(invalid.prefix(3).map { lines[$0] })")
    #expect(verdicts.count == 1000)
  }

  @Test func everyExampleIsValidEveryFieldIsDescribedAndEveryReferenceLeadsSomewhere() throws {
    let lines = try IndependentValidator.audit()
    let checked = Int(lines.first ?? "") ?? 0
    #expect(checked > 200)
    #expect(lines.dropFirst().isEmpty, "\(lines.dropFirst())")
  }
}
