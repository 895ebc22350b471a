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

  private func remedy(_ id: String, case caseID: String, minor: Int) -> [UInt8] {
    Array(
      (#"{"id":"\#(id)","occurredAt":"2026-03-02T08:00:00Z","source":"app","case":"\#(caseID)","#
        + #""actor":{"id":"receptionist-2","role":"receptionist"},"action":"refund","#
        + #""amount":{"minor":\#(minor),"currency":"EUR"}}"#).utf8)
  }

  @Test func theCaseItsRemediesAndItsBudgetsAreReadAsTheyWereBefore() throws {
    let document = try #require(PolicyLoader.load(folder: Shipped.policy).document)
    let record = PolicyRecord(document, files: [], publishedAt: 0, by: "test", note: "")
    let theatre = try Theatre(at: Self.monday, secret: Self.secret)
    try theatre.publish(record)
    let check = EventCheck()
    let feedback = Array(
      (#"{"id":"f","occurredAt":"2026-03-02T07:00:00Z","source":"s","subject":{"kind":"customer","id":"g"},"#
        + #""rating":{"kind":"nps","value":0},"touchpoint":"room-comfort","site":"lyon-1","#
        + #""text":"the water is cold"}"#).utf8)
    try theatre.send(.feedback, key: try check.key(of: .feedback, feedback[...]), value: feedback)
    var casework = CaseworkReader(theatre.log)
    let opened = try casework.read().compactMap { record -> String? in
      if case .assignment(let entry) = record { entry.card.id } else { nil }
    }
    let caseID = try #require(opened.first)
    try theatre.advance(to: Self.monday + 3_600_000)
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
}
