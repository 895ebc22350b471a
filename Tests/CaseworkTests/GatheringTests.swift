// Owns the guarantees about incidents and the feedback that they cause: linked, counted, nobody muted.
import Events
import Testing

@Suite struct GatheringTests {
  private func lift(_ draft: inout SignalDraft) {
    draft.service = "lift"
    draft.entity = "lift-2"
  }

  @Test func aFeedbackThatOpensACaseTellsTheSiteWhereItWasFelt() throws {
    let desk = try Desk()
    let told = desk.feedback { $0.site = "lyon-1" }
    #expect(told.notices.map(\.site) == ["lyon-1"])
    #expect(told.notices.map(\.caseID) == [told.caseID] && told.notices.map(\.owner) == ["technique"])
  }

  @Test func aFeedbackThatIsOnlyNotedTellsNobody() throws {
    let desk = try Desk()
    #expect(desk.feedback { $0.score = 5 }.notices.isEmpty)
  }

  @Test func anIncidentTellsNoSite() throws {
    let desk = try Desk()
    #expect(desk.incident().notices.isEmpty)
  }

  @Test func theOpenIncidentOfTheSameOwnerGathersIt() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    let felt = desk.feedback()
    let gathered = try #require(desk.deliver(felt).first)
    #expect(gathered.decision == .gathered && gathered.caseID == incident.caseID)
    #expect(desk.assignment(incident.caseID)?.view.gathered == 1)
  }

  @Test func theOpenIncidentOfTheServiceThatWasTouchedGathersItWhoeverOwnsIt() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    let felt = desk.feedback {
      $0.owner = "care"
      $0.touchpoint = "lift"
    }
    #expect(desk.deliver(felt).first?.caseID == incident.caseID)
  }

  @Test func ofSeveralOpenIncidentsOfASiteTheOneOfTheSameCauseGathersIt() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    desk.incident {
      $0.service = "payment"
      $0.entity = "terminal-1"
      $0.owner = "care"
    }
    let felt = desk.feedback { $0.owner = "technique" }
    #expect(desk.deliver(felt).first?.caseID == incident.caseID, "though another was reported after it")
  }

  @Test func anIncidentOfAnotherOwnerAndServiceGathersNothing() throws {
    let desk = try Desk()
    desk.incident { lift(&$0) }
    let felt = desk.feedback {
      $0.owner = "billing"
      $0.touchpoint = "invoice"
    }
    let told = try #require(desk.deliver(felt).first)
    #expect(told.decision != .gathered && told.links.isEmpty)
  }

  @Test func anIncidentOfAnotherSiteGathersNothing() throws {
    let desk = try Desk()
    desk.incident("geneva-1") { lift(&$0) }
    let felt = desk.feedback { $0.site = "lyon-1" }
    #expect(desk.deliver(felt).first?.decision != .gathered)
  }

  @Test func theCaseLearnsWhichIncidentGatheredIt() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    let felt = desk.feedback()
    let told = desk.deliver(felt)
    #expect(told.map(\.decision) == [.gathered, .linked])
    #expect(desk.assignment(felt.caseID)?.view.incident == incident.caseID)
  }

  @Test func aLinkMutesNothingOfTheCustomersOwnCase() throws {
    let desk = try Desk()
    desk.incident { lift(&$0) }
    let felt = desk.feedback()
    let before = try #require(desk.assignment(felt.caseID)).view
    desk.deliver(felt)
    let after = try #require(desk.assignment(felt.caseID)).view
    #expect(after.clocks == before.clocks && after.nextRungAt == before.nextRungAt)
    #expect(after.owner == before.owner && after.priority == before.priority && after.status == before.status)
  }

  @Test func anIncidentThatIsReportedLaterGathersWhatWasFeltBefore() throws {
    let desk = try Desk()
    let felt = desk.feedback()
    let kept = try #require(desk.deliver(felt).first)
    #expect(kept.links.isEmpty)
    desk.advance(by: 20.minutes)
    let incident = desk.incident { lift(&$0) }
    #expect(incident.decision == .opened && incident.links.map(\.caseID) == [felt.caseID])
    desk.deliver(incident)
    #expect(desk.assignment(felt.caseID)?.view.incident == incident.caseID)
    #expect(desk.assignment(incident.caseID)?.view.gathered == 1)
  }

  @Test func whatWasFeltLongBeforeTheIncidentIsNotGathered() throws {
    let desk = try Desk(["cases.yaml": "cases: { gather: { within: 15m } }"])
    desk.deliver(desk.feedback())
    desk.advance(by: 16.minutes)
    #expect(desk.incident { lift(&$0) }.links.isEmpty)
  }

  @Test func aSecondContactOfAGatheredCaseIsGatheredOnce() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    desk.deliver(desk.feedback())
    desk.deliver(desk.feedback())
    #expect(desk.assignment(incident.caseID)?.view.gathered == 1)
  }

  @Test func moreThanThirtyTwoGatheredCasesAreCountedThoughNotListed() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    for number in 1...40 { desk.deliver(desk.feedback("guest-\(number)")) }
    #expect(desk.assignment(incident.caseID)?.view.gathered == 40)
  }

  @Test func anIncidentThatIsOverGathersNothingMore() throws {
    let desk = try Desk()
    desk.incident { lift(&$0) }
    desk.incident {
      lift(&$0)
      $0.status = .resolved
    }
    #expect(desk.deliver(desk.feedback()).first?.decision != .gathered)
  }

  @Test func aResolvedThatComesBeforeItsOpenIsParkedAndClosesItWhenItArrives() throws {
    let desk = try Desk()
    let early = desk.incident {
      lift(&$0)
      $0.status = .resolved
      $0.at = monday + 5.minutes
    }
    #expect(early.decision != .closed && early.decision != .opened)
    desk.advance(by: 10.minutes)
    let late = desk.incident {
      lift(&$0)
      $0.at = monday
    }
    #expect(late.decision == .closed || late.decision == .opened)
    #expect(desk.assignment(late.caseID)?.view.status == .closed)
    #expect(desk.assignment(late.caseID)?.view.evidence == "monitor")
  }

  @Test func anIncidentThatOpensAfterAnEarlierResolutionStaysOpen() throws {
    let desk = try Desk()
    desk.incident {
      lift(&$0)
      $0.status = .resolved
      $0.at = monday
    }
    desk.advance(by: 10.minutes)
    let later = desk.incident {
      lift(&$0)
      $0.at = monday + 9.minutes
    }
    #expect(later.decision == .opened && desk.assignment(later.caseID)?.view.status == .assigned)
  }

  @Test func anIncidentThatComesBackGathersWhatWasFeltBeforeItWasReported() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    desk.advance(by: 1.hours)
    desk.incident {
      lift(&$0)
      $0.status = .resolved
    }
    desk.advance(by: 1.days)
    let felt = desk.feedback()
    desk.deliver(felt)
    let again = desk.incident { lift(&$0) }
    #expect(again.decision == .reopened && again.caseID == incident.caseID)
    #expect(again.links.map(\.caseID) == [felt.caseID])
    #expect(again.assignment?.view.gathered == 1)
  }

  @Test func anIncidentThatComesBackIsClosedByAnEndThatWasHeardBeforeIt() throws {
    let desk = try Desk()
    desk.incident { lift(&$0) }
    desk.incident {
      lift(&$0)
      $0.status = .resolved
    }
    desk.advance(by: 1.days)
    desk.incident {
      lift(&$0)
      $0.status = .resolved
      $0.at = desk.now
    }
    let late = desk.incident {
      lift(&$0)
      $0.at = desk.now - 5.minutes
    }
    #expect(desk.assignment(late.caseID)?.view.status == .closed)
    #expect(desk.assignment(late.caseID)?.view.evidence == "monitor")
  }

  @Test func anUpdateFromBeforeTheEndOpensNothingAgain() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    desk.advance(by: 1.hours)
    desk.incident {
      lift(&$0)
      $0.status = .resolved
    }
    let late = desk.incident {
      lift(&$0)
      $0.status = .update
      $0.at = monday + 30.minutes
    }
    #expect(late.decision == .refused && late.code == "already-closed")
    #expect(desk.assignment(incident.caseID)?.view.status == .closed)
  }

  @Test func anUpdateFromAfterTheEndOpensItAgain() throws {
    let desk = try Desk()
    let incident = desk.incident { lift(&$0) }
    desk.incident {
      lift(&$0)
      $0.status = .resolved
    }
    desk.advance(by: 1.hours)
    let again = desk.incident {
      lift(&$0)
      $0.status = .update
    }
    #expect(again.decision == .reopened && again.caseID == incident.caseID)
  }

  @Test func aParkedResolutionIsForgottenAfterAnHour() throws {
    let desk = try Desk()
    desk.incident {
      lift(&$0)
      $0.status = .resolved
      $0.at = monday + 5.minutes
    }
    desk.advance(by: 1.hours + 1.minutes)
    let late = desk.incident {
      lift(&$0)
      $0.at = monday
    }
    #expect(desk.assignment(late.caseID)?.view.status == .assigned)
  }

  @Test func aLinkToACaseThatIsGoneIsAJournalledNo() throws {
    let desk = try Desk()
    let told = desk.link(to: "\(DeskNames.key("alice"))-7", incident: "\(DeskNames.key("lyon-1", "s"))-1")
    #expect(told.decision == .refused && told.code == "unknown-case")
  }

  @Test func moreThanSixteenNoticesOfASiteWaitForNoIncident() throws {
    let desk = try Desk()
    for number in 1...20 { desk.deliver(desk.feedback("guest-\(number)")) }
    let incident = desk.incident { lift(&$0) }
    #expect(incident.links.count <= 16 && !incident.links.isEmpty)
  }
}
