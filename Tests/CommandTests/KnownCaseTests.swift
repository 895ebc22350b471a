// Owns what is promised of explaining a remedy on a deployment: its case, what was given and its budgets are as the topics say.
import Console
import Events
import Foundation
import Policy
import Roles
import Secrets
import Testing

@testable import answerable

struct KnownCaseTests {
  private static let secret = Secret("a-secret-of-sixteen-bytes-or-more")
  private static let monday: Int64 = 1_772_434_800_000  // 2026-03-02T07:00:00Z

  private func remedy(
    _ id: String, case caseID: String, minor: Int, by person: String = "receptionist-2",
    role: String = "receptionist", action: String = "refund", more: String = ""
  ) -> [UInt8] {
    Array(
      (#"{"id":"\#(id)","occurredAt":"2026-03-02T08:00:00Z","source":"app","case":"\#(caseID)","#
        + #""actor":{"id":"\#(person)","role":"\#(role)"},"action":"\#(action)","#
        + #""amount":{"minor":\#(minor),"currency":"EUR"}\#(more)}"#).utf8)
  }

  private func policy() throws -> PolicyRecord {
    let document = try #require(PolicyLoader.load(folder: Shipped.policy).document)
    return PolicyRecord(document, files: [], publishedAt: 0, by: "test", note: "")
  }

  /// A deployment at 08:00 in which a guest's complaint opened a case an hour before.
  private func opened(
    _ record: PolicyRecord, _ check: EventCheck
  ) throws -> (theatre: Theatre, caseID: String) {
    let theatre = try Theatre(at: Self.monday, secret: Self.secret)
    try theatre.publish(record)
    let feedback = Array(
      (#"{"id":"f","occurredAt":"2026-03-02T07:00:00Z","source":"s","subject":{"kind":"customer","id":"g"},"#
        + #""rating":{"kind":"nps","value":0},"touchpoint":"room-comfort","site":"lyon-1","#
        + #""text":"the water is cold"}"#).utf8)
    try theatre.send(.feedback, key: try check.key(of: .feedback, feedback[...]), value: feedback)
    var casework = CaseworkReader(theatre.log)
    let opened = try casework.read().compactMap { record -> String? in
      if case .assignment(let entry) = record { entry.card.id } else { nil }
    }
    try theatre.advance(to: Self.monday + 3_600_000)
    return (theatre, try #require(opened.first))
  }

  @Test func aNOForMissingEvidenceIsNoAnswerToWhoBringsIt() throws {
    let (record, check) = (try policy(), EventCheck())
    let (theatre, caseID) = try opened(record, check)
    func repair(_ id: String, more: String = "") -> [UInt8] {
      remedy(
        id, case: caseID, minor: 12_000, by: "housekeeper-1", role: "housekeeper", action: "engage-repair",
        more: more)
    }
    let first = repair("r-1")
    try theatre.send(.remedy, key: try check.key(of: .remedy, first[...]), value: first)
    try theatre.advance(to: theatre.now + 60_000)
    let known = KnownCase(theatre.log, prefix: "")
    let sketch = try #require(try known.read(caseID, at: theatre.now, without: "r-2")).sketch
    #expect(sketch.remedies.map(\.answer) == [.declined] && sketch.remedies.map(\.mayBeAskedAgain) == [true])

    let second = repair("r-2", more: #","evidence":["photo"]"#)
    let compiled = record.compiled()
    var (intake, explainer) = (IntakeExplainer(compiled), RemedyExplainer(compiled))
    let explanation = try intake.explain(.remedy, value: second, headers: []) { explained in
      Result { try explainer.explain(explained.event, signedBy: explained.signedBy, sketch, at: theatre.now) }
    }
    #expect(try explanation.get()?.answer.answer == "approved")
    try theatre.send(.remedy, key: try check.key(of: .remedy, second[...]), value: second)
    let answers = try CaseFolder(theatre.log, prefix: "").file(caseID, at: nil).answers
    #expect(answers.map(\.answer) == [.declined, .approved])
  }

  @Test func theCaseItsRemediesAndItsBudgetsAreReadAsTheyWereBefore() throws {
    let (record, check) = (try policy(), EventCheck())
    let (theatre, caseID) = try opened(record, check)
    let first = remedy("r-1", case: caseID, minor: 7_000)
    try theatre.send(.remedy, key: try check.key(of: .remedy, first[...]), value: first)
    try theatre.advance(to: Self.monday + 7_200_000)

    let known = KnownCase(theatre.log, prefix: "")
    let said = try #require(try known.read(caseID, at: theatre.now, without: "r-2"))
    #expect(said.assumed.isEmpty && said.knowsHistory)
    #expect(said.sketch.site == "lyon-1" && !said.sketch.owner.isEmpty)
    #expect(said.sketch.remedies.map(\.amount) == [7_000])
    #expect(said.sketch.remedies.first?.answer == .approved)
    #expect(try known.read(caseID, at: theatre.now, without: "r-1")?.sketch.remedies.isEmpty == true)
    #expect(try known.read(caseID, at: Self.monday + 1_800_000, without: "")?.sketch.remedies.isEmpty == true)
    let history = try known.history(of: "site/lyon-1", at: theatre.now).history
    #expect(history.asked.map(\.amount) == [7_000])
    #expect(history.ledger.accounts["goodwill-lyon-1"]?.held == 7_000)

    // What is told of a second one is what the roles then answer.
    let second = remedy("r-2", case: caseID, minor: 9_000)
    let compiled = record.compiled()
    var sketch = said.sketch
    sketch.history = history
    var intake = IntakeExplainer(compiled)
    var explainer = RemedyExplainer(compiled)
    let explanation = try intake.explain(.remedy, value: second, headers: []) { explained in
      Result { try explainer.explain(explained.event, signedBy: explained.signedBy, sketch, at: theatre.now) }
    }
    let told = try #require(try explanation.get())
    #expect(told.claim?.pots.map(\.left) == [193_000])
    #expect(told.answer.failed.map(\.code) == ["split"])
    try theatre.send(.remedy, key: try check.key(of: .remedy, second[...]), value: second)
    let answers = try CaseFolder(theatre.log, prefix: "").file(caseID, at: nil).answers
    #expect(answers.last?.causeID == "r-2")
    #expect(answers.last?.answer.wire.string == told.answer.answer)
    #expect(answers.last?.reason.text == told.answer.text)
  }

  @Test func whatWasDecidedIsExplainedByWhatCameBeforeItHoweverCloseTheyWere() throws {
    let stage = try Stage(at: Self.monday)
    let caseID = try stage.open(guest: "g")
    // In the same millisecond, until the case is closed; an act has the id of a remedy.
    let refund = (by: "receptionist-2", action: "refund")
    try stage.ask("r-1", case: caseID, by: refund.by, refund.action, 7_000)
    try stage.act("r-2", cancel: "\(caseID)-r1", by: refund.by)
    try stage.ask("r-2", case: caseID, by: refund.by, refund.action, 9_000)
    try stage.ask("r-3", case: nil, by: refund.by, refund.action, 8_000)
    try stage.ask("r-4", case: caseID, by: refund.by, refund.action, 9_000)
    try stage.ask("r-5", case: "c-00000000000000000000000000000000-1", by: refund.by, refund.action, 9_000)
    try stage.ask("r-6", case: caseID, by: "housekeeper-1", "engage-repair", 9_000)
    try stage.theatre.advance(to: stage.theatre.now + 1)
    try stage.ask("r-7", case: caseID, by: "duty-manager-2", "waive", 9_000)
    try stage.ask("r-8", case: caseID, by: refund.by, refund.action, 1_000)
    let expected = [
      "r-1 approved granted", "r-2 approved granted", "r-3 referred split", "r-4 refused same-request",
      "r-5 declined unknown-case", "r-6 declined evidence", "r-7 approved granted",
      "r-8 declined closed-case",
    ]
    let told = try (1...8).map { try stage.explained("r-\($0)", guest: "g") }
    #expect(told.map(\.answered) == expected)
    for explained in told { #expect(explained.text == explained.answeredText, "\(explained.answered)") }
    #expect(told.map(\.explained) == expected)
    #expect(told.map(\.caseID) == [caseID, caseID, caseID, caseID, "", caseID, caseID, caseID])
    // What came back is room again, and what stood beside it is held.
    #expect(told[1].left == [200_000] && told[2].left == [191_000])
  }

  /// What was answered, and what an explanation afterwards comes to.
  private struct Told {
    var answered: String
    var answeredText: String
    var explained: String
    var text: String
    var caseID: String
    var left: [Int64]
  }

  /// The three roles in memory, under the policy that ships.
  private struct Stage {
    let theatre: Theatre
    let compiled: CompiledPolicy
    let check = EventCheck()
    private let values = Values()

    private final class Values { var byID: [String: [UInt8]] = [:] }

    init(at start: Int64) throws {
      let document = try #require(PolicyLoader.load(folder: Shipped.policy).document)
      let record = PolicyRecord(document, files: [], publishedAt: 0, by: "test", note: "")
      theatre = try Theatre(at: start, secret: KnownCaseTests.secret)
      compiled = record.compiled()
      try theatre.publish(record)
    }

    private func send(_ kind: EventKind, _ text: String) throws {
      let value = Array(text.utf8)
      try theatre.send(kind, key: try check.key(of: kind, value[...]), value: value)
    }

    func open(guest: String) throws -> String {
      try send(
        .feedback,
        #"{"id":"f","occurredAt":"2026-03-02T07:00:00Z","source":"s","subject":{"kind":"customer","id":"\#(guest)"},"#
          + #""rating":{"kind":"nps","value":0},"touchpoint":"check-out","site":"lyon-1"}"#)
      var casework = CaseworkReader(theatre.log)
      return try #require(
        try casework.read().lazy.compactMap { record -> String? in
          if case .assignment(let entry) = record { entry.card.id } else { nil }
        }.first)
    }

    func ask(_ id: String, case caseID: String?, by person: String, _ action: String, _ minor: Int) throws {
      let role = person.prefix { !$0.isNumber }.dropLast()
      let whose = caseID.map { #""case":"\#($0)""# } ?? #""subject":{"kind":"customer","id":"g"}"#
      let text =
        #"{"id":"\#(id)","occurredAt":"2026-03-02T07:00:00Z","source":"app",\#(whose),"action":"\#(action)","#
        + #""actor":{"id":"\#(person)","role":"\#(role)"},"amount":{"minor":\#(minor),"currency":"EUR"}}"#
      values.byID[id] = Array(text.utf8)
      try send(.remedy, text)
    }

    func act(_ id: String, cancel claim: String, by person: String) throws {
      let role = person.prefix { !$0.isNumber }.dropLast()
      try send(
        .caseUpdate,
        #"{"id":"\#(id)","occurredAt":"2026-03-02T07:00:00Z","source":"desk","claim":"\#(claim)","act":"cancel","#
          + #""actor":{"id":"\#(person)","role":"\#(role)"}}"#)
    }

    func explained(_ id: String, guest: String) throws -> Told {
      let known = KnownCase(theatre.log, prefix: "")
      let decided = try #require(try known.decided(id, since: nil), "\(id)")
      let answer = decided.answer
      var said = SaidCase.missing
      if !decided.hadNoCase {
        said = try #require(try known.read(answer.caseID, at: answer.at, without: id, decided))
      }
      var intake = IntakeExplainer(compiled)
      var explainer = RemedyExplainer(compiled)
      func explain() throws -> RemedyExplanation {
        let result = try intake.explain(.remedy, value: values.byID[id], headers: []) { explained in
          Result { try explainer.explain(explained.event, signedBy: "", said.sketch, at: answer.at) }
        }
        return try #require(try result.get())
      }
      var told = try explain()
      if let root = told.claim?.root {
        said.sketch.history = try known.history(of: root, at: answer.at, before: decided.claim?.place).history
        told = try explain()
      }
      return Told(
        answered: "\(id) \(answer.answer.wire.string) \(answer.reason.code)",
        answeredText: answer.reason.text, explained: "\(id) \(told.answer.answer) \(told.answer.code)",
        text: told.answer.text, caseID: answer.caseID, left: told.claim?.pots.map(\.left) ?? [])
    }
  }
}
