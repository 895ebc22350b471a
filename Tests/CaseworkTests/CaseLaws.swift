// Owns the laws that hold whatever happens: over random lives of guests, sites, people who act, and time.
import Events
import Streams
import Testing

@Suite struct CaseLaws {
  private static let steps = 120
  /// What a desk of values keeps.
  private func kept(_ desk: Desk) throws -> DeskCasework { try #require(desk.kept) }

  private func live(_ seed: UInt64, _ check: (Desk, [Told]) throws -> Void) throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    var life = RandomLife(seed: seed)
    for _ in 0..<Self.steps {
      let told = life.step(desk)
      try check(desk, told)
    }
  }

  @Test(arguments: 0..<24)
  func everySignalAndEveryTimerHasExactlyOneJournalRecord(seed: UInt64) throws {
    try live(seed) { desk, _ in #expect(desk.decisions.count == desk.heard + desk.fired) }
  }

  @Test(arguments: 0..<24)
  func everyDecisionHasACodeAndASentence(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        #expect(!one.code.isEmpty && !one.sentence.isEmpty, "\(one.decision)")
        #expect(one.code.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(one.code)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func everyCaseThatIsAnsweredForHasExactlyOneOwnerThatIsNoSubcontractor(seed: UInt64) throws {
    try live(seed) { desk, _ in
      for (caseID, assignment) in desk.assignments {
        #expect(!assignment.view.owner.isEmpty && assignment.view.owner != "lift-service", "\(caseID)")
        #expect(
          assignment.view.status != .withdrawn, "the last word on a case is never that it was taken away")
      }
    }
  }

  @Test(arguments: 0..<24)
  func aSignalThatIsNotRefusedNamesItsOwner(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told where one.kind == .feedback || one.kind == .incident {
        #expect(!one.owner.isEmpty, "\(one.decision) \(one.code)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func aRefusalPublishesNothingButTheAnswerToARemedy(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told where one.isRefused {
        #expect(one.order == (one.kind == .remedy ? ["answer"] : []), "\(one.code)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func aDuplicateChangesNothing(seed: UInt64) throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    var life = RandomLife(seed: seed)
    for step in 0..<Self.steps {
      let told = life.step(desk)
      guard step.isMultiple(of: 10), told.count == 1, told[0].kind == .feedback else { continue }
      let before = desk.state
      #expect(life.sendAgain(desk).map(\.code) == ["duplicate"])
      #expect(desk.state == before)
    }
  }

  @Test(arguments: 0..<24)
  func thePriorityOfACaseNeverFallsWhileItIsOpen(seed: UInt64) throws {
    var last: [String: Priority] = [:]
    try live(seed) { _, told in
      for assignment in told.flatMap(\.assignments) {
        let view = assignment.view
        if let before = last[view.caseID] { #expect(view.priority <= before, "\(view.caseID)") }
        last[view.caseID] = view.status == .closed ? nil : view.priority
      }
      for caseID in told.flatMap(\.tombstones) { last[caseID] = nil }
    }
  }

  @Test(arguments: 0..<24)
  func noClockThatRunsMovesLaterByAContact(seed: UInt64) throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    var life = RandomLife(seed: seed)
    for _ in 0..<Self.steps {
      let before = desk.assignments
      for one in life.step(desk) where one.decision == .attached {
        guard let old = before[one.caseID]?.view, let new = desk.assignment(one.caseID)?.view else {
          continue
        }
        for kind in [ClockKind.acknowledge, .respond, .resolve] {
          guard old.state(kind) == .running, new.state(kind) == .running,
            let was = old.due(kind), let due = new.due(kind)
          else { continue }
          #expect(due <= was, "\(one.caseID) \(kind)")
        }
      }
    }
  }

  @Test(arguments: 0..<24)
  func revisionsAndEscalationsOfACaseAreNumberedWithoutAGap(seed: UInt64) throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    var life = RandomLife(seed: seed)
    var revisions: [String: Int64] = [:]
    for _ in 0..<Self.steps {
      for one in life.step(desk) {
        for assignment in one.assignments {
          let caseID = assignment.view.caseID
          #expect(assignment.revision == (revisions[caseID] ?? 0) + 1, "\(assignment.id)")
          #expect(assignment.id == "\(caseID)-a\(assignment.revision)")
          revisions[caseID] = assignment.revision
        }
        for caseID in one.tombstones { revisions[caseID] = nil }
      }
    }
  }

