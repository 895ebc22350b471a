// Owns the laws that hold whatever happens: over random lives of guests, sites, people who act, and time.
import Events
import Streams
import Testing

@Suite struct CaseLaws {
  private static let steps = 120

  private func live(_ seed: UInt64, _ check: (Desk, [Told]) throws -> Void) throws {
    let desk = try Desk()
    var life = RandomLife(seed: seed)
    for _ in 0..<Self.steps {
      let told = life.step(desk)
      try check(desk, told)
    }
  }

  @Test(arguments: 0..<40)
  func everySignalAndEveryTimerHasExactlyOneJournalRecord(seed: UInt64) throws {
    try live(seed) { desk, _ in #expect(desk.decisions.count == desk.heard + desk.fired) }
  }

  @Test(arguments: 0..<40)
  func everyDecisionHasACodeAndASentence(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        #expect(!one.code.isEmpty && !one.sentence.isEmpty, "\(one.decision)")
        #expect(one.code.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(one.code)")
      }
    }
  }

  @Test(arguments: 0..<40)
  func everyCaseThatIsAnsweredForHasExactlyOneOwnerThatIsNoSubcontractor(seed: UInt64) throws {
    try live(seed) { desk, _ in
      for (caseID, assignment) in desk.assignments {
        #expect(!assignment.view.owner.isEmpty && assignment.view.owner != "lift-service", "\(caseID)")
        #expect(
          assignment.view.status != .withdrawn, "the last word on a case is never that it was taken away")
      }
    }
  }

  @Test(arguments: 0..<40)
  func aSignalThatIsNotRefusedNamesItsOwner(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told where one.kind == .feedback || one.kind == .incident {
        #expect(!one.owner.isEmpty, "\(one.decision) \(one.code)")
      }
    }
  }

  @Test(arguments: 0..<40)
  func aRefusalPublishesNothing(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told where one.isRefused { #expect(one.order.isEmpty, "\(one.code)") }
    }
  }

  @Test(arguments: 0..<40)
  func aDuplicateChangesNothing(seed: UInt64) throws {
    let desk = try Desk()
    var life = RandomLife(seed: seed)
    for _ in 0..<Self.steps {
      let before = desk.state
      let told = life.step(desk)
      guard told.count == 1, told[0].code == "duplicate" else { continue }
      #expect(desk.state == before)
    }
  }

  @Test(arguments: 0..<40)
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

  @Test(arguments: 0..<40)
  func noClockThatRunsMovesLaterByAContact(seed: UInt64) throws {
    let desk = try Desk()
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

  @Test(arguments: 0..<40)
  func revisionsAndEscalationsOfACaseAreNumberedWithoutAGap(seed: UInt64) throws {
    let desk = try Desk()
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

  @Test(arguments: 0..<40)
  func noIdIsPublishedTwice(seed: UInt64) throws {
    var seen: Set<String> = []
    try live(seed) { _, told in
      for one in told where one.decision != .erased {
        for id in one.assignments.map(\.id) + one.escalations.map(\.id) {
          #expect(seen.insert(id).inserted || one.tombstones.contains { id.hasPrefix($0) }, "\(id)")
        }
      }
      // A subject that was erased begins anew, with the first numbers.
      for one in told where one.decision == .erased || one.decision == .expired {
        seen = seen.filter { !$0.hasPrefix(one.subjectKey) }
      }
    }
  }

  @Test(arguments: 0..<40)
  func theJournalNamesWhatADecisionPublished(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        #expect(Set(one.outputs) == Set(one.assignments.map(\.id) + one.escalations.map(\.id)), "\(one.code)")
      }
    }
  }

  @Test(arguments: 0..<40)
  func aScoreIsTheSumOfItsContributionsWithinItsBounds(seed: UInt64) throws {
    try live(seed) { _, told in
      for one in told {
        guard let score = one.score, !one.contributions.isEmpty else { continue }
        let sum = one.contributions.compactMap { Int32($0.split(separator: " ").last ?? "") }.reduce(0, +)
        #expect(score == min(max(sum, 0), 100), "\(one.contributions)")
      }
    }
  }

  @Test(arguments: 0..<40)
  func noTimerOfACaseThatRestsIsInThePast(seed: UInt64) throws {
    try live(seed) { desk, _ in
      for (key, due) in desk.timers { #expect(due > desk.now, "\(key)") }
    }
  }

  @Test(arguments: 0..<40)
  func everyOpenCaseHasAMomentAtWhichItIsLookedAtAgain(seed: UInt64) throws {
    try live(seed) { desk, _ in
      for (caseID, assignment) in desk.assignments where assignment.view.status != .closed {
        #expect(desk.hasTimer(caseID) || assignment.view.nextRungAt == 0, "\(caseID)")
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
}
