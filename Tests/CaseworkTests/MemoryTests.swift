// Owns the guarantees about what a subject went through: it raises what comes next, it fades, and it says so.
import Events
import Testing

@Suite struct MemoryTests {
  @Test func aFirstContactGetsNothingFromMemory() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.score = 60 }
    #expect(told.score == 60 && told.memoryBefore == 0)
    #expect(told.contributions.count == 2)
  }

  @Test func aBadMomentIsRemembered() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.score = 80 }
    #expect(try #require(told.memoryAfter) > 0)
  }

  @Test func aSubjectThatWentThroughMuchScoresHigherAndTheJournalSaysWhy() throws {
    let desk = try Desk()
    for owner in ["billing", "care", "front-desk"] {
      desk.feedback {
        $0.score = 95
        $0.owner = owner
      }
    }
    let told = desk.feedback { $0.score = 40 }
    #expect(try #require(told.score) > 40)
    #expect(told.contributions.contains { $0.hasPrefix("memory") })
  }

  @Test func whatMemoryAddsIsAContributionLikeAnyOther() throws {
    let desk = try Desk()
    for _ in 0..<6 { desk.feedback { $0.score = 95 } }
    let told = desk.feedback { $0.score = 40 }
    let sum = told.contributions.compactMap { Int32($0.split(separator: " ").last ?? "") }.reduce(0, +)
    #expect(told.score == min(max(sum, 0), 100))
  }

  @Test func memoryMayRaiseAPriorityOverItsCut() throws {
    let desk = try Desk()
    for _ in 0..<6 { desk.feedback { $0.score = 100 } }
    let told = desk.feedback {
      $0.score = 45
      $0.owner = "billing"
    }
    #expect(told.priority == .p2, "45 points alone are P3")
  }

  @Test func memoryMayOpenACaseThatTheSignalAloneWouldNot() throws {
    let desk = try Desk()
    for _ in 0..<6 { desk.feedback { $0.score = 100 } }
    let told = desk.feedback {
      $0.score = 24
      $0.owner = "billing"
    }
    #expect(told.decision == .opened && told.priority == .p3)
  }

  @Test func aFurtherContactAboutTheSameCaseAddsItsPointsAtMostThreeTimes() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { adds: { 0: 0, 100: 0 } } }"])
    desk.feedback { $0.score = 40 }
    let scores = (1...5).map { _ in desk.feedback { $0.score = 40 }.score }
    #expect(scores == [46, 52, 58, 58, 58])
  }

  @Test func contactsAreCountedFromTheLastAnswer() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { adds: { 0: 0, 100: 0 } } }"])
    let opened = desk.feedback { $0.score = 40 }
    desk.feedback { $0.score = 40 }
    desk.advance(by: 1.minutes)
    desk.act(.respond, on: opened.caseID)
    desk.advance(by: 1.minutes)
    #expect(desk.feedback { $0.score = 40 }.score == 40, "it was answered")
    #expect(desk.feedback { $0.score = 40 }.score == 46)
  }

  @Test func aContactAboutAnotherCaseIsNoRepeatedOne() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { adds: { 0: 0, 100: 0 } } }"])
    desk.feedback { $0.score = 40 }
    #expect(
      desk.feedback {
        $0.score = 40
        $0.owner = "billing"
      }.score == 40)
  }

  @Test func contactsAreCountedForEachCaseByItself() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { adds: { 0: 0, 100: 0 } } }"])
    func again(_ owner: String) -> Int32? {
      desk.feedback {
        $0.score = 40
        $0.owner = owner
      }.score
    }
    let room = desk.feedback { $0.score = 40 }
    #expect([again("billing"), again("billing"), again("technique")] == [40, 46, 46])
    desk.advance(by: 1.minutes)
    desk.act(.respond, on: room.caseID)
    desk.advance(by: 1.minutes)
    #expect(again("technique") == 40, "its own answer counts")
    #expect(again("billing") == 52, "an answer about something else does not")
  }

  @Test func anotherCaseThatClosesLeavesTheCountAsItIs() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { adds: { 0: 0, 100: 0 } } }"])
    let room = desk.feedback { $0.score = 40 }
    for _ in 0..<2 {
      desk.feedback {
        $0.score = 40
        $0.owner = "billing"
      }
    }
    desk.act(.respond, on: room.caseID)
    desk.act(.resolve(evidence: "done"), on: room.caseID)
    let told = desk.feedback {
      $0.score = 40
      $0.owner = "billing"
    }
    #expect(told.score == 52)
  }

  @Test func aBrokenPromiseAddsItsPointsToTheNextContact() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { adds: { 0: 0, 100: 0 }, repeated-contact: 0 } }"])
    let opened = desk.feedback { $0.score = 40 }
    desk.act(.promise(due: desk.now + 1.hours, what: "call back"), on: opened.caseID)
    desk.advance(by: 2.hours)
    let told = desk.feedback { $0.score = 40 }
    #expect(told.score == 48 && told.contributions.contains { $0.contains("promise") })
  }

  @Test func aMomentOfTruthIsRememberedMore() throws {
    let usual = try Desk()
    let ofTruth = try Desk()
    let low = usual.feedback {
      $0.touchpoint = "booking"
      $0.score = 55
    }
    let high = ofTruth.feedback {
      $0.touchpoint = "room"
      $0.score = 55
    }
    #expect(try #require(high.memoryAfter) > (try #require(low.memoryAfter)))
  }

  @Test func whatIsRememberedFadesByHalfInAHalfLife() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { half-life: 10 days } }"])
    let told = desk.feedback { $0.score = 100 }
    desk.advance(by: 10.days)
    let later = desk.feedback {
      $0.score = 20
      $0.journey = "other"
    }
    let before = try #require(told.memoryAfter)
    let half = try #require(later.memoryBefore)
    #expect(abs(half * 2 - before) <= 2)
  }

  @Test func inTheEndNothingIsRemembered() throws {
    let desk = try Desk(["cases.yaml": "cases: { memory: { half-life: 1h } }"])
    desk.feedback { $0.score = 100 }
    desk.advance(by: 40.hours)
    #expect(desk.feedback { $0.journey = "other" }.memoryBefore == 0)
  }

  @Test func praiseMakesUpForALittleAndForNoMore() throws {
    let desk = try Desk()
    let pain = try #require(desk.feedback { $0.score = 100 }.memoryAfter)
    let told = desk.feedback {
      $0.score = 0
      $0.rate(nps: 10)
      $0.journey = "other"
    }
    let after = try #require(told.memoryAfter)
    #expect(after <= pain && after * 2 >= pain)
  }

  @Test func anIncidentOfASiteIsNoMemoryOfItsGuests() throws {
    let desk = try Desk()
    for _ in 0..<5 { desk.incident { $0.score = 100 } }
    #expect(desk.feedback().memoryBefore == 0)
  }

  @Test func aDuplicateIsNotRememberedTwice() throws {
    let desk = try Desk()
    let first = desk.feedback { $0.id = "fb-1" }
    desk.feedback { $0.id = "fb-1" }
    let next = desk.feedback { $0.journey = "other" }
    #expect(next.memoryBefore == first.memoryAfter)
  }

  @Test func aSignalThatOpensNothingIsRememberedAllTheSame() throws {
    let desk = try Desk(["cases.yaml": "cases: { open-from: P1 }"])
    let noted = desk.feedback { $0.score = 60 }
    #expect(noted.decision == .noted)
    #expect(try #require(noted.memoryAfter) > 0)
    #expect(desk.feedback { $0.score = 60 }.memoryBefore == noted.memoryAfter)
  }
}