  @Test(arguments: 0..<24)
  func noIdIsPublishedTwice(seed: UInt64) throws {
    var seen: Set<String> = []
    try live(seed) { _, told in
      for id in told.flatMap({ $0.assignments.map(\.id) + $0.escalations.map(\.id) }) {
        #expect(seen.insert(id).inserted, "\(id)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func noCaseIdEverNamesTwoCases(seed: UInt64) throws {
    var seen: Set<String> = []
    try live(seed) { _, told in
      for one in told where one.decision == .opened { #expect(seen.insert(one.caseID).inserted) }
    }
  }

  @Test(arguments: 0..<24)
  func noRungFiresTwiceUnlessItWasTakenBackOrTheCaseOpenedAgain(seed: UInt64) throws {
    var standing: [String: [Int32: String]] = [:]
    try live(seed) { _, told in
      for one in told {
        if one.decision == .reopened || one.decision == .erased || one.code == "unverified" {
          standing = standing.filter { !$0.key.hasPrefix(one.caseID.isEmpty ? one.subjectKey : one.caseID) }
        }
        for escalation in one.escalations where escalation.code != "repeated" {
          let caseID = escalation.view.caseID
          if escalation.kind == .retraction {
            standing[caseID, default: [:]] = standing[caseID, default: [:]].filter {
              $0.value != escalation.retracts
            }
          }
          guard escalation.kind == .rung else { continue }
          let before = standing[caseID, default: [:]].updateValue(escalation.id, forKey: escalation.rung)
          #expect(before == nil, "\(escalation.id) tells rung \(escalation.rung) again")
        }
      }
    }
  }

  @Test(arguments: 0..<24)
  func theJournalNamesWhatADecisionPublished(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        let published = one.assignments.map(\.id) + one.escalations.map(\.id) + one.answers.map(\.id)
        #expect(Set(one.outputs) == Set(published), "\(one.code)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func aScoreIsTheSumOfItsContributionsWithinItsBounds(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        guard let score = one.score, !one.contributions.isEmpty else { continue }
        let sum = one.contributions.compactMap { Int32($0.split(separator: " ").last ?? "") }.reduce(0, +)
        #expect(score == min(max(sum, 0), 100), "\(one.contributions)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func onceWhatIsDueHasFiredNoTimerIsInThePast(seed: UInt64) throws {
    try live(seed) { desk, _ in
      desk.advance(by: 0)
      for (key, due) in desk.timers { #expect(due > desk.now, "\(key)") }
    }
  }

  @Test(arguments: 0..<24)
  func everyOpenCaseHasAMomentAtWhichItIsLookedAtAgain(seed: UInt64) throws {
    try live(seed) { desk, _ in
      for (caseID, assignment) in desk.assignments where assignment.view.status != .closed {
        #expect(desk.hasTimer(caseID) || assignment.view.nextRungAt == 0, "\(caseID)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func aSubjectsAccountAgreesWithItsCases(seed: UInt64) throws {
    try live(seed) { desk, _ in
      let cases = try kept(desk).everyCase
      var known = 0
      for (key, account) in try kept(desk).everySubject {
        for entry in account.cases {
          let item = try #require(cases["\(key)-\(entry.number)"])
          #expect(item.phase == entry.phase && item.group == entry.group && item.kind == entry.kind)
          #expect(entry.number < account.nextCase)
        }
        known += account.cases.count
      }
      #expect(known == cases.count)
    }
  }

  @Test(arguments: 0..<24)
  func anOwnersDebtIsWhatIsPutOffOfItsCases(seed: UInt64) throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    var life = RandomLife(seed: seed)
    for _ in 0..<Self.steps {
      _ = life.step(desk)
      let kept = try kept(desk)
      let putOff = kept.everyCase.values.filter { $0.deferral != .none }
      let debts = Dictionary(grouping: putOff) { $0.owner.string }.mapValues { Int32($0.count) }
      for (owner, account) in kept.everyOwner where !owner.isEmpty {
        #expect(account.deferredNow == debts[owner, default: 0], "\(owner)")
      }
      #expect(debts.keys.allSatisfy { kept.everyOwner[$0] != nil })
    }
  }

  @Test(arguments: 0..<24)
  func whatAnAssignmentShowsIsHowTheCaseStands(seed: UInt64) throws {
    try live(seed) { desk, _ in
      for (caseID, item) in try kept(desk).everyCase {
        let view = try #require(desk.assignment(caseID)).view
        #expect(view.owner == item.owner.string && view.priority == item.priority, "\(caseID)")
        #expect(view.gathered == item.gathered && view.edges == item.edges, "\(caseID)")
        #expect((view.status == .closed) == (item.phase == .closed), "\(caseID)")
        #expect((view.status == .resolved) == (item.phase == .resolved), "\(caseID)")
      }
    }
  }

  @Test(arguments: 0..<20)
  func decidingIsDeterministic(seed: UInt64) throws {
    func transcript() throws -> [String] {
      var lines: [String] = []
      try live(seed) { _, told in lines += told.map { "\($0)" } }
      return lines
    }
    #expect(try transcript() == transcript())
  }

  @Test(arguments: 0..<20)
  func noSentenceHoldsASubjectsKey(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        let sentences = [one.sentence] + one.assignments.map(\.sentence) + one.escalations.map(\.sentence)
        for name in ["alice", "bob", "carol"] {
          #expect(sentences.allSatisfy { !$0.contains(DeskNames.key(name)) }, "\(one.code)")
        }
      }
    }
  }

  @Test func thePoliciesThatFollowAreSound() { #expect(LivelyPolicy.successors.count == 3) }

  /// Laws over lives in which nothing happens would say nothing.
  @Test func theseLivesMeetEveryDecisionAndEveryKindOfEscalation() throws {
    var decisions: Set<JournalRecord.Decision> = []
    var escalations: Set<Escalation.Kind> = []
    for seed in 0..<40 {
      try live(UInt64(seed)) { _, told in
        decisions.formUnion(told.map(\.decision))
        escalations.formUnion(told.flatMap(\.escalations).map(\.kind))
      }
    }
    #expect(Set(JournalRecord.Decision.allCases).subtracting(decisions).isSubset(of: [.rearmed]))
    #expect(Set(Escalation.Kind.allCases).subtracting(escalations) == [])
  }
}
