// Owns the laws of clocks, deferrals and escalations: over random lives of guests, people who act, holds and time.
import Events
import Streams
import Testing

@testable import Casework

@Suite struct EscalationLaws {
  private static let steps = 120
  /// How long the policy lets things be put off, by the code that says why; holds are as long as a random life makes them.
  private static let bounds: [String: Int64] = ["snoozed": 3.days, "silenced": 7.days, "held": 2.days]
  private static let policy = Result {
    try CaseworkSample([
      "ladders.yaml": Desk.ladder + "\n    repeat: { every: 12h, at-most: 2 }",
      "cases.yaml": "cases: { limit: { escalations: 6, per: 1h }, leases: { ownership: 5 days } }",
    ]).compiled()
  }

  private func live(_ seed: UInt64, pace: Int64? = nil, _ check: (Desk, [Told]) throws -> Void) throws -> Desk
  {
    let desk = Desk(try Self.policy.get())
    desk.pace = pace
    var life = RandomLife(seed: seed, changesPolicy: false)
    for _ in 0..<Self.steps { try check(desk, life.step(desk)) }
    return desk
  }

  private func clocks(_ item: Case) -> [Clock] {
    [item.clocks.acknowledge, item.clocks.respond, item.clocks.resolve]
  }

  /// Whoever reads only the journal learns of everything that a timer led to, and why.
  @Test(arguments: 0..<40)
  func theJournalNamesTheReasonOfEveryEscalationOfATimerAndTellsNothingTwice(seed: UInt64) throws {
    var several = 0
    _ = try live(seed) { _, told in
      for one in told {
        let reasons = one.earlier + ["\(one.decision) \(one.code)"]
        #expect(zip(reasons, reasons.dropFirst()).allSatisfy { $0 != $1 }, "\(reasons)")
        if !one.earlier.isEmpty { several += 1 }
        guard one.kind == nil else { continue }
        for escalation in one.escalations where escalation.kind != .digest {
          #expect(
            reasons.contains { $0.hasSuffix(" \(escalation.code)") },
            "\(escalation.kind) \(escalation.code) is not among \(reasons)")
        }
      }
    }
    #expect(several > 0)
  }

  @Test(arguments: 0..<40)
  func noActMakesAClockThatRunsLater(seed: UInt64) throws {
    var before: [String: Case] = [:]
    _ = try live(seed) { desk, told in
      let after = desk.kept?.everyCase ?? [:]
      for one in told where told.count == 1 && one.kind == .caseUpdate && one.decision != .reopened {
        guard let old = before[one.caseID], let new = after[one.caseID] else { continue }
        for (was, now) in zip(clocks(old), clocks(new)) where was.state == .running && now.state == .running {
          #expect(now.due <= was.due, "\(one.caseID) \(one.code)")
        }
      }
      before = after
    }
  }

  @Test(arguments: 0..<40)
  func aClockThatRestedGoesOnWithExactlyWhatWasLeftAndIsNeverDueAtOnce(seed: UInt64) throws {
    var before: [String: Case] = [:]
    _ = try live(seed) { desk, told in
      let after = desk.kept?.everyCase ?? [:]
      for (caseID, new) in after {
        guard let old = before[caseID], let one = told.last(where: { $0.caseID == caseID }), told.count == 1
        else { continue }
        for (was, now) in zip(clocks(old), clocks(new)) {
          if was.state == .running, now.state == .paused {
            #expect(now.remaining == max(0, was.due - one.at), "\(caseID)")
          }
          guard was.state == .paused, now.state == .running, old.priority == new.priority,
            one.decision != .reopened
          else { continue }
          #expect(now.due == one.at + max(1, was.remaining) && now.due > one.at, "\(caseID)")
        }
      }
      before = after
    }
  }

  @Test(arguments: 0..<40)
  func noRungIsToldForWantOfWhatWasDone(seed: UInt64) throws {
    _ = try live(seed) { _, told in
      for escalation in told.escalations(.rung) {
        switch escalation.unless {
        case "acknowledged": #expect(escalation.view.status != .acknowledged, "\(escalation.id)")
        case "responded": #expect(escalation.view.state(.respond) != .met, "\(escalation.id)")
        default: #expect(![.resolved, .closed].contains(escalation.view.status), "\(escalation.id)")
        }
        #expect(escalation.due + Desk.grace <= told.last?.at ?? 0, "\(escalation.id)")
      }
    }
  }

  @Test(arguments: 0..<40)
  func aLadderIsExhaustedOnceUntilItsCaseOpensAgain(seed: UInt64) throws {
    var exhausted: Set<String> = []
    _ = try live(seed) { _, told in
      for one in told {
        if one.decision == .erased { exhausted = exhausted.filter { !$0.hasPrefix(one.subjectKey) } }
        if one.decision == .reopened || one.escalations.contains(where: { $0.kind == .unverified }) {
          exhausted.remove(one.caseID)
        }
        for escalation in one.escalations where escalation.kind == .ladderExhausted {
          #expect(exhausted.insert(escalation.view.caseID).inserted, "\(escalation.id)")
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func onlyWhatWasPublishedAndStillStandsIsTakenBack(seed: UInt64) throws {
    var standing: Set<String> = []
    _ = try live(seed) { _, told in
      for escalation in told.escalations {
        if escalation.kind == .retraction {
          #expect(standing.remove(escalation.retracts) != nil, "\(escalation.retracts)")
        } else if [.rung, .silence, .promiseBroken].contains(escalation.kind) {
          standing.insert(escalation.id)
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func whatIsPutOffIsPutOffForNoLongerThanThePolicyAllows(seed: UInt64) throws {
    _ = try live(seed) { _, told in
      for one in told {
        for escalation in one.escalations where escalation.kind == .deferred {
          let longest = Self.bounds[escalation.code] ?? 0
          #expect(escalation.wakeAt > one.at && escalation.wakeAt - one.at <= longest, "\(escalation.code)")
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func betweenTwoThingsThatAreDoneForItACaseIsPutOffForNoLongerThanThePolicyAllows(seed: UInt64) throws {
    var spent: [String: Int64] = [:]
    var before: Int64 = 0
    let desk = Desk(try Self.policy.get())
    var life = RandomLife(seed: seed, changesPolicy: false)
    for _ in 0..<Self.steps {
      let told = life.step(desk)
      for one in told where [.acted, .closed, .reopened].contains(one.decision) { spent[one.caseID] = nil }
      for (caseID, item) in desk.kept?.everyCase ?? [:] {
        guard item.deferral == .snoozed || item.deferral == .silenced else { continue }
        spent[caseID, default: 0] += desk.now - max(before, item.deferredFrom)
        #expect(spent[caseID] ?? 0 <= 7.days, "\(caseID)")
      }
      before = desk.now
    }
  }

  @Test(arguments: 0..<40)
  func noOwnershipLapsesMoreOftenThanTheLadderRepeatsUntilSomebodyMoves(seed: UInt64) throws {
    var lapses: [String: Int] = [:]
    _ = try live(seed) { _, told in
      for one in told {
        if [.acted, .reopened, .closed].contains(one.decision) || one.code == "unverified" {
          lapses[one.caseID] = nil
        }
        for escalation in one.escalations where escalation.kind == .ownershipLapsed {
          lapses[escalation.view.caseID, default: 0] += 1
          #expect(lapses[escalation.view.caseID] ?? 0 <= 3, "\(escalation.id)")
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func whenEveryDeferralHasEndedThereIsNoDebt(seed: UInt64) throws {
    let desk = try live(seed) { _, _ in }
    desk.advance(by: 30.days)
    for (owner, account) in desk.kept?.everyOwner ?? [:] { #expect(account.deferredNow == 0, "\(owner)") }
  }

  @Test(arguments: 0..<24)
  func lookingAtEveryCaseAllTheTimeTellsNothingThatItsOwnMomentsDoNot(seed: UInt64) throws {
    func story(_ pace: Int64?) throws -> [String] {
      var story: [String] = []
      _ = try live(seed, pace: pace) { _, told in
        for one in told { story += one.escalations.map { "\($0.id) \($0.kind) \($0.rung) \(one.at)" } }
      }
      return story
    }
    #expect(try story(nil) == story(47.minutes))
  }

  @Test(arguments: 0..<24)
  func aCaseIsLookedAtOnlyWhenSomethingIsDue(seed: UInt64) throws {
    _ = try live(seed) { desk, told in
      // A release wakes what it held, also what is not held any more.
      let released: Set<Int64> = Set(desk.decisions.filter { $0.kind == .hold }.map { $0.at })
      let idle = told.filter { $0.code == "nothing-due" && !released.contains($0.due ?? 0) }
      #expect(idle.allSatisfy { $0.caseID.isEmpty }, "\(idle.map(\.caseID))")
    }
  }
}
