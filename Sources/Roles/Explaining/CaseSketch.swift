// Owns a case as somebody says that it stands, for explaining what becomes of a remedy for it.
import Casework
import Delegation
import Events

/// What an answer to a remedy depends on of its case, and what was asked for before.
public struct CaseSketch: Sendable {
  /// A remedy of the same subject that counts towards limits, or is answered again when it is asked for again.
  public struct Remedy: Sendable {
    /// `CASE-rNUMBER`.
    public var claim: String
    /// The latest answer about it; nil where there is none yet.
    public var answer: Events.Delegation.Answer?
    public var action: String
    /// Minor units of `currency`.
    public var amount: Int64
    public var currency: String
    public var requester: String
    public var at: Int64
    /// Minor units that were asked for, whatever was paid or came back since.
    public var asked: Int64
    /// It was declined for how it was asked, `Delegation.Failure.mayBeAskedAgain`.
    public var mayBeAskedAgain = false
    /// Until when the latest answer holds, milliseconds since 1970; 0 where it does not end.
    public var expiresAt: Int64 = 0

    public init(
      claim: String, answer: Events.Delegation.Answer?, action: String, amount: Int64, currency: String,
      requester: String, at: Int64
    ) {
      asked = amount
      (self.claim, self.answer, self.action, self.amount) = (claim, answer, action, amount)
      (self.currency, self.requester, self.at) = (currency, requester, at)
    }
  }

  /// Of a remedy that names a subject: the case that casework finds; empty where that is not known.
  public var id = ""
  /// Whether there is such a case, or for a remedy that names a subject an open one.
  public var exists = true
  public var owner = ""
  public var site = ""
  public var journey = ""
  public var priority = Priority.p4
  /// Not withdrawn.
  public var status = CaseStatus.assigned
  /// Of this case and of others of its subject.
  public var remedies: [Remedy] = []
  /// What budgets were asked for before.
  public var history = ClaimHistory()
  public init() {}

  /// What people can say of a case: it is withdrawn from somebody, and not by itself.
  public static let statuses = CaseStatus.allCases.filter { $0 != .withdrawn }
}

extension Case {
  /// The case that stands like this, with its own remedies of those that are known.
  init(_ sketch: CaseSketch, id: CaseID, caseID: String, at now: Int64, _ bytes: inout BorrowedBytes) {
    self.init(id: id)
    owner = ByteSlice(bytes.hold(Array(sketch.owner.utf8)))
    site = ByteSlice(bytes.hold(Array(sketch.site.utf8)))
    journey = ByteSlice(bytes.hold(Array(sketch.journey.utf8)))
    priority = sketch.priority
    openedAt = now
    lastContactAt = now
    switch sketch.status {
    case .assigned, .withdrawn: break
    case .acknowledged: acknowledgedAt = max(1, now)
    case .waiting: waitingUntil = .max
    case .reopened: reopened = 1
    case .resolved: phase = .resolved
    case .closed: phase = .closed
    }
    for remedy in sketch.remedies where remedy.claim.hasPrefix(caseID + "-r") {
      guard let number = remedy.number else { continue }
      var entry = RemedyEntry()
      entry.number = number
      entry.state = remedy.state
      entry.action = ByteSlice(bytes.hold(Array(remedy.action.utf8)))
      entry.amount = remedy.amount
      entry.asked = remedy.asked
      entry.mayBeAskedAgain = remedy.mayBeAskedAgain
      entry.currency = ByteSlice(bytes.hold(Array(remedy.currency.utf8)))
      entry.requester = ByteSlice(bytes.hold(Array(remedy.requester.utf8)))
      entry.at = remedy.at
      entry.expiresAt = remedy.expiresAt
      remedies.append(entry)
      nextRemedy = max(nextRemedy, number &+ 1)
    }
  }
}

extension SubjectAccount {
  /// The subject that has this case and was given what is known.
  init(_ sketch: CaseSketch, _ current: Case, _ bytes: inout BorrowedBytes) {
    self.init()
    nextCase = current.id.number &+ 1
    var entry = CaseEntry()
    entry.number = current.id.number
    entry.phase = current.phase
    entry.touchedAt = current.openedAt
    if sketch.exists { cases = [entry] }
    for remedy in sketch.remedies where remedy.state.counts {
      guard let number = remedy.number else { continue }
      var remembered = GivenRemedy()
      remembered.caseNumber = remedy.caseNumber
      remembered.number = number
      remembered.action = ByteSlice(bytes.hold(Array(remedy.action.utf8)))
      remembered.amount = remedy.amount
      remembered.currency = ByteSlice(bytes.hold(Array(remedy.currency.utf8)))
      remembered.at = remedy.at
      remembered.isOpen = remedy.state.isOpen
      given.append(remembered)
    }
  }
}

extension CaseSketch.Remedy {
  fileprivate var number: UInt32? {
    claim.lastIndex(of: "r").flatMap { UInt32(claim[claim.index(after: $0)...]) }
  }

  fileprivate var caseNumber: UInt32 {
    let parts = claim.split(separator: "-")
    return parts.count > 1 ? UInt32(parts[parts.count - 2]) ?? 0 : 0
  }

  fileprivate var state: RemedyState {
    switch answer {
    case nil, .refused: .pending
    case .approved: .approved
    case .referred: .referred
    case .declined: .declined
    case .cancelled: .cancelled
    case .expired: .expired
    case .settled: .settled
    case .returned: .returned
    case .lapsed: .lapsed
    }
  }
}
