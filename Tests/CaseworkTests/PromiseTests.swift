// Owns the guarantees about promises: each has a clock of its own, and is kept, broken or renegotiated.
import Events
import Testing

@Suite struct PromiseTests {
  private func promise(_ desk: Desk, _ due: Int64, on caseID: String) -> Told {
    desk.act(.promise(due: due, what: "call back"), on: caseID)
  }

  @Test func aPromiseThatIsAnsweredInTimeIsKept() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(promise(desk, monday + 1.days, on: caseID).code == "promised")
    desk.advance(by: 3.hours)
    desk.act(.respond, on: caseID)
    #expect(desk.view(caseID)?.promises == [.kept])
    #expect(desk.advance(by: 2.days).escalations(.promiseBroken).isEmpty)
  }

  @Test func aPromiseThatNobodyKeepsBreaksAtItsMomentAndIsRemembered() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.act(.acknowledge, on: caseID)
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    let told = desk.advance(by: 3.hours)
    let broken = told.escalations(.promiseBroken)
    #expect(broken.map(\.due) == [monday + 2.hours] && told.first?.at == monday + 2.hours + Desk.grace)
    #expect(desk.view(caseID)?.promises == [.broken] && desk.view(caseID)?.promisesBroken == 1)
    let next = desk.feedback("alice") { $0.journey = "meeting" }
    #expect(next.points("promise broken") == 8)
  }

  @Test func progressIsNoAnswerAndKeepsNoPromise() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    desk.act(.progress, on: caseID)
    #expect(desk.advance(by: 3.hours).escalations(.promiseBroken).count == 1)
  }

  @Test func aSecondPromiseRenegotiatesTheFirst() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    promise(desk, monday + 2.days, on: caseID).expectAccepted()
    #expect(desk.view(caseID)?.promises == [.renegotiated, .open])
    #expect(desk.advance(by: 1.days).escalations(.promiseBroken).isEmpty)
    #expect(desk.advance(by: 2.days).escalations(.promiseBroken).count == 1)
  }

  @Test func aPromiseFromBeforeTheOneThatStandsIsOutOfOrder() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 1.hours)
    promise(desk, monday + 1.days, on: caseID).expectAccepted()
    let told = desk.act(.promise(due: monday + 2.days, what: "visit"), on: caseID) {
      $0.at = monday + 10.minutes
    }
    #expect(told.code == "out-of-order" && desk.view(caseID)?.promises == [.open])
  }

  @Test func aPromiseForThePastOrForTooLongIsANo() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    #expect(promise(desk, monday, on: caseID).code == "past-due")
    #expect(promise(desk, monday + 31.days, on: caseID).code == "too-long")
  }

  @Test func aHandOverKeepsThePromise() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    desk.act(.transfer(to: "billing", reason: "theirs"), on: caseID)
    let broken = desk.advance(by: 3.hours).escalations(.promiseBroken)
    #expect(broken.map(\.view.owner) == ["billing"] && broken.map(\.due) == [monday + 2.hours])
  }

  @Test func aWaitForTheCustomerDoesNotExcuseWhatWasPromised() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    desk.act(.wait(for: "customer", until: monday + 3.days), on: caseID)
    #expect(desk.advance(by: 3.hours).escalations(.promiseBroken).count == 1)
  }

  @Test func wordThatComesLateOfAnAnswerInTimeTakesABrokenPromiseBack() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    let broken = desk.advance(by: 3.hours).escalations(.promiseBroken)
    let told = desk.act(.respond, on: caseID) { $0.at = monday + 90.minutes }
    #expect(broken.count == 1)
    #expect(told.escalations.filter { $0.kind == .retraction }.map(\.retracts) == broken.map(\.id))
    #expect(desk.view(caseID)?.promises == [.kept] && desk.view(caseID)?.promisesBroken == 0)
    #expect(desk.feedback("alice") { $0.journey = "meeting" }.points("promise broken") == nil)
  }

  @Test func anAnswerAfterItsTimeLeavesAPromiseBroken() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    promise(desk, monday + 2.hours, on: caseID).expectAccepted()
    desk.advance(by: 3.hours)
    desk.act(.respond, on: caseID)
    #expect(desk.view(caseID)?.promises == [.broken] && desk.view(caseID)?.promisesBroken == 1)
  }

  @Test func aPromiseOfWhichWordComesAfterItsAnswerIsKept() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    desk.advance(by: 1.hours)
    desk.act(.respond, on: caseID)
    desk.advance(by: 5.minutes)
    let told = desk.act(.promise(due: monday + 2.hours, what: "call"), on: caseID) {
      $0.at = monday + 30.minutes
    }
    #expect(told.code == "promised" && desk.view(caseID)?.promises == [.kept])
  }

  @Test func noMoreThanFourPromisesAreListed() throws {
    let desk = try Desk.onLadder()
    let caseID = desk.feedback().caseID
    for day in 1...6 { promise(desk, monday + day.days, on: caseID).expectAccepted() }
    #expect(desk.view(caseID)?.promises == [.renegotiated, .renegotiated, .renegotiated, .open])
  }
}

extension Told {
  fileprivate func expectAccepted() { #expect(!isRefused, "\(code)") }
}
