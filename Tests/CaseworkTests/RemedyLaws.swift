// Owns the laws of remedies in cases: over random lives in which budgets give every answer that they can.
import Events
import Testing

@testable import Casework

@Suite struct RemedyLaws {
  private struct Step {
    let desk: Desk
    let told: Told
    /// The answer that was told to a case in this step; nil for anything else.
    let answer: BudgetAnswer?
    /// Before this step, and after it.
    let before: DeskCasework
    let kept: DeskCasework
    /// What was known before this step, and after it.
    let known: RemedyBook
    let book: RemedyBook
  }

  /// Each decision of a life, in steps of one where an answer or a remedy is heard.
  private func live(_ seed: UInt64, _ check: (Step) throws -> Void) throws {
    let desk = Desk(try LivelyPolicy.compiled.get())
    var (life, book) = (RandomLife(seed: seed), RemedyBook())
    for _ in 0..<200 {
      let before = try #require(desk.kept)
      let told = life.step(desk)
      let kept = try #require(desk.kept)
      for one in told {
        let answer = one.kind == .answer ? life.lastAnswer : nil
        let known = book
        book.hear(one, answer, at: desk.now)
        try check(
          Step(desk: desk, told: one, answer: answer, before: before, kept: kept, known: known, book: book))
      }
    }
  }

  @Test(arguments: 0..<24)
  func theRemediesOfACaseAgreeWithTheLastAnswerToldAboutEach(seed: UInt64) throws {
    try live(seed) { step in
      for (caseID, item) in step.kept.everyCase {
        for remedy in item.remedies {
          let known = try #require(step.book.entries["\(caseID)-r\(remedy.number)"])
          #expect("\(remedy.state)" == known.state && remedy.amount == known.amount, "\(caseID)")
        }
      }
      guard let answer = step.answer, !step.told.isRefused, answer.answer != .refused else { return }
      let shown = try #require(step.told.assignment).view.remedies.first { $0.claim == answer.claim }
      let known = try #require(step.book.entries[answer.claim])
      #expect(shown?.state == known.state && shown?.amount == known.amount, "\(answer.claim)")
    }
  }

  @Test(arguments: 0..<24)
  func anApprovalClosesItsCaseWhereThePolicySaysSoAndNoOtherAnswerDoes(seed: UInt64) throws {
    try live(seed) { step in
      guard let answer = step.answer, !step.told.isRefused else { return }
      let (was, phase) = (
        step.before.everyCase[answer.caseID]?.phase, step.kept.everyCase[answer.caseID]?.phase
      )
      guard answer.answer == .approved, answer.action == "replace" else {
        // An approval may take a case on; that does not change its phase.
        return #expect(phase == was)
      }
      #expect(phase == .closed)
      #expect(was == .closed || step.told.decision == .closed && step.told.code == "remedy")
      #expect(step.told.assignment?.view.status == .closed)
    }
  }

  @Test(arguments: 0..<24)
  func aNoChangesNothingButTheEntry(seed: UInt64) throws {
    try live(seed) { step in
      guard let answer = step.answer else { return }
      switch answer.answer {
      case .refused: #expect(step.before.described == step.kept.described)
      case .declined, .cancelled, .expired:
        #expect(rest(of: step.before) == rest(of: step.kept), "\(answer)")
      case .approved, .referred, .settled, .returned, .lapsed: break
      }
    }
  }

  /// All that is kept but remedies, what a subject was given, and the number of the case's latest assignment.
  private func rest(of kept: DeskCasework) -> [String] {
    kept.described.filter { line in
      !["remedies ", "given ", "revision "].contains { line.hasPrefix($0) }
    }
  }

  @Test(arguments: 0..<40)
  func noCaseAndNoSubjectIsEverPromisedMoreThanItsLimit(seed: UInt64) throws {
    try live(seed) { step in
      for claim in step.told.claims where claim.kind == .request {
        let (ofCase, ofSubject) = (
          step.book.given(toCase: claim.caseID, of: ["refund", "gift"]),
          step.book.given(to: step.told.subjectKey, after: step.desk.now - 20.days)
        )
        #expect(ofCase <= 30_000 || claim.action == "replace", "\(claim.claim)")
        #expect(ofSubject <= 40_000, "\(claim.claim)")
      }
    }
  }

