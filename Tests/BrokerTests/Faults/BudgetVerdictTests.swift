// Owns the guarantees of the verdict that proofs about budgets rest on: whatever is lost, doubled or overspent is told.
import FaultKit
import Foundation
import Roles
import Streams
import Testing

struct BudgetVerdictTests {
  /// An answer to the claim that stands at `offset`, about 60 of the 100 cents that there are.
  private static func answer(
    _ claim: String, offset: Int, held: Int, word: String = "approved", minute: Int
  ) -> String {
    """
    {"id":"\(claim)-d1","claim":"\(claim)","answer":"\(word)","case":"c-1","subjectKey":"c-7ee3","owner":"billing",\
    "root":"site/lyon-1","action":"gift-0","amount":{"minor":60,"currency":"EUR"},"requester":{"id":"clerk-0-0"},\
    "budgets":[{"id":"pot-0-0","currency":"EUR","limit":100,"held":\(held),"spent":0,\
    "left":\(max(0, 100 - held)),"overdrawn":\(max(0, held - 100)),"windowFrom":"2026-02-24T00:00:00.000Z"}],\
    \(word == "approved" ? "\"movements\":[{\"budget\":\"pot-0-0\",\"from\":\"room\",\"to\":\"held\",\"minor\":60,\"day\":20514}]," : "")\
    "at":"2026-03-02T09:0\(minute):00.000Z","reason":{"code":"granted","text":"within"},"epoch":1,\
    "cause":{"topic":"claims","partition":0,"offset":\(offset)},"causeId":"rem-\(offset)"}
    """
  }

  private static let answers = [
    answer("c-1-r1", offset: 0, held: 60, minute: 1),
    answer("c-1-r2", offset: 1, held: 60, word: "declined", minute: 2),
  ]

  private func faults(_ answers: [String]) throws -> [String] {
    let log = MemoryLog()
    for topic in ["claims", "delegations"] { log.createTopic(topic) }
    for number in 1...2 {
      try log.pipe("claims", key: "site/lyon-1", #"{"kind":"request","claim":"c-1-r\#(number)"}"#)
    }
    for answer in answers { try log.pipe("delegations", key: "c-1", answer) }
    return try BudgetVerdict.read(log, prefix: "", remedies: ["rem-0", "rem-1"], limit: 100).faults
  }

  @Test func whatIsRightHasNoFault() throws {
    #expect(try faults(Self.answers) == [])
  }

  @Test func aLostAnswerIsTold() throws {
    #expect(
      try faults([Self.answers[0]]) == [
        "claims-0@1: c-1-r2 has 0 answers", "rem-1: asked for and never answered",
      ])
  }

  @Test func aDoubledAnswerIsTold() throws {
    let found = try faults(Self.answers + [Self.answers[1]])
    #expect(found.contains("c-1-r2-d1: published twice"))
    #expect(found.contains("claims-0@1: c-1-r2 has 2 answers"))
    #expect(found.contains("c-1-r2-d1: a second terminal answer"))
  }

  @Test func anOverspentBudgetIsTold() throws {
    let found = try faults([
      Self.answers[0], Self.answer("c-1-r2", offset: 1, held: 120, minute: 2),
    ])
    #expect(found.contains("c-1-r2-d1: pot-0-0 was approved beyond its limit"))
    #expect(found.contains("pot-0-0: 120 held and 0 spent of 100"))
  }

  @Test func aBookingThatIsShownOtherwiseIsTold() throws {
    let found = try faults([Self.answers[0].replacing("\"held\":60", with: "\"held\":50"), Self.answers[1]])
    #expect(found.contains("c-1-r1-d1: pot-0-0 shows 50 held, 60 were booked"))
  }
}
