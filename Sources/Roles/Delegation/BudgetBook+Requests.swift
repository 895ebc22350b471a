// Owns what requests of a root have come to, so far as answers tell it: what counts where several are judged by their sum.
import Delegation
import Events

extension BudgetBook {
  /// One request, by its latest answer.
  public struct Request: Sendable, Hashable {
    public var asked: ClaimHistory.Asked
    public var answer: Events.Delegation.Answer
    /// What was paid and did not come back, in the request's currency.
    public var paid: Int64 = 0

    /// Whether it counts where several are judged by their sum.
    public var counts: Bool {
      switch answer {
      case .referred, .approved, .settled: true
      case .declined, .cancelled, .expired, .returned, .lapsed, .refused: false
      }
    }
  }

  /// What is known of earlier requests of the root.
  public var history: ClaimHistory {
    let counted = requests.values.filter(\.counts).map(\.asked)
    return ClaimHistory(ledger: ledger, asked: counted.sorted { ($0.at, $0.claim) < ($1.at, $1.claim) })
  }

  mutating func follow(_ record: Events.Delegation, _ claim: String) {
    // A NO to an act changes nothing.
    guard record.answer != .refused else { return }
    var request =
      requests[claim]
      ?? Request(
        asked: ClaimHistory.Asked(
          claim: claim, person: record.requester.id.string, caseID: record.caseID.string,
          owner: record.owner.string, action: record.action.string, amount: record.amount,
          currency: record.currency.string, at: record.at),
        answer: record.answer)
    request.answer = record.answer
    switch record.answer {
    case .settled: request.paid = record.amount
    case .returned where request.paid > record.amount:
      request.paid -= record.amount
      request.answer = .settled
    case .returned: request.paid = 0
    default: break
    }
    requests[claim] = request
  }
}
