// Owns counting what became of remedies, from the records on `claims`, `delegations` and `signals` alone.
import Events
import Policy
import Roles
import Streams

/// Looks at answers, never at what was asked for alone.
struct RemedyCounter {
  private struct Asked {
    var kind: Claim.Kind
    /// Under which it was sent.
    var epoch: Int64
    /// Where the signal stands that led to it.
    var signal: Int64
  }

  /// What was answered about one claim so far.
  private struct Course {
    /// Where its case hears of the first answer, on the partition of its signals.
    var heard: Int64
    var referredUnder: Int64?
    var settled: Int64 = 0
    var returns = 0
  }

  private(set) var counts: [RemedyStory: Int] = [:]
  private var asked: [Int32: [Int64: Asked]] = [:]
  private var courses: [String: Course] = [:]

  init(_ log: MemoryLog) throws(Finding) {
    let claims = ClaimDecoder()
    for record in log.records(Topic.claims.rawValue) {
      let read = (record.value ?? []).withUnsafeBytes { bytes in
        (try? claims.decode(bytes)).map { Asked(kind: $0.kind, epoch: $0.epoch, signal: $0.cause.offset) }
      }
      guard let read else { throw Finding(.differs, "a claim that cannot be read: \(record)") }
      asked[record.partition, default: [:]][record.offset] = read
    }
    var heard: [String: Int64] = [:]
    for record in log.records(Topic.signals.rawValue) where record.header("ce_source") == BudgetLaw.source {
      heard[record.header("ce_id") ?? ""] = record.offset
    }
    let decoder = DelegationDecoder()
    // What was answered about a claim stands in one partition, in its order.
    for record in log.records(Topic.delegations.rawValue) {
      let told = heard["\(ClaimAnswer.idPrefix)\(record.header("ce_id") ?? "")"] ?? .max
      let isOfBudgets = record.header("ce_source") == BudgetLaw.source
      try decoder.read(record) { answer in
        isOfBudgets ? addOfBudgets(answer, heard: told) : addOfCase(answer)
      }
    }
  }

  private mutating func count(_ story: RemedyStory?, if holds: Bool = true) {
    if let story, holds { counts[story, default: 0] += 1 }
  }

  /// What casework answers by itself.
  private mutating func addOfCase(_ answer: Delegation) {
    count(answer.reason.code == "same-request" ? .sameRequest : nil)
    count(answer.reason.code == "no-rate" ? .noRateForLimit : nil)
  }

  private mutating func addOfBudgets(_ answer: Delegation, heard: Int64) {
    let id = answer.claim.string
    var course = courses[id] ?? Course(heard: heard)
    let cause = answer.cause.topic.isEmpty ? nil : asked[answer.cause.partition]?[answer.cause.offset]
    count(Self.byCode[answer.reason.code.string])
    if cause?.kind == .request { count(.otherPolicy, if: cause?.epoch != answer.epoch) }
    switch answer.answer {
    case .approved: addApproved(answer, cause?.kind, course)
    case .referred:
      course.referredUnder = answer.epoch
      count(.split, if: answer.sum > answer.amount && answer.failed.contains { $0.code == "split" })
    // Whatever it was, it is over before its case heard of it.
    case .cancelled where cause?.kind == .cancel, .returned where cause?.kind == .cancel:
      count(.cancelledUnanswered, if: (cause?.signal ?? .max) < course.heard)
    case .settled:
      course.settled = answer.amount
      count(.settledInPart, if: answer.movements.contains { ($0.from, $0.to) == (.held, .room) })
      count(.drawn, if: answer.movements.contains { $0.from == .overdraft && $0.to == .spent })
    case .returned:
      addReturned(answer, course)
      course.settled -= answer.amount
      course.returns += 1
    default: break
    }
    courses[id] = course
  }

  private mutating func addApproved(_ answer: Delegation, _ kind: Claim.Kind?, _ course: Course) {
    let digits = Currency.digits(of: answer.currency)
    count(.withoutCents, if: digits == 0)
    count(.withMils, if: digits == 3)
    count(
      .converted,
      if: answer.budgets.contains { budget in
        budget.currency != answer.currency && answer.movements.contains { $0.budget == budget.id }
      })
    if kind == .request { count(.askedByStandIn, if: !answer.requester.standsInFor.isEmpty) }
    guard kind == .approve else { return }
    count(.approvedByStandIn, if: !answer.decider.standsInFor.isEmpty)
    count(.otherPolicyReferred, if: course.referredUnder.map { $0 != answer.epoch } ?? false)
  }

  /// What was paid came back.
  private mutating func addReturned(_ answer: Delegation, _ course: Course) {
    count(answer.amount < course.settled ? .returnedInPart : .returned)
    count(.returnedTwice, if: course.returns > 0)
    // A window begins at midnight of a clock that is less than half a day from UTC.
    let isAfter = answer.movements.contains { movement in
      answer.budgets.contains {
        $0.id == movement.budget && Int64(movement.day) < ($0.windowFrom + 43_200_000) / 86_400_000
      }
    }
    count(.returnedAfterWindow, if: isAfter)
  }

  /// What the reason alone tells.
  private static let byCode: [String: RemedyStory] = [
    "granted": .granted, "evidence": .evidenceMissing, "no-rate": .noRate, "currency": .wrongCurrency,
    "approved": .approved, "declined-by-approver": .declinedByApprover, "own-request": .ownRequest,
    "not-approver": .notApprover, "over-limit": .beyondApprover, "expired": .expired, "lapsed": .lapsed,
    "settled": .settled, "over-held": .overHeld, "already-settled": .settledTwice,
    "settled-late": .settledLate, "overdrawn": .overdrawn, "beyond-overdraft": .beyondOverdraft,
    "over-spent": .overSpent, "already-returned": .alreadyReturned, "cancelled": .cancelled,
    "taken-back": .takenBack, "case-over": .caseOver, "not-yours": .notYours, "other-budgets": .otherBudgets,
    "budget-gone": .budgetGone,
  ]
}