  @Test(arguments: 0..<24)
  func whatASubjectWasGivenIsWhatItsCasesSay(seed: UInt64) throws {
    try live(seed) { step in
      for (key, account) in step.kept.everySubject {
        for given in account.given {
          guard let item = step.kept.everyCase["\(key)-\(given.caseNumber)"] else { continue }
          let entry = try #require(item.remedies.first { $0.number == given.number })
          #expect(entry.state.counts && entry.amount == given.amount && entry.state.isOpen == given.isOpen)
        }
        let old = step.desk.now - 20.days
        for (caseID, item) in step.kept.everyCase where caseID.hasPrefix("\(key)-") {
          for entry in item.remedies where entry.state.counts && (entry.state.isOpen || entry.at > old) {
            #expect(
              account.given.contains { $0.caseNumber == item.id.number && $0.number == entry.number },
              "\(caseID)-r\(entry.number)")
          }
        }
      }
    }
  }

  /// A NO to a request names why, and only what may be asked of budgets is.
  @Test(arguments: 0..<24)
  func everyRemedyIsAskedOfItsBudgetsOrAnsweredAtOnce(seed: UInt64) throws {
    try live(seed) { step in
      guard step.told.kind == .remedy else { return }
      #expect(step.told.claims.count(where: { $0.kind == .request }) + step.told.answers.count == 1)
      #expect(step.told.isRefused == !step.told.answers.isEmpty)
    }
  }

  /// Nothing is paid twice for a request that is made twice, and nobody waits for an answer that will not come.
  @Test(arguments: 0..<40)
  func whatIsAskedTwiceIsAskedOfBudgetsAgainExactlyWhereTheFirstAnswerStandsNoMore(seed: UInt64) throws {
    try live(seed) { step in
      func first(_ caseID: String, _ action: String, _ amount: Int64, _ currency: String, _ by: String)
        -> Bool
      {
        step.known.entries.values.contains {
          $0.caseID == caseID && $0.action == action && $0.asked == amount && $0.currency == currency
            && $0.requester == by && $0.stands(at: step.desk.now)
        }
      }
      for claim in step.told.claims where claim.kind == .request {
        #expect(
          !first(claim.caseID, claim.action, claim.amount, claim.currency, claim.actor), "\(claim.claim)")
      }
      guard step.told.kind == .remedy, step.told.code == "same-request" else { return }
      let answer = try #require(step.told.answers.first)
      let entry = try #require(step.known.entries[answer.claim])
      #expect(entry.stands(at: step.desk.now), "\(answer.claim) is \(entry.state)")
    }
  }

  /// What a consumer may rely on: the numbers of a case have gaps on `claims`, and none on `delegations`.
  @Test(arguments: 0..<24)
  func everyNumberOfACasesRemediesIsOnClaimsOrDeclinedInItsTurn(seed: UInt64) throws {
    var last: [String: Int] = [:]
    var declined = 0
    try live(seed) { step in
      guard step.told.kind == .remedy, step.told.code != "same-request" else { return }
      let ids = step.told.claims.filter { $0.kind == .request }.map(\.claim) + step.told.answers.map(\.claim)
      for id in ids {
        guard let mark = id.range(of: "-r", options: .backwards), let number = Int(id[mark.upperBound...])
        else {
          // What has no case bears its signal's id.
          continue
        }
        let caseID = String(id[..<mark.lowerBound])
        #expect(number == last[caseID, default: 0] + 1, "\(id)")
        last[caseID] = number
        if !step.told.answers.isEmpty { declined += 1 }
      }
    }
    #expect(!last.isEmpty && declined > 0)
  }

  @Test func theseLivesMeetEveryAnswerAndEveryReasonForANo() throws {
    var (answers, codes): (Set<Delegation.Answer>, Set<String>) = ([], [])
    var (closed, again) = (false, Set<String>())
    for seed in 0..<40 {
      try live(UInt64(seed)) { step in
        for claim in step.told.claims where claim.kind == .request {
          let same = step.known.entries.values.filter {
            $0.caseID == claim.caseID && $0.action == claim.action && $0.asked == claim.amount
              && $0.requester == claim.actor && $0.currency == claim.currency
              && $0.at > step.desk.now - 10.minutes
          }
          again.formUnion(same.map { $0.state == "declined" ? $0.code : $0.state })
        }
        if let answer = step.answer, !step.told.isRefused { answers.insert(answer.answer) }
        if step.told.kind == .remedy { codes.insert(step.told.code) }
        closed = closed || step.told.code == "remedy"
      }
    }
    #expect(Set(Delegation.Answer.allCases).subtracting(answers).isEmpty)
    let expected: Set = [
      "asked", "same-request", "limit-case", "limit-subject", "closed-case", "no-open-case", "unknown-person",
      "unknown-action",
    ]
    #expect(expected.subtracting(codes).isEmpty)
    #expect(closed)
    #expect(again.contains { ["budget-gone", "other-budgets", "evidence"].contains($0) }, "\(again)")
  }
}
