// Owns what the topics know of the case of a remedy, before a moment: how it stands, and what was given before.
import Events
import Roles
import Streams

struct KnownCase<L: Log> {
  private let log: L
  private let prefix: String

  init(_ log: L, prefix: String) {
    self.log = log
    self.prefix = prefix
  }

  /// The case as its assignments tell it, with the remedies of its subject; nil where no assignment of it is kept.
  ///
  /// - Parameters:
  ///   - event: the id of the remedy itself; what it was answered does not count.
  func read(_ caseID: String, at time: Int64, without event: String) throws -> SaidCase? {
    let folder = CaseFolder(log, prefix: prefix)
    guard let card = try folder.file(caseID, at: time).assignment?.card else { return nil }
    var said = SaidCase()
    said.sketch.owner = card.owner
    said.sketch.site = card.site
    said.sketch.journey = card.journey
    said.sketch.priority = card.priority
    said.sketch.status = card.status
    for id in try folder.cases(of: card.subjectKey) {
      said.sketch.remedies += Self.remedies(try folder.file(id, at: time).answers, without: event)
    }
    said.knowsHistory = true
    return said
  }

  /// How the budgets of a root stand, and what was asked of them.
  func history(of root: String, at time: Int64) throws -> BudgetBook {
    try BudgetBook.read(log, prefix: prefix, root: root, until: time, now: time)
  }

  private static func remedies(_ answers: [DelegationEntry], without event: String) -> [CaseSketch.Remedy] {
    let own = Set(answers.filter { $0.causeID == event }.map(\.claim))
    var remedies: [String: CaseSketch.Remedy] = [:]
    for answer in answers where answer.answer != .refused && !own.contains(answer.claim) {
      var remedy =
        remedies[answer.claim]
        ?? CaseSketch.Remedy(
          claim: answer.claim, answer: nil, action: answer.action, amount: answer.amount,
          currency: answer.currency, requester: answer.requester.id, at: answer.at)
      switch answer.answer {
      case .settled where answer.amount > 0: remedy.amount = min(remedy.amount, answer.amount)
      case .returned where remedy.answer == .settled && answer.amount < remedy.amount:
        remedy.amount -= answer.amount
        remedies[answer.claim] = remedy
        continue
      default: break
      }
      remedy.answer = answer.answer
      remedy.mayBeAskedAgain =
        answer.answer == .declined && Delegation.Failure.mayBeAskedAgain(code: answer.reason.code)
      remedies[answer.claim] = remedy
    }
    return remedies.values.sorted { ($0.at, $0.claim) < ($1.at, $1.claim) }
  }
}
