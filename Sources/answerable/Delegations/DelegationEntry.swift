// Owns what delegation published, copied out of its topic for people and scripts.
import Events
import Policy
import Roles

/// One record of `delegations`.
struct DelegationEntry: Sendable {
  struct Failure: Sendable, Hashable {
    var code: String
    var at: String
    var text: String
  }
  /// An amount that would be approved, in minor units of the claim's currency; from when, 0 for now.
  struct Passing: Sendable, Hashable {
    var amount: Int64
    var from: Int64
  }
  struct Approver: Sendable {
    var role: String
    var team: String
    var site: String
    /// Minor units; −1 for any amount.
    var upTo: Int64
    var currency: String
    var people: [ToldPerson]
    /// When somebody of the role is on duty next; 0 when somebody is now, or nobody ever is.
    var dutyAt: Int64
  }
  /// A budget as it stood after the record, in minor units of its currency.
  struct Budget: Sendable, Hashable {
    var id: String
    var currency: String
    var limit: Int64
    var left: Int64
    var overdrawn: Int64
    var roomAt: Int64
    var roomThen: Int64
  }

  var id: String
  var claim: String
  var answer: Delegation.Answer
  var caseID: String
  var subjectKey: String
  var action: String
  var amount: Int64
  var currency: String
  var requester: ToldPerson
  var decider: ToldPerson
  var grantAt: String
  var failed: [Failure]
  var passes: [Passing]
  var canSayYes: [Approver]
  var budgets: [Budget]
  var expiresAt: Int64
  var at: Int64
  /// The id of the remedy, or of the act, that it answers; empty of a timer.
  var causeID: String
  var reason: ToldReason
  var isSigned: Bool

  init(_ record: Delegation) {
    id = record.id.string
    claim = record.claim.string
    answer = record.answer
    caseID = record.caseID.string
    subjectKey = record.subjectKey.string
    action = record.action.string
    amount = record.amount
    currency = record.currency.string
    requester = ToldPerson(record.requester)
    decider = ToldPerson(record.decider)
    grantAt = record.grantAt.string
    failed = record.failed.map { Failure(code: $0.code.string, at: $0.at.string, text: $0.text.string) }
    passes = record.passes.map { Passing(amount: $0.amount, from: $0.from) }
    canSayYes = record.canSayYes.map(Approver.init)
    budgets = record.budgets.map(Budget.init)
    expiresAt = record.expiresAt
    at = record.at
    causeID = record.causeID.string
    reason = ToldReason(record.reason)
    isSigned = !record.signature.isEmpty
  }

  /// `120 EUR`; empty where nothing was named.
  var money: String { amount > 0 ? Currency.text(amount, currency) : "" }
}

extension DelegationEntry {
  /// The entry that a committed record of `delegations` carries.
  init(_ record: ScannedRecord, _ decoder: DelegationDecoder) throws(UnreadableRecord) {
    let result: Result<DelegationEntry, EventRefusal> = (record.value ?? []).withUnsafeBytes { bytes in
      Result { () throws(EventRefusal) in DelegationEntry(try decoder.decode(bytes)) }
    }
    do throws(EventRefusal) {
      self = try result.get()
    } catch {
      throw UnreadableRecord(record, error)
    }
  }
}

extension DelegationEntry.Approver {
  init(_ approver: Delegation.Approver) {
    self.init(
      role: approver.role.string, team: approver.team.string, site: approver.site.string,
      upTo: approver.upTo, currency: approver.currency.string,
      people: approver.people.map(ToldPerson.init), dutyAt: approver.dutyAt)
  }
}

extension DelegationEntry.Budget {
  init(_ budget: Delegation.Budget) {
    self.init(
      id: budget.id.string, currency: budget.currency.string, limit: budget.limit, left: budget.left,
      overdrawn: budget.overdrawn, roomAt: budget.roomAt, roomThen: budget.roomThen)
  }
}
