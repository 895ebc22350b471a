// Owns the guarantees about what a signal is to its subject: known already, of the same group, or new.
import Events
import Testing

@Suite struct TriageTests {
  @Test func theSameSourceAndIdAgainIsADuplicateAndChangesNothing() throws {
    let desk = try Desk()
    let first = desk.feedback { $0.id = "fb-1" }
    let before = desk.state
    let again = desk.feedback { $0.id = "fb-1" }
    #expect(first.decision == .opened)
    #expect(again.decision == .refused && again.code == "duplicate")
    #expect(again.outputs.isEmpty && again.order.isEmpty)
    #expect(desk.state == before)
  }

  @Test func aDuplicateIsJournalledWithItsSubjectAndItsOwnNumber() throws {
    let desk = try Desk()
    desk.feedback { $0.id = "fb-1" }
    let again = desk.feedback { $0.id = "fb-1" }
    #expect(again.subjectKey == DeskNames.key("alice") && !again.sentence.isEmpty)
    #expect(desk.decisions.count == 2)
  }

  @Test func theSameIdOfAnotherSourceIsNoDuplicate() throws {
    let desk = try Desk()
    desk.feedback { $0.id = "fb-1" }
    let other = desk.feedback {
      $0.id = "fb-1"
      $0.source = "call-centre"
    }
    #expect(other.decision == .attached)
  }

  @Test func theSameIdOfAnotherSubjectIsNoDuplicate() throws {
    let desk = try Desk()
    desk.feedback("alice") { $0.id = "fb-1" }
    #expect(desk.feedback("bob") { $0.id = "fb-1" }.decision == .opened)
  }

  @Test func sourceAndIdAreTwoWordsAndNotOne() throws {
    let desk = try Desk()
    desk.feedback {
      $0.source = "survey"
      $0.id = "1-fb"
    }
    let other = desk.feedback {
      $0.source = "survey1"
      $0.id = "-fb"
    }
    #expect(other.decision == .attached)
  }

  @Test func anEventIsADuplicateForAsLongAsTheWindowSays() throws {
    let desk = try Desk(["cases.yaml": "cases: { deduplicate: { window: 2 days } }"])
    desk.feedback { $0.id = "fb-1" }
    desk.advance(by: 2.days)
    #expect(desk.feedback { $0.id = "fb-1" }.code == "duplicate", "the window ends after its last moment")
    desk.advance(by: 1)
    #expect(desk.feedback { $0.id = "fb-1" }.decision == .attached)
  }

  @Test func asManyEventsOfASubjectAreRememberedAsThePolicySays() throws {
    let desk = try Desk(["cases.yaml": "cases: { deduplicate: { at-most: 4 } }"])
    for number in 1...4 { desk.feedback { $0.id = "fb-\(number)" } }
    #expect(desk.feedback { $0.id = "fb-1" }.code == "duplicate", "the oldest of four is remembered")
    #expect(desk.feedback { $0.id = "fb-5" }.decision == .attached)
    #expect(desk.feedback { $0.id = "fb-2" }.code == "duplicate")
    #expect(desk.feedback { $0.id = "fb-1" }.decision == .attached, "the oldest of five is not")
  }

  @Test func anActIsADuplicateLikeAnyOtherEvent() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    desk.act(.acknowledge, on: opened.caseID) { $0.id = "act-1" }
    #expect(desk.act(.acknowledge, on: opened.caseID) { $0.id = "act-1" }.code == "duplicate")
  }

  @Test func aSecondContactAboutTheSameJourneyAndCauseJoinsTheCase() throws {
    let desk = try Desk()
    let first = desk.feedback()
    let second = desk.feedback { $0.touchpoint = "lift" }
    #expect(second.decision == .attached && second.caseID == first.caseID)
    #expect(desk.assignment(first.caseID)?.view.signals == 2)
  }

  @Test func anotherCauseIsAnotherCase() throws {
    let desk = try Desk()
    let first = desk.feedback()
    let second = desk.feedback { $0.owner = "billing" }
    #expect(second.decision == .opened && second.caseID != first.caseID)
  }

  @Test func anotherJourneyIsAnotherCase() throws {
    let desk = try Desk()
    desk.feedback()
    #expect(desk.feedback { $0.journey = "meeting" }.decision == .opened)
  }

  @Test func anotherSubjectIsAnotherCase() throws {
    let desk = try Desk()
    let first = desk.feedback("alice")
    let second = desk.feedback("bob")
    #expect(second.decision == .opened && second.caseID != first.caseID)
  }

  @Test func aPolicyThatGroupsByCauseAloneTakesJourneysTogether() throws {
    let desk = try Desk(["cases.yaml": "cases: { group: { by: [cause] } }"])
    let first = desk.feedback()
    #expect(desk.feedback { $0.journey = "meeting" }.caseID == first.caseID)
    #expect(desk.feedback { $0.owner = "billing" }.decision == .opened)
  }

  @Test func aPolicyThatGroupsByJourneyAloneTakesCausesTogether() throws {
    let desk = try Desk(["cases.yaml": "cases: { group: { by: [journey] } }"])
    let first = desk.feedback()
    #expect(desk.feedback { $0.owner = "billing" }.caseID == first.caseID)
    #expect(desk.feedback { $0.journey = "meeting" }.decision == .opened)
  }

  @Test func aContactAfterTheGroupsWindowOpensACaseOfItsOwn() throws {
    let desk = try Desk(["cases.yaml": "cases: { group: { within: 5 days } }"])
    let first = desk.feedback()
    desk.advance(by: 5.days)
    let joined = desk.feedback()
    #expect(joined.caseID == first.caseID, "the window ends after its last moment")
    desk.advance(by: 5.days + 1)
    let late = desk.feedback()
    #expect(late.decision == .opened && late.caseID != first.caseID)
  }

  @Test func theWindowCountsFromTheLastContactAndNotFromTheFirst() throws {
    let desk = try Desk(["cases.yaml": "cases: { group: { within: 5 days } }"])
    let first = desk.feedback()
    for _ in 1...4 {
      desk.advance(by: 4.days)
      #expect(desk.feedback().caseID == first.caseID)
    }
  }

  @Test func casesOfASubjectAreNumberedFromOneAndNoNumberIsUsedTwice() throws {
    let desk = try Desk()
    let owners = ["technique", "billing", "care", "front-desk"]
    let cases = owners.map { owner in desk.feedback { $0.owner = owner }.caseID }
    #expect(cases == (1...4).map { "\(DeskNames.key("alice"))-\($0)" })
  }

  @Test func aSubjectWithSixtyFourOpenCasesGetsNoFurtherOneAndIsHeardAllTheSame() throws {
    let desk = try Desk()
    for number in 1...64 { #expect(desk.feedback { $0.journey = "journey-\(number)" }.decision == .opened) }
    let beyond = desk.feedback { $0.journey = "journey-65" }
    #expect(beyond.decision == .attached && beyond.code == "cap-open-cases")
    #expect(beyond.caseID == "\(DeskNames.key("alice"))-64", "the latest case takes it")
    #expect(beyond.owner == "technique" && desk.assignments.count == 64)
    #expect(desk.feedback { $0.journey = "journey-1" }.code == "same-group", "what is open goes on")
  }

  @Test func aRemedyIsDeclinedWhereThePolicyLetsNobodySayYes() throws {
    let desk = try Desk()
    let opened = desk.feedback()
    let remedy = desk.remedy("refund", 1_000, on: opened.caseID)
    #expect(remedy.decision == .refused && remedy.code == "no-policy")
    #expect(remedy.answers.map(\.answer) == [.declined] && remedy.claims.isEmpty)
  }
}
