// Owns the guarantees about a case that wakes: it is scored by what is remembered then, and never becomes less urgent.
import Events
import Testing

@testable import Casework

@Suite struct RescoringTests {
  /// A case of 60 points and P2 of a customer that has been through much, so that memory has its part in it.
  private func remembered(_ cases: String = "{ memory: { half-life: 1 day } }") throws -> (Desk, String) {
    let desk = try Desk.onLadder(cases)
    for owner in ["billing", "care", "front-desk"] {
      desk.feedback {
        $0.score = 95
        $0.owner = owner
      }
    }
    return (desk, desk.feedback { $0.score = 60 }.caseID)
  }

  private func memory(_ view: ToldView?) -> [String] {
    (view?.contributions ?? []).filter { $0.hasPrefix("memory") || $0.hasPrefix("promise") }
  }

  @Test func aCaseThatWakesIsScoredByWhatIsRememberedThen() throws {
    let (desk, caseID) = try remembered()
    let before = try #require(desk.view(caseID))
    #expect(before.score > 60 && !memory(before).isEmpty)
    desk.act(.snooze(until: desk.now + 3.days, reason: "later"), on: caseID)
    let woken = desk.advance(by: 3.days).first { $0.caseID == caseID }
    let after = try #require(desk.view(caseID))
    #expect(after.score == 60 && memory(after).isEmpty)
    #expect(woken?.escalations.first?.sentence.contains("60 after \(before.score)") == true)
  }

  @Test func memoryThatFadesNeverMakesAnOpenCaseLessUrgent() throws {
    let (desk, caseID) = try remembered()
    #expect(desk.view(caseID)?.priority == .p1)
    desk.act(.wait(for: "customer", until: desk.now + 6.days), on: caseID)
    let woken = try #require(desk.advance(by: 6.days).first { $0.code == "wait-over" && $0.caseID == caseID })
    #expect(desk.view(caseID)?.score == 60 && desk.view(caseID)?.priority == .p1)
    #expect(woken.score == 60 && woken.sentence.contains("scored again by what is remembered now"))
  }

  @Test func aPromiseThatBrokeMeanwhileRaisesItAndShortensItsClocks() throws {
    let desk = try Desk.onLadder("{ memory: { broken-promise: 20, adds: { 0: 0, 100: 0 } } }")
    let caseID = desk.feedback { $0.score = 60 }.caseID
    let other = desk.feedback {
      $0.score = 40
      $0.owner = "billing"
    }.caseID
    let due = try #require(desk.view(caseID)?.due(.resolve))
    desk.act(.promise(due: desk.now + 1.hours, what: "call"), on: other, by: DeskActor(team: "billing"))
    desk.act(.snooze(until: desk.now + 2.hours, reason: "later"), on: caseID)
    let told = desk.advance(by: 2.hours)
    let view = try #require(desk.view(caseID))
    #expect(view.score == 80 && view.priority == .p1 && memory(view) == ["promise broken 20"])
    let resumed = try #require(told.escalations(.resumed).first)
    #expect(resumed.sentence.contains("80 after 60, P1 after P2") && resumed.view.score == 80)
    #expect(try #require(view.due(.resolve)) < due)
  }

  @Test func aCaseThatAHoldLetsGoIsScoredAgain() throws {
    let (desk, caseID) = try remembered()
    desk.hold("technique", until: desk.now + 4.days)
    let told = desk.advance(by: 4.days)
    #expect(desk.view(caseID)?.score == 60)
    #expect(
      told.escalations(.resumed).contains { $0.view.caseID == caseID && $0.sentence.contains("scored again") }
    )
  }

  @Test func aReplyThatWasWaitedForScoresTheCaseAgain() throws {
    let desk = try Desk.onLadder("{ memory: { broken-promise: 20, adds: { 0: 0, 100: 0 } } }")
    let caseID = desk.feedback { $0.score = 60 }.caseID
    let other = desk.feedback {
      $0.score = 40
      $0.owner = "billing"
    }.caseID
    desk.act(.promise(due: desk.now + 1.hours, what: "call"), on: other, by: DeskActor(team: "billing"))
    desk.act(.wait(for: "customer", until: desk.now + 3.days), on: caseID)
    desk.advance(by: 2.hours)
    desk.feedback { $0.score = 0 }
    #expect(desk.view(caseID)?.score == 80 && desk.view(caseID)?.priority == .p1)
  }

  @Test func nothingIsSaidOfAScoreThatStayed() throws {
    let desk = try Desk.onLadder("{ memory: { adds: { 0: 0, 100: 0 } } }")
    let caseID = desk.feedback().caseID
    desk.act(.snooze(until: desk.now + 30.minutes, reason: "later"), on: caseID)
    let told = desk.advance(by: 30.minutes)
    #expect(told.escalations.map(\.kind) == [.resumed] && !told.escalations[0].sentence.contains("scored"))
  }

  @Test func anIncidentIsNotScoredByWhatItsSiteRemembers() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.incident().caseID
    let score = desk.view(caseID)?.score
    desk.act(.snooze(until: desk.now + 1.hours, reason: "later"), on: caseID)
    desk.advance(by: 1.hours)
    #expect(desk.view(caseID)?.score == score)
  }
}
