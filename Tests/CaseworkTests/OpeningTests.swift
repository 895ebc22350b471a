// Owns the guarantees about a case's first moment: one owner, a reason, clocks that run.
import Events
import Testing

@Suite struct OpeningTests {
  @Test func aSignalThatMattersOpensACaseWithTheSignalsOwnerWorkerAndWitness() throws {
    let desk = try Desk()
    let told = desk.feedback {
      $0.owner = "technique"
      $0.worker = "lift-service"
      $0.witness = "front-desk"
    }
    let view = try #require(told.assignment).view
    #expect(told.decision == .opened && told.order.first == "assignment")
    #expect(view.status == .assigned && view.caseID == told.caseID)
    #expect(view.owner == "technique" && view.worker == "lift-service" && view.witness == "front-desk")
    #expect(told.owner == "technique" && told.worker == "lift-service" && told.witness == "front-desk")
  }

  @Test func theFirstAssignmentOfACaseHasRevisionOne() throws {
    let desk = try Desk()
    let told = desk.feedback()
    let assignment = try #require(told.assignment)
    #expect(assignment.revision == 1 && assignment.id == "\(told.caseID)-a1")
  }

  @Test func theJournalNamesTheOutputsThatADecisionMade() throws {
    let desk = try Desk()
    let told = desk.feedback()
    #expect(told.outputs == told.assignments.map(\.id) + told.escalations.map(\.id))
    #expect(!told.outputs.isEmpty)
  }

  @Test(arguments: [(29, false), (30, true), (49, true)] as [(Int32, Bool)])
  func theWeakestPriorityThatOpensIsThatOfThePolicy(score: Int32, opens: Bool) throws {
    let desk = try Desk(["cases.yaml": "cases: { open-from: P3 }"])
    #expect((desk.feedback { $0.score = score }.decision == .opened) == opens)
  }

  @Test func aSignalTooWeakToOpenIsNotedWithItsOwnerAndItsScore() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.score = 12 }
    #expect(told.decision == .noted && told.owner == "technique" && told.score == 12)
    #expect(told.caseID.isEmpty && told.order.isEmpty && !told.sentence.isEmpty)
  }

  @Test func aWeakSignalJoinsTheOpenCaseOfItsGroup() throws {
    let desk = try Desk()
    let first = desk.feedback()
    #expect(desk.feedback { $0.score = 12 }.caseID == first.caseID)
  }

  @Test func theWholeWhyIsInTheJournal() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.score = 60 }
    #expect(told.score == 60 && told.priority == .p2)
    #expect(told.contributions == ["base 20", "rating 40"])
    #expect(told.rule == "ownership.rules[0]" && told.ruleAt == "ownership.yaml:3")
    #expect(told.alsoMatched == ["ownership.rules[3]"])
    #expect(told.epoch == desk.epoch && told.at == desk.now)
  }

  @Test func fourClocksRunFromTheFirstMoment() throws {
    let desk = try Desk()
    let view = try #require(desk.feedback { $0.score = 60 }.assignment).view
    #expect(view.due(.acknowledge) == monday + 1.hours)
    #expect(view.due(.respond) == monday + 4.hours)
    #expect(view.due(.resolve) == monday + 2.days)
    #expect(view.due(.silence) == monday + 6.days)
    #expect(view.clocks.allSatisfy { $0.state == .running && $0.rule.hasPrefix("ladders.standard.clocks.") })
  }

  @Test func theJournalSaysWhichClocksWereSet() throws {
    let desk = try Desk()
    let told = desk.feedback()
    #expect(told.clocks == (try #require(told.assignment)).view.clocks && told.clocks.count == 4)
  }

  @Test func aColleaguesSignalRunsTheSameClocksAsACustomers() throws {
    let desk = try Desk()
    let customer = desk.feedback("alice")
    let colleague = desk.feedback("eve") { $0.respondent = .employee }
    #expect(customer.clocks == colleague.clocks)
  }

  @Test func theLadderStandsBeforeItsFirstRung() throws {
    let desk = try Desk()
    let view = try #require(desk.feedback().assignment).view
    #expect(view.rung == 0 && view.rungs > 0)
    #expect(view.nextRungAt >= monday + 1.hours)
  }

  @Test func aCaseRunsOnItsOwnersTimeAndNotOnTheEventsTime() throws {
    let desk = try Desk()
    let late = desk.feedback { $0.at = monday - 3.days }
    #expect((try #require(late.assignment)).view.due(.acknowledge) == monday + 1.hours)
  }

  @Test func whatWasRoutedToATeamThatIsGoneGoesToWhoeverOwnsWhatNobodyThoughtOf() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.owner = "night-porters" }
    #expect(told.owner == "care" && told.assignment?.view.owner == "care")
  }

  @Test func whatWasRoutedToATeamThatIsASubcontractorByNowGoesToWhomItWorksFor() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.owner = "lift-service" }
    let view = try #require(told.assignment).view
    #expect(view.owner == "technique" && view.worker == "lift-service")
  }

  @Test func aSubcontractorsSubcontractorNeverOwnsACaseEither() throws {
    let desk = try Desk([
      "teams.yaml": CaseworkSample.teams + "\n  cable-shop: { subcontractor-of: lift-service }"
    ])
    let view = try #require(desk.feedback { $0.owner = "cable-shop" }.assignment).view
    #expect(view.owner == "technique" && view.worker == "cable-shop")
  }

  @Test func theSentenceOfADecisionHoldsNoPersonalData() throws {
    let desk = try Desk()
    let told = [
      desk.feedback(), desk.feedback(), desk.feedback("bob") { $0.score = 10 }, desk.incident(),
    ]
    for one in told {
      #expect(!one.sentence.isEmpty && !one.code.isEmpty)
      #expect(!one.sentence.contains(DeskNames.key("alice")) && !one.sentence.contains(DeskNames.key("bob")))
    }
  }

  @Test func anIncidentOpensACaseOfItsSite() throws {
    let desk = try Desk()
    let told = desk.incident("lyon-1") {
      $0.service = "lift"
      $0.entity = "lift-2"
    }
    #expect(told.decision == .opened && told.subjectKey == DeskNames.key("lyon-1", "s"))
    #expect((try #require(told.assignment)).view.signals == 1)
  }

  @Test func incidentsOfDifferentEntitiesOfASiteAreDifferentCases() throws {
    let desk = try Desk()
    let first = desk.incident { $0.entity = "lift-1" }
    let second = desk.incident { $0.entity = "lift-2" }
    let third = desk.incident {
      $0.entity = "lift-2"
      $0.service = "heating"
    }
    #expect(Set([first.caseID, second.caseID, third.caseID]).count == 3)
  }

  @Test func anUpdateOfAnIncidentJoinsItWhoeverOwnsItByNow() throws {
    let desk = try Desk()
    let first = desk.incident { $0.owner = "technique" }
    let update = desk.incident {
      $0.status = .update
      $0.owner = "care"
    }
    #expect(update.decision == .attached && update.caseID == first.caseID)
    #expect(desk.assignment(first.caseID)?.view.owner == "technique")
  }
}
