// Owns what the topics know of the case of a remedy, before a moment: how it stands, and what was given before.
import Events
import Roles
import Streams

struct KnownCase<L: Log> {
  let scan: RecordScan<L>
  private let log: L
  let prefix: String

  init(_ log: L, prefix: String) {
    self.log = log
    self.prefix = prefix
    scan = RecordScan(log)
  }

  /// The case as its assignments tell it, with the remedies of its subject; nil where no assignment of it is kept.
  ///
  /// - Parameters:
  ///   - event: the id of the remedy itself; what it was answered does not count.
  ///   - decided: what it was answered. The case is as casework then sent it on, and of its remedies those before it
  ///     count, answered or not.
  func read(
    _ caseID: String, at time: Int64, without event: String, _ decided: DecidedRemedy? = nil
  ) throws -> SaidCase? {
    let folder = CaseFolder(log, prefix: prefix)
    let file = try folder.file(caseID, at: time)
    var said = SaidCase()
    said.sketch.id = caseID
    let subject: String
    if let claim = decided?.claim {
      said.sketch.owner = claim.owner
      said.sketch.site = claim.site
      said.sketch.journey = claim.journey
      said.sketch.priority = claim.priority
      said.sketch.status = claim.status
      subject = decided?.answer.subjectKey ?? ""
    } else {
      guard let card = file.assignment?.card else { return nil }
      said.sketch.owner = card.owner
      said.sketch.site = card.site
      said.sketch.journey = card.journey
      said.sketch.priority = card.priority
      said.sketch.status = card.status
      subject = card.subjectKey
    }
    for id in try folder.cases(of: subject) where id != caseID {
      said.sketch.remedies += Self.remedies(try folder.file(id, at: time).answers, without: event)
    }
    if let number = decided?.number {
      let before = try folder.file(caseID, at: nil).answers.filter {
        (DecidedRemedy.number(of: $0.claim) ?? .max) < number
      }
      said.sketch.remedies += Self.remedies(before, without: event, until: time)
    } else {
      said.sketch.remedies += Self.remedies(file.answers, without: event)
    }
    said.knowsHistory = true
    return said
  }

  /// Whether an assignment of a case is kept, of whatever time: how it stood before may be compacted away.
  func has(_ caseID: String) throws -> Bool {
    try CaseFolder(log, prefix: prefix).file(caseID, at: nil).assignment != nil
  }

  /// How the budgets of a root stand, and what was asked of them; before a claim, what was answered to those before it.
  func history(
    of root: String, at time: Int64, before claim: BudgetBook.ClaimPlace? = nil
  ) throws -> BudgetBook {
    try BudgetBook.read(log, prefix: prefix, root: root, until: time, before: claim, now: time)
  }

  /// Remedies by what they were answered; what was answered after `time` waits.
  private static func remedies(
    _ answers: [DelegationEntry], without event: String, until time: Int64 = .max
  ) -> [CaseSketch.Remedy] {
    let own = Set(answers.filter { $0.causeID == event && $0.answer != .refused }.map(\.claim))
    var remedies: [String: CaseSketch.Remedy] = [:]
    for answer in answers where answer.answer != .refused && !own.contains(answer.claim) {
      var remedy =
        remedies[answer.claim]
        ?? CaseSketch.Remedy(
          claim: answer.claim, answer: nil, action: answer.action, amount: answer.amount,
          currency: answer.currency, requester: answer.requester.id, at: min(answer.at, time))
      defer { remedies[answer.claim] = remedy }
      guard answer.at <= time else { continue }
      remedy.expiresAt = answer.expiresAt
      switch answer.answer {
      case .settled where answer.amount > 0: remedy.amount = min(remedy.amount, answer.amount)
      case .returned where remedy.answer == .settled && answer.amount < remedy.amount:
        remedy.amount -= answer.amount
        continue
      default: break
      }
      remedy.answer = answer.answer
      remedy.mayBeAskedAgain =
        answer.answer == .declined && Delegation.Failure.mayBeAskedAgain(code: answer.reason.code)
    }
    return remedies.values.sorted { ($0.at, $0.claim) < ($1.at, $1.claim) }
  }
}
